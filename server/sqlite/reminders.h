// Tables reminder_steps (the plan) and reminders (one row per party and step), and what else a reminder depends on.
// Not here: when they are due (server/domain/reminder.h), who is left out (server/domain/why_not.h).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/party.h"
#include "domain/reminder.h"
#include "sqlite/tx.h"

namespace hoering::sqlite {

std::vector<ReminderStep> reminderStepsOf(ReadTx& tx, std::int64_t consultation);
void replaceReminderSteps(Tx& tx, std::int64_t consultation, const std::vector<ReminderStep>& steps);

ReminderRules reminderRulesOf(ReadTx& tx, std::int64_t consultation);
void setReminderRules(Tx& tx, std::int64_t consultation, const ReminderRules& rules);

struct Reminder {
    std::int64_t id = 0, consultation = 0, party = 0;
    std::string partyName, step, dueLocal, state; // state: planned, queued, skipped
    std::string reason; // a text key "reminder_reason.…", or the words of who moved or skipped
    Instant due{}, deadline{};
    std::optional<Instant> doneAt;
    std::string movedFrom; // the local time first planned, "" when nobody moved it
};
/// A step already there for this party and deadline is left as it is.
void insertReminder(Tx& tx, std::int64_t consultation, std::int64_t party, const PlannedReminder& planned,
                    Instant deadline);
/// Planned ones of a party whose deadline moved.
void dropPlannedReminders(Tx& tx, std::int64_t party);
std::optional<Reminder> oldestDueReminder(ReadTx& tx, Instant now);
/// True for the one call that took it out of `planned`. One that was moved keeps the mover's reason when it is queued.
bool settleReminder(Tx& tx, std::int64_t id, bool queued, std::string_view reason);
/// A planned one goes at another time; the first planned time is kept. False when it is planned no more.
bool moveReminder(Tx& tx, std::int64_t id, LocalTime local, Instant due, std::string_view reason);
/// A skipped one is planned again, at the time it had; why it was skipped is only in the journal then. False when it is
/// skipped no more.
bool restoreReminder(Tx& tx, std::int64_t id);
std::optional<Reminder> findReminder(ReadTx& tx, std::int64_t id);
std::vector<Reminder> remindersOf(ReadTx& tx, std::int64_t consultation);
std::optional<Instant> nextReminderDue(ReadTx& tx);
/// The party's next planned reminder after `due`, on the same side of the deadline.
std::optional<Instant> nextPlannedDue(ReadTx& tx, std::int64_t party, Instant due, bool afterDeadline);
/// Consultations with a reminder due up to `until`: planned, or settled but due from `from` on.
std::vector<std::int64_t> consultationsReminding(ReadTx& tx, Instant from, Instant until);

/// The last letter to this contact at the address it has now was refused, or came back.
bool cameBack(ReadTx& tx, const Contact& contact);

} // namespace hoering::sqlite
