#include "web/reminder_words.h"

#include "common/strings.h"

namespace hoering::web {

std::string stepWords(const text::Words& words, const ReminderStep& step) {
    const std::string time = words.timeOfDay(step.time);
    if (step.days == 0) return words("page.reminders.last_day", {{"time", time}});
    const std::string days = words.count(step.workingDays ? "count.workdays" : "count.days", step.days);
    return words(step.after ? "page.reminders.step_after" : "page.reminders.step", {{"days", days}, {"time", time}});
}

std::string stepWords(const text::Words& words, std::string_view name) {
    const auto step = reminderStepFrom(name);
    return step ? stepWords(words, *step) : std::string(name);
}

std::string stepDays(const text::Words& words, std::string_view name) {
    const auto step = reminderStepFrom(name);
    if (!step) return std::string(name);
    if (step->days == 0) return words("page.reminders.last_day_short");
    const std::string days = words.count(step->workingDays ? "count.workdays" : "count.days", step->days);
    return words(step->after ? "page.reminders.step_after_short" : "page.reminders.step_short", {{"days", days}});
}

std::string localWords(const text::Words& words, LocalTime local) {
    return words.weekdayDate(dateOf(local)) + " " + words.timeOfDay(timeOfDay(local));
}

std::string localWords(const text::Words& words, std::string_view stored) {
    if (stored.size() >= 16 && stored[10] == 'T') {
        const auto date = parseIsoDate(stored.substr(0, 10));
        const auto time = parseTimeOfDay(stored.substr(11, 5));
        if (date && time) return localWords(words, atTime(*date, *time));
    }
    return std::string(stored);
}

std::string reasonWords(const text::Words& words, const std::string& reason) {
    return startsWith(reason, "reminder_reason.") && words.has(reason) ? words(reason) : reason;
}

} // namespace hoering::web
