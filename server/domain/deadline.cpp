#include "domain/deadline.h"

#include "common/strings.h"

namespace hoering {

using namespace std::chrono_literals;

Instant Deadline::endsAt() const {
    if (!time) return toInstant(atTime(addDays(date, 1), 0min));
    const Resolved start = resolve(atTime(date, *time));
    return (secondOfTwo ? start.second : start.first) + 1min;
}

std::string Deadline::stored() const {
    std::string text = isoDate(date);
    if (time) text += isoLocal(atTime(date, *time)).substr(10, 6);
    if (secondOfTwo) text += " 2";
    return text;
}

std::optional<Deadline> Deadline::fromStored(std::string_view text) {
    Deadline deadline;
    if (endsWith(text, " 2")) {
        deadline.secondOfTwo = true;
        text.remove_suffix(2);
    }
    auto date = parseIsoDate(text.substr(0, 10));
    if (!date) return std::nullopt;
    deadline.date = *date;
    if (text.size() > 10) {
        deadline.time = parseTimeOfDay(text.substr(11));
        if (text[10] != 'T' || !deadline.time) return std::nullopt;
    }
    return deadline;
}

Result<Deadline> deadlineFromTyped(std::string_view typedDate, std::string_view typedTime, std::string_view which) {
    Error error{ErrorKind::invalid, "error.form", {}, {}};
    Deadline deadline;
    const auto date = parseTypedDate(trim(typedDate));
    if (!date) error.fields.push_back({"deadline_date", "error.deadline.date", {}});
    else deadline.date = *date;
    if (!trim(typedTime).empty()) {
        deadline.time = parseTimeOfDay(trim(typedTime));
        if (!deadline.time) error.fields.push_back({"deadline_time", "error.deadline.time", {}});
    }
    if (error.fields.empty() && deadline.time) {
        const Resolved start = resolve(atTime(deadline.date, *deadline.time));
        if (start.kind == LocalKind::gap) error.fields.push_back({"deadline_time", "error.deadline.gap", {}});
        if (start.kind == LocalKind::twice) {
            if (which == "2") deadline.secondOfTwo = true;
            else if (which != "1") error.fields.push_back({"deadline_which", "error.deadline.twice", {}});
        }
    }
    if (!error.fields.empty()) return error;
    return deadline;
}

int daysLeft(const Deadline& deadline, Now from) { return daysBetween(dateOf(from.local), deadline.date); }

namespace {

unsigned isoWeek(LocalDate date) {
    // ISO 8601: the week of its Thursday, counted from the year's first Thursday.
    const int weekday = static_cast<int>(weekdayOf(date).iso_encoding());
    const LocalDate thursday = addDays(date, 4 - weekday);
    const LocalDate yearStart{thursday.year(), std::chrono::January, std::chrono::day{1}};
    return static_cast<unsigned>(daysBetween(yearStart, thursday)) / 7 + 1;
}

bool isHolidayWeek(LocalDate date) {
    const unsigned week = isoWeek(date);
    const LocalDate easter = easterSunday(date.year());
    const int fromEaster = daysBetween(easter, date);
    const bool christmas = (date.month() == std::chrono::December && date.day() >= std::chrono::day{23}) ||
                           (date.month() == std::chrono::January && date.day() <= std::chrono::day{1});
    return week == 7 || (week >= 28 && week <= 32) || week == 42 || (fromEaster >= -6 && fromEaster <= 1) || christmas;
}

/// Very far away, or a day when nobody is at work.
void doubtsAboutDay(const Deadline& deadline, int days, std::vector<Finding>& found) {
    if (days > 400) found.push_back({false, "finding.deadline.far", {{"days", std::to_string(days)}}, "deadline_date"});
    if (isWorkingDay(deadline.date)) return;
    const auto holiday = holidayOn(deadline.date);
    const LocalDate next = workingDayOnOrAfter(deadline.date);
    found.push_back({false,
                     holiday == Holiday::none ? "finding.deadline.weekend" : "finding.deadline.holiday",
                     {{"holiday", std::string(holidayKey(holiday))}, {"next", isoDate(next)}},
                     "deadline_date"});
}

} // namespace

std::vector<Finding> doubtsAboutMove(const Deadline& to, Now now) {
    std::vector<Finding> found;
    const int days = daysLeft(to, now);
    doubtsAboutDay(to, days, found);
    if (days < 3) found.push_back({false, "finding.deadline.near", {{"deadline", to.asArg()}}, "deadline_date"});
    return found;
}

std::vector<Finding> doubtsAbout(const Deadline& deadline, Now from, const PeriodLimits& limits, bool hasReason) {
    std::vector<Finding> found;
    if (deadline.endsAt() <= from.instant) {
        found.push_back({true, "finding.deadline.past", {}, "deadline_date"});
        return found;
    }
    const int days = daysLeft(deadline, from);
    doubtsAboutDay(deadline, days, found);
    if (days < limits.shortDays && !hasReason)
        found.push_back({false,
                         "finding.period.short_reason",
                         {{"days", std::to_string(days)}, {"limit", std::to_string(limits.shortDays)}},
                         "short_period_reason"});
    else if (days < limits.recommendedDays)
        found.push_back({false,
                         "finding.period.short",
                         {{"days", std::to_string(days)}, {"limit", std::to_string(limits.recommendedDays)}},
                         "deadline_date"});
    int inHolidays = 0;
    for (int i = 1; i <= days && i <= 400; ++i)
        if (isHolidayWeek(addDays(dateOf(from.local), i))) ++inHolidays;
    if (days > 0 && inHolidays * 3 >= days)
        found.push_back({false,
                         "finding.period.holidays",
                         {{"days", std::to_string(days)}, {"holidays", std::to_string(inHolidays)}},
                         "deadline_date"});
    return found;
}

} // namespace hoering
