// Tells colleagues what they are to be told: marks mailings that have ended, and writes the letters that are due.
// Not here: what is told and when (server/usecases/tell_staff.h, server/domain/notice.h), the thread (clockwork.h).
#pragma once

#include "sqlite/database.h"
#include "usecases/office.h"

namespace hoering {

/// Everything due at `now`; how many letters. One user's letters are one transaction: after a kill it goes on with the
/// next user.
int tellColleagues(sqlite::Database& database, const Office& office, Instant now);

} // namespace hoering
