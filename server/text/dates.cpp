// Words's dates, times and numbers, in the manner of each language.
#include <cmath>
#include <cstdio>

#include "text/words.h"

namespace hoering::text {
namespace {

std::string two(long long n) { return (n < 10 ? "0" : "") + std::to_string(n); }
std::string day(LocalDate date) { return std::to_string(static_cast<unsigned>(date.day())); }
std::string month(LocalDate date) { return std::to_string(static_cast<unsigned>(date.month())); }
std::string year(LocalDate date) { return std::to_string(static_cast<int>(date.year())); }

/// The local minute a deadline is shown with: without a time the day's last.
LocalTime shown(const Deadline& deadline) {
    return atTime(deadline.date, deadline.time.value_or(std::chrono::minutes{23 * 60 + 59}));
}

} // namespace

std::string Words::clock(LocalTime local, bool seconds) const {
    const auto minutes = hoering::timeOfDay(local);
    const auto& mark = text("time.mark");
    std::string written = std::to_string(minutes.count() / 60) + mark + two(minutes.count() % 60);
    if (seconds) written += mark + two(local.time_since_epoch().count() % 60);
    return written;
}

std::string Words::season(LocalTime local, bool second) const {
    if (resolve(local).kind != LocalKind::twice) return "";
    return " " + text(second ? "time.winter" : "time.summer");
}

std::string Words::date(LocalDate date) const {
    return fill(text("date.long"), {{"day", day(date)}, {"month", text("month." + month(date))}, {"year", year(date)}});
}

std::string Words::weekdayDate(LocalDate value) const {
    const auto weekday = text("weekday." + std::to_string(weekdayOf(value).iso_encoding()));
    return fill(text("date.weekday"), {{"weekday", weekday}, {"date", date(value)}});
}

std::string Words::shortDate(LocalDate value) const {
    return fill(text("date.short"), {{"day", day(value)}, {"month", month(value)}, {"year", year(value)}});
}

std::string Words::momentWith(Instant instant, const std::string& date, bool seconds) const {
    const LocalTime local = toLocal(instant);
    const bool second = std::chrono::floor<std::chrono::seconds>(instant) >=
                        std::chrono::floor<std::chrono::seconds>(resolve(local).second);
    return fill(text("date.moment"), {{"date", date}, {"time", clock(local, seconds)}}) + season(local, second);
}

std::string Words::moment(Instant instant) const { return momentWith(instant, date(dateOf(toLocal(instant))), false); }
std::string Words::momentExact(Instant instant) const {
    return momentWith(instant, date(dateOf(toLocal(instant))), true);
}
std::string Words::momentShort(Instant instant) const {
    return momentWith(instant, shortDate(dateOf(toLocal(instant))), false);
}

std::string Words::deadline(const Deadline& deadline) const {
    const LocalTime local = shown(deadline);
    return fill(text("date.moment"), {{"date", weekdayDate(deadline.date)}, {"time", clock(local, false)}}) +
           season(local, deadline.secondOfTwo);
}

std::string Words::deadlineShort(const Deadline& deadline) const {
    const LocalTime local = shown(deadline);
    return fill(text("date.moment"), {{"date", shortDate(deadline.date)}, {"time", clock(local, false)}}) +
           season(local, deadline.secondOfTwo);
}

std::string Words::timeOfDay(std::chrono::minutes time) const {
    return fill(text("time.of_day"),
                {{"time", std::to_string(time.count() / 60) + text("time.mark") + two(time.count() % 60)}});
}

std::string Words::daysLeft(int days) const {
    if (days < 0) return text("days_left.over");
    return days == 0 ? text("days_left.today") : count("days_left", days);
}

std::string Words::number(long long n) const {
    std::string digits = std::to_string(n);
    const std::size_t first = n < 0 ? 1 : 0;
    for (std::size_t at = digits.size(); at > first + 3;) {
        at -= 3;
        digits.insert(at, text("number.thousands"));
    }
    return digits;
}

std::string Words::decimal(double value, int places) const {
    char buffer[400]; // the largest double has 309 digits before its point
    std::snprintf(buffer, sizeof buffer, "%.*f", places < 0 ? 0 : places > 9 ? 9 : places, std::fabs(value));
    std::string written = buffer;
    const bool negative = value < 0 && written.find_first_of("123456789") != std::string::npos;
    const auto point = written.find('.');
    const std::size_t whole = point == std::string::npos ? written.size() : point;
    if (point != std::string::npos) written.replace(point, 1, text("number.decimal"));
    for (std::size_t at = whole; at > 3;) {
        at -= 3;
        written.insert(at, text("number.thousands"));
    }
    return (negative ? "-" : "") + written;
}

std::string Words::size(std::uint64_t bytes) const {
    static constexpr const char* units[] = {"size.byte", "size.kilo", "size.mega", "size.giga"};
    if (bytes < 1024) return count(units[0], static_cast<long long>(bytes));
    double value = static_cast<double>(bytes) / 1024;
    int unit = 1;
    // What would be written "1.024 kB" is 1 MB.
    for (; value >= 1023.5 && unit < 3; value /= 1024) ++unit;
    const double tenths = std::round(value * 10) / 10;
    const int places = tenths >= 10 || tenths == std::floor(tenths) ? 0 : 1;
    return fill(text(units[unit]), {{"n", decimal(value, places)}});
}

} // namespace hoering::text
