#include "usecases/plan_reminders.h"

#include "domain/access.h"
#include "sqlite/reminders.h"

namespace hoering {

void planRemindersOf(sqlite::Tx& tx, const Consultation& consultation, const Party& party,
                     const std::vector<ReminderStep>& steps) {
    sqlite::dropPlannedReminders(tx, party.id);
    if (party.role != PartyRole::consulted || !consultation.text.deadline) return;
    const Deadline deadline = deadlineFor(consultation, party);
    for (const auto& planned : planReminders(steps, deadline, tx.now().instant))
        sqlite::insertReminder(tx, consultation.id, party.id, planned, deadline.endsAt());
}

} // namespace hoering
