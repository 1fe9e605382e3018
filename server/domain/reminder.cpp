#include "domain/reminder.h"

#include <algorithm>
#include <charconv>

#include "common/strings.h"

namespace hoering {

using namespace std::chrono_literals;

std::string ReminderStep::name() const {
    std::string clock =
        isoLocal(atTime(LocalDate{std::chrono::year{2000}, std::chrono::January, std::chrono::day{1}}, time));
    return std::to_string(days) + (workingDays ? " workdays " : " days ") + clock.substr(11, 5);
}

std::optional<ReminderStep> reminderStepFrom(std::string_view text) {
    const auto parts = split(trim(text), ' ');
    if (parts.size() != 3) return std::nullopt;
    ReminderStep step;
    const auto [end, trouble] = std::from_chars(parts[0].data(), parts[0].data() + parts[0].size(), step.days);
    const auto time = parseTimeOfDay(parts[2]);
    if (trouble != std::errc{} || end != parts[0].data() + parts[0].size() || step.days < 0 || step.days > 200 || !time)
        return std::nullopt;
    if (parts[1] == "workdays") step.workingDays = true;
    else if (parts[1] == "days") step.workingDays = false;
    else return std::nullopt;
    step.time = *time;
    return step;
}

std::vector<PlannedReminder> planReminders(const std::vector<ReminderStep>& steps, const Deadline& deadline,
                                           Instant notBefore) {
    std::vector<PlannedReminder> planned;
    for (const auto& step : steps) {
        const LocalDate wished =
            step.workingDays ? workingDaysBefore(deadline.date, step.days) : addDays(deadline.date, -step.days);
        const LocalTime local = atTime(workingDayOnOrBefore(wished), step.time);
        const Instant due = toInstant(local);
        if (due >= notBefore && due < deadline.endsAt()) planned.push_back({step.name(), local, due});
    }
    std::stable_sort(planned.begin(), planned.end(), [](const auto& a, const auto& b) { return a.due < b.due; });
    const auto sameDay = [](const auto& a, const auto& b) { return dateOf(a.local) == dateOf(b.local); };
    planned.erase(std::unique(planned.begin(), planned.end(), sameDay), planned.end());
    return planned;
}

} // namespace hoering
