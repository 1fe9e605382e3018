// A party's reminders, planned from its own deadline: when it is invited, and anew whenever its deadline has moved.
// Not here: the dates (server/domain/reminder.h), moving one by hand (adjust_reminders.h), sending (send_reminder.h).
#pragma once

#include <vector>

#include "domain/consultation.h"
#include "domain/party.h"
#include "domain/reminder.h"
#include "sqlite/tx.h"

namespace hoering {

/// Drops what was planned and not yet sent, then plans each step that is still to come before (or after) the party's
/// deadline as given. Informed parties get none. A step that was already sent or skipped for this same deadline is not
/// planned again. The caller records the act it belongs to.
void planRemindersOf(sqlite::Tx& tx, const Consultation& consultation, const Party& party,
                     const std::vector<ReminderStep>& steps);

} // namespace hoering
