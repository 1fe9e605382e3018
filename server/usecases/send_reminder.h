// One planned reminder that is due: looked at again, then queued as a letter or skipped with a reason.
// Not here: when it is due (server/domain/reminder.h), the loop (server/jobs/reminder_job).
#pragma once

#include "sqlite/tx.h"
#include "usecases/office.h"

namespace hoering {

enum class ReminderOutcome { nothingDue, queued, skipped };
/// Takes the oldest due reminder at tx.now(). Skipped (reason as text key "reminder_reason.…") when the party has
/// answered, the consultation is not open for it, its deadline moved, it is informed only, its link never was sent, or
/// a later step of the same party is due too (several missed steps become one).
ReminderOutcome sendDueReminder(sqlite::Tx& tx, const Office& office);

} // namespace hoering
