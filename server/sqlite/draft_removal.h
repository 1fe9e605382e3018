// A draft taken out of every table that holds a part of it. What it named in the journal stays, and its number is never
// given again.
// Not here: whether that may be (server/usecases/delete_draft.h), the files' bytes (jobs/upkeep_job sweeps them).
#pragma once

#include "sqlite/tx.h"

namespace hoering::sqlite {

/// Anything was ever sent, or answered, about it: letters to parties, links, mailings, answers.
bool wroteToAnybody(ReadTx& tx, std::int64_t consultation);
/// For a draft that wrote to nobody. Letters to colleagues (a test sent to oneself) stay in the ledger, without it.
void removeDraft(Tx& tx, std::int64_t consultation);

} // namespace hoering::sqlite
