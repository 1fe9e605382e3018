// Table retired_ids: numbers of consultations and parties that are gone, which the journal still names.
// Not here: taking the rows out (parties.h, draft_removal.h).
#pragma once

#include <cstdint>

#include "sqlite/tx.h"

namespace hoering::sqlite {

/// For a new row: a number that none of its kind ever had.
std::int64_t freshConsultationId(ReadTx& tx);
std::int64_t freshPartyId(ReadTx& tx);
/// To be called when the row goes.
void retireConsultationId(Tx& tx, std::int64_t id);
void retirePartyId(Tx& tx, std::int64_t id);

} // namespace hoering::sqlite
