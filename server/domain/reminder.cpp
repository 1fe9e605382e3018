#include "domain/reminder.h"

#include <algorithm>
#include <charconv>

#include "common/strings.h"

namespace hoering {

using namespace std::chrono_literals;

std::string ReminderStep::name() const {
    std::string clock =
        isoLocal(atTime(LocalDate{std::chrono::year{2000}, std::chrono::January, std::chrono::day{1}}, time));
    return std::to_string(days) + (workingDays ? " workdays " : " days ") + (after ? "after " : "") +
           clock.substr(11, 5);
}

std::optional<ReminderStep> reminderStepFrom(std::string_view text) {
    const auto parts = split(trim(text), ' ');
    if (parts.size() != 3 && parts.size() != 4) return std::nullopt;
    ReminderStep step;
    step.after = parts.size() == 4;
    if (step.after && parts[2] != "after") return std::nullopt;
    const auto [end, trouble] = std::from_chars(parts[0].data(), parts[0].data() + parts[0].size(), step.days);
    const auto time = parseTimeOfDay(parts.back());
    if (trouble != std::errc{} || end != parts[0].data() + parts[0].size() || step.days < (step.after ? 1 : 0) ||
        step.days > 200 || !time)
        return std::nullopt;
    if (parts[1] == "workdays") step.workingDays = true;
    else if (parts[1] == "days") step.workingDays = false;
    else return std::nullopt;
    step.time = *time;
    return step;
}

namespace {

LocalDate dayOf(const ReminderStep& step, LocalDate deadline) {
    if (!step.after) {
        const LocalDate wished =
            step.workingDays ? workingDaysBefore(deadline, step.days) : addDays(deadline, -step.days);
        return workingDayOnOrBefore(wished);
    }
    if (!step.workingDays) return workingDayOnOrAfter(addDays(deadline, step.days));
    LocalDate day = deadline;
    for (int i = 0; i < step.days; ++i) day = workingDayOnOrAfter(addDays(day, 1));
    return day;
}

} // namespace

std::vector<PlannedReminder> planReminders(const std::vector<ReminderStep>& steps, const Deadline& deadline,
                                           Instant notBefore) {
    std::vector<PlannedReminder> planned;
    const Instant end = deadline.endsAt();
    bool anyAfter = false;
    for (const auto& step : steps) {
        const LocalTime local = atTime(dayOf(step, deadline.date), step.time);
        const Instant due = toInstant(local);
        if (due < notBefore || (step.after ? anyAfter || due < end : due >= end)) continue;
        anyAfter = anyAfter || step.after;
        planned.push_back({step.name(), local, due, step.after});
    }
    std::stable_sort(planned.begin(), planned.end(), [](const auto& a, const auto& b) { return a.due < b.due; });
    const auto sameDay = [](const auto& a, const auto& b) { return dateOf(a.local) == dateOf(b.local); };
    planned.erase(std::unique(planned.begin(), planned.end(), sameDay), planned.end());
    return planned;
}

} // namespace hoering
