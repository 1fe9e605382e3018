// Tables reminder_steps (the plan) and reminders (one row per party and step). Rules: server/domain/reminder.h.
// Not here: when they are due (server/domain/reminder.h).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/reminder.h"
#include "sqlite/tx.h"

namespace hoering::sqlite {

std::vector<ReminderStep> reminderStepsOf(ReadTx& tx, std::int64_t consultation);
void replaceReminderSteps(Tx& tx, std::int64_t consultation, const std::vector<ReminderStep>& steps);

struct Reminder {
    std::int64_t id = 0, consultation = 0, party = 0;
    std::string partyName, step, dueLocal, state, reason; // state: planned, queued, skipped
    Instant due{}, deadline{};
    std::optional<Instant> doneAt;
};
/// A step already there for this party and deadline is left as it is.
void insertReminder(Tx& tx, std::int64_t consultation, std::int64_t party, const PlannedReminder& planned,
                    Instant deadline);
/// Planned ones of a party whose deadline moved.
void dropPlannedReminders(Tx& tx, std::int64_t party);
std::optional<Reminder> oldestDueReminder(ReadTx& tx, Instant now);
/// True for the one call that took it out of `planned`.
bool settleReminder(Tx& tx, std::int64_t id, bool queued, std::string_view reason);
std::vector<Reminder> remindersOf(ReadTx& tx, std::int64_t consultation);
std::optional<Instant> nextReminderDue(ReadTx& tx);

} // namespace hoering::sqlite
