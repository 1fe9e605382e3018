#include "sqlite/withdrawals.h"

namespace hoering::sqlite {

void insertWithdrawal(Tx& tx, std::int64_t response, const Withdrawal& withdrawal, std::optional<std::int64_t> contact,
                      std::string_view key) {
    std::optional<std::int64_t> registered;
    if (withdrawal.registeredAt) registered = toMillis(*withdrawal.registeredAt);
    tx.sql("INSERT INTO withdrawals(response_id, withdrawn_at, channel, reason, receipt, idempotency_key, "
           "withdrawn_by, registered_by, registered_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")
        .bind(response, toMillis(withdrawal.at), channelName(withdrawal.channel), withdrawal.reason, withdrawal.receipt,
              key, contact, withdrawal.registrar, registered)
        .run();
}

std::optional<std::int64_t> withdrawnByKey(ReadTx& tx, std::string_view key) {
    auto row = tx.sql("SELECT response_id FROM withdrawals WHERE idempotency_key = ?");
    if (!row.bind(key).step()) return std::nullopt;
    return row.integer(0);
}

std::optional<std::int64_t> withdrawnByReceipt(ReadTx& tx, std::string_view receipt) {
    auto row = tx.sql("SELECT response_id FROM withdrawals WHERE receipt = ?");
    if (!row.bind(receipt).step()) return std::nullopt;
    return row.integer(0);
}

} // namespace hoering::sqlite
