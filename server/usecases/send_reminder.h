// One planned reminder that is due: looked at again, then queued as a letter or skipped with a reason.
// Not here: whether it may still go later, from the outbox (overtaken_letter.h), when it is due
// (server/domain/reminder.h), the rule (server/domain/why_not.h), the loop (server/jobs).
#pragma once

#include "sqlite/tx.h"
#include "usecases/office.h"

namespace hoering {

enum class ReminderOutcome { nothingDue, queued, skipped };
/// Takes the oldest due reminder at tx.now() and asks whyNot: queued to every address of the party that has a link and
/// has not come back, or skipped with the reason. After downtime that gives: a step goes late as long as its deadline
/// has not passed, but not when the next step is due too or within a day – several missed steps become one, and nobody
/// is reminded twice in a day.
ReminderOutcome sendDueReminder(sqlite::Tx& tx, const Office& office);

} // namespace hoering
