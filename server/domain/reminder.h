// When a party is reminded: steps counted back from its own deadline, at a local time on a working day.
// Not here: sending (server/jobs/reminder_job), the rows (server/sqlite/reminders).
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
struct ReminderStep {
    int days = 0;
    bool workingDays = true;
    std::chrono::minutes time{9 * 60};

    /// "10 workdays 09:00" / "3 days 09:00": as in the settings, and the step's name in the plan.
    std::string name() const;
    bool operator==(const ReminderStep&) const = default;
};
std::optional<ReminderStep> reminderStepFrom(std::string_view text);

struct PlannedReminder {
    std::string step;
    LocalTime local;
    Instant due;
};

/// Each step's time before this deadline, earliest first. A step falling on a closed day goes on the working day before
/// it. Steps due before `notBefore` or at or after the deadline are left out; two that fall on the same day become one.
std::vector<PlannedReminder> planReminders(const std::vector<ReminderStep>& steps, const Deadline& deadline,
                                           Instant notBefore);

} // namespace hoering
