// Taking back a letter that waits: decided by one conditional change, so that it never meets the outbox halfway.
// Not here: sending (server/jobs/outbox_job), sending the same again (send_again.h).
#pragma once

#include "common/result.h"
#include "sqlite/tx.h"

namespace hoering {

/// Only while it is queued. Errors: notFound, closed "error.letter.not_waiting" (the outbox has taken it, or it is
/// done).
Result<Done> cancelLetter(sqlite::Tx& tx, const Actor& actor, std::int64_t letter);

} // namespace hoering
