// A mailing is finished once none of its letters waits any more; then the secretariat is told how it went.
// Not here: sending (server/jobs/outbox_job), the letter that tells it (write_staff_letters.h).
#pragma once

#include "sqlite/tx.h"

namespace hoering {

/// Marks every mailing that has ended, and tells of it; how many. A mailing of a single letter that was accepted is
/// marked in silence: whoever sent it saw that on the page. None: nothing is written.
int finishMailings(sqlite::Tx& tx);

} // namespace hoering
