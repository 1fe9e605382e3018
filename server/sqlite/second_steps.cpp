#include "sqlite/second_steps.h"

namespace hoering::sqlite {

std::optional<SecondStep> findSecondStep(ReadTx& tx, std::int64_t user) {
    auto row = tx.sql("SELECT nonce, since, last_step, setup_nonce, setup_at, coalesce(setup_session, '') FROM "
                      "second_steps WHERE user_id = ?");
    if (!row.bind(user).step()) return std::nullopt;
    return SecondStep{row.maybeText(0), fromMillis(row.maybeInteger(1).value_or(0)), row.integer(2),
                      row.maybeText(3), fromMillis(row.maybeInteger(4).value_or(0)), row.text(5)};
}

void beginSetup(Tx& tx, std::int64_t user, std::string_view nonce, std::string_view session) {
    tx.sql("INSERT INTO second_steps(user_id, setup_nonce, setup_at, setup_session) VALUES (?, ?, ?, ?) "
           "ON CONFLICT(user_id) DO UPDATE SET setup_nonce = excluded.setup_nonce, setup_at = excluded.setup_at, "
           "setup_session = excluded.setup_session")
        .bind(user, nonce, toMillis(tx.now().instant), session)
        .run();
}

void finishSetup(Tx& tx, std::int64_t user, std::int64_t lastStep) {
    tx.sql("UPDATE second_steps SET nonce = setup_nonce, since = ?, last_step = ?, setup_nonce = NULL, setup_at = NULL "
           "WHERE user_id = ? AND setup_nonce IS NOT NULL")
        .bind(toMillis(tx.now().instant), lastStep, user)
        .run();
}

void markStepUsed(Tx& tx, std::int64_t user, std::int64_t step) {
    tx.sql("UPDATE second_steps SET last_step = ? WHERE user_id = ?").bind(step, user).run();
}

void dropSecondStep(Tx& tx, std::int64_t user) {
    tx.sql("DELETE FROM second_steps WHERE user_id = ?").bind(user).run();
    tx.sql("DELETE FROM recovery_codes WHERE user_id = ?").bind(user).run();
}

void replaceRecoveryCodes(Tx& tx, std::int64_t user, const std::vector<std::string>& hashes) {
    tx.sql("DELETE FROM recovery_codes WHERE user_id = ?").bind(user).run();
    for (const auto& hash : hashes)
        tx.sql("INSERT INTO recovery_codes(user_id, code_hash) VALUES (?, ?)").bind(user, hash).run();
}

bool useRecoveryCode(Tx& tx, std::int64_t user, std::string_view hash) {
    tx.sql("UPDATE recovery_codes SET used_at = ? WHERE user_id = ? AND code_hash = ? AND used_at IS NULL")
        .bind(toMillis(tx.now().instant), user, hash)
        .run();
    return tx.changes() == 1;
}

int recoveryCodesLeft(ReadTx& tx, std::int64_t user) {
    auto row = tx.sql("SELECT count(*) FROM recovery_codes WHERE user_id = ? AND used_at IS NULL");
    row.bind(user).step();
    return static_cast<int>(row.integer(0));
}

} // namespace hoering::sqlite
