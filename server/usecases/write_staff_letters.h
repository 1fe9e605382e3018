// What colleagues are to be told becomes letters to them: several answers one letter, everything else one each.
// Not here: what they are told of (tell_staff.h), the words (server/text/staff_letters), the loop (server/jobs).
#pragma once

#include "sqlite/tx.h"
#include "usecases/office.h"

namespace hoering {

/// One user's due notices are marked told and their letters queued, in one transaction: neither twice nor lost when the
/// service is killed between. How many letters. A user who has been disabled since is told nothing.
int writeStaffLetters(sqlite::Tx& tx, const Office& office, std::int64_t user);

} // namespace hoering
