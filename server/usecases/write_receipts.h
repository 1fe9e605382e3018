// Receipts that are owed become letters: words and a place in the ledger.
// Not here: the answer that owes one (submit_response.h), sending (server/jobs/outbox_job).
#pragma once

#include <optional>
#include <vector>

#include "domain/letter.h"
#include "sqlite/receipts.h"
#include "usecases/office.h"

namespace hoering {

/// A receipt with its words, which are work for a reader's thread. nullopt: they could not be written.
struct WrittenReceipt {
    sqlite::QueuedReceipt owed;
    std::optional<Letter> letter;
};
/// The oldest `most` that are due at `now`. What keeps one from being written is logged and keeps no other waiting.
std::vector<WrittenReceipt> writeReceipts(sqlite::ReadTx& tx, const Office& office, Instant now, int most);
/// Each that is still owed is queued as a letter; one without words is tried again after an hour.
void queueReceipts(sqlite::Tx& tx, const Office& office, const std::vector<WrittenReceipt>& receipts);

} // namespace hoering
