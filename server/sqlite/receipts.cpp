#include "sqlite/receipts.h"

namespace hoering::sqlite {

void queueReceipt(Tx& tx, std::int64_t response, std::int64_t link) {
    tx.sql("INSERT INTO queued_receipts(response_id, link_id, due_at) VALUES (?, ?, ?)")
        .bind(response, link, toMillis(tx.now().instant))
        .run();
    tx.queuedLetters();
}

std::vector<QueuedReceipt> receiptsDue(ReadTx& tx, Instant now, int most) {
    auto row = tx.sql("SELECT response_id, consultation_id, party_id, submitted_by, link_id FROM queued_receipts "
                      "JOIN responses ON id = response_id WHERE due_at <= ? ORDER BY response_id LIMIT ?");
    row.bind(toMillis(now), most);
    std::vector<QueuedReceipt> list;
    while (row.step()) list.push_back({row.integer(0), row.integer(1), row.integer(2), row.integer(3), row.integer(4)});
    return list;
}

bool dropQueuedReceipt(Tx& tx, std::int64_t response) {
    tx.sql("DELETE FROM queued_receipts WHERE response_id = ?").bind(response).run();
    return tx.changes() > 0;
}

void postponeReceipt(Tx& tx, std::int64_t response, Instant due) {
    tx.sql("UPDATE queued_receipts SET due_at = ? WHERE response_id = ?").bind(toMillis(due), response).run();
}

} // namespace hoering::sqlite
