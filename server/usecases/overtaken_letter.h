// A letter may wait for hours, while a mail server is away or a rate is kept: whether it is still right to send it.
// Not here: whether it is queued in the first place (send_reminder), bringing it (server/jobs/outbox_job).
#pragma once

#include <string_view>

#include "domain/letter.h"
#include "sqlite/tx.h"

namespace hoering {

/// Why the letter must not go any more, as a text key "reminder_reason.…": a reminder after the deadline, one that says
/// it has passed while the party has time, one that speaks of a deadline which has moved since, and any to a party that
/// has answered or joined another's answer meanwhile. "": it goes.
std::string_view overtakenBecause(sqlite::ReadTx& tx, const Letter& letter, Now now);

} // namespace hoering
