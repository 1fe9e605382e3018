// Closing by itself at the deadline. Parties with their own later deadline go on (server/domain/access.h mayAnswer).
// Not here: waking up for it (server/jobs/clockwork), closing early by hand (close_early.h).
#pragma once

#include "sqlite/tx.h"

namespace hoering {

/// Closes every open consultation whose deadline has passed at tx.now(), and tells the secretariat; how many. None:
/// nothing is written.
int closeDueConsultations(sqlite::Tx& tx);

} // namespace hoering
