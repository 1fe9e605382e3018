// The reminders of one party, planned from the consultation's steps and the party's own deadline.
// Not here: when a step is due (server/domain/reminder.h), sending one (send_reminder.h).
#pragma once

#include <vector>

#include "domain/consultation.h"
#include "domain/party.h"
#include "domain/reminder.h"
#include "sqlite/tx.h"

namespace hoering {

/// Drops what is planned for the party and plans anew, from now to the deadline that counts for it; what was already
/// sent or skipped stays, and a step is never there twice for one deadline. Informed parties get none.
void planRemindersOf(sqlite::Tx& tx, const Consultation& consultation, const Party& party,
                     const std::vector<ReminderStep>& steps);

} // namespace hoering
