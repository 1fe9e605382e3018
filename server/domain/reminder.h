// When a party is reminded: steps counted from its own deadline, at a local time on a working day.
// Not here: who is left out (why_not.h), sending (server/usecases/send_reminder), the rows (server/sqlite/reminders).
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "common/result.h"
#include "domain/deadline.h"

namespace hoering {

/// "10 workdays 09:00": so many (working) days before the deadline's day, at this local time. 0 days: the last day.
/// "1 workdays after 09:00": so many after it, at least one; a plan has at most one such step.
struct ReminderStep {
    int days = 0;
    bool workingDays = true;
    std::chrono::minutes time{9 * 60};
    bool after = false;

    /// "10 workdays 09:00" / "3 days after 09:00": as in the settings, and the step's name in the plan.
    std::string name() const;
    bool operator==(const ReminderStep&) const = default;
};
std::optional<ReminderStep> reminderStepFrom(std::string_view text);

/// What goes with the steps of a plan.
struct ReminderRules {
    bool remindDrafting = true; // also parties that have begun a draft
    std::string lateAnswers;    // how an answer is sent after the deadline, "" when that is not said
};
/// What an officer plans for all parties of a consultation.
struct ReminderPlan {
    std::vector<ReminderStep> steps;
    ReminderRules rules;
};

struct PlannedReminder {
    std::string step;
    LocalTime local;
    Instant due;
    bool after = false; // the deadline
};

/// Each step's time, earliest first. A step before the deadline that falls on a closed day goes on the working day
/// before it, one after the deadline on the working day after it. Left out: steps due before `notBefore`, steps before
/// the deadline that would be due at or after its end, and more than one after it. Two on the same day become one.
std::vector<PlannedReminder> planReminders(const std::vector<ReminderStep>& steps, const Deadline& deadline,
                                           Instant notBefore);

} // namespace hoering
