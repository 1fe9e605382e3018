// Table queued_receipts: answers whose receipt is owed and not yet a letter.
// Not here: what a receipt says (server/text/letters), when it becomes a letter (server/usecases/write_receipts.h).
#pragma once

#include <optional>
#include <vector>

#include "sqlite/tx.h"

namespace hoering::sqlite {

struct QueuedReceipt {
    std::int64_t response = 0, consultation = 0, party = 0;
    std::int64_t contact = 0, link = 0; // who sent the answer, and through which link
};

/// Due at once.
void queueReceipt(Tx& tx, std::int64_t response, std::int64_t link);
/// The oldest `most` that are due at `now`.
std::vector<QueuedReceipt> receiptsDue(ReadTx& tx, Instant now, int most);
/// False: it was not there.
bool dropQueuedReceipt(Tx& tx, std::int64_t response);
void postponeReceipt(Tx& tx, std::int64_t response, Instant due);

} // namespace hoering::sqlite
