#include "common/calendar.h"

#include <date/tz.h>

#include <array>
#include <cstdio>

namespace hoering {

namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using std::chrono::sys_days;
using std::chrono::sys_seconds;
using std::chrono::year;

const date::time_zone& denmark() {
    static const date::time_zone* zone = date::locate_zone("Europe/Copenhagen");
    return *zone;
}

/// The files of tzdata list every change of the clocks only to 2037 and leave the rest to a rule that the library
/// does not read. Later years borrow a year of 2010-2037 with the same calendar (same weekdays, same length): the EU
/// rule (directive 2000/84/EC: last Sundays of March and October, 01:00 UTC) depends on nothing else.
constexpr year lastListed{2037};

days shiftIntoList(year wanted) {
    if (wanted <= lastListed) return days{0};
    const auto newYear = sys_days{wanted / 1 / 1};
    for (year y{2010}; y <= lastListed; ++y) {
        const auto candidate = sys_days{y / 1 / 1};
        const bool sameWeekday = (newYear - candidate).count() % 7 == 0;
        if (sameWeekday && y.is_leap() == wanted.is_leap()) return newYear - candidate;
    }
    return days{0}; // not reached: 28 years in a row hold all fourteen calendars
}

seconds offsetAt(sys_seconds instant) {
    const year y = LocalDate{std::chrono::floor<days>(instant)}.year();
    return denmark().get_info(instant - shiftIntoList(y)).offset;
}

} // namespace

Now nowFrom(Instant instant) { return {instant, toLocal(instant)}; }

LocalTime toLocal(Instant instant) {
    const auto whole = std::chrono::floor<seconds>(instant);
    return LocalTime{whole.time_since_epoch() + offsetAt(whole)};
}

LocalDate dateOf(LocalTime local) { return LocalDate{std::chrono::floor<days>(local)}; }

minutes timeOfDay(LocalTime local) { return std::chrono::floor<minutes>(local - std::chrono::floor<days>(local)); }

LocalTime atTime(LocalDate date, minutes sinceMidnight) {
    return LocalTime{std::chrono::local_days{date} + sinceMidnight};
}

Resolved resolve(LocalTime local) {
    const days shift = shiftIntoList(dateOf(local).year());
    const date::local_seconds asked{local.time_since_epoch() - shift};
    const auto info = denmark().get_info(asked);
    const auto with = [&](seconds offset) { return Instant{asked.time_since_epoch() - offset + shift}; };
    switch (info.result) {
    case date::local_info::nonexistent: {
        const Instant after{info.second.begin.time_since_epoch() + shift};
        return {LocalKind::gap, after, after};
    }
    case date::local_info::ambiguous: return {LocalKind::twice, with(info.first.offset), with(info.second.offset)};
    default: return {LocalKind::unique, with(info.first.offset), with(info.first.offset)};
    }
}

Instant toInstant(LocalTime local) { return resolve(local).first; }

std::string isoDate(LocalDate date) {
    char text[40];
    std::snprintf(text, sizeof text, "%04d-%02u-%02u", static_cast<int>(date.year()),
                  static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
    return text;
}

std::string isoLocal(LocalTime local) {
    const auto time = local - std::chrono::floor<days>(local);
    const auto count = static_cast<int>(time.count());
    char text[24];
    std::snprintf(text, sizeof text, "T%02d:%02d:%02d", count / 3600, count / 60 % 60, count % 60);
    return isoDate(dateOf(local)) + text;
}

std::string isoUtc(Instant instant) {
    const auto day = std::chrono::floor<days>(instant);
    const LocalDate date{day};
    const auto ms = static_cast<int>((instant - day).count());
    char text[48]; // in one go: each line of the log begins with it
    std::snprintf(text, sizeof text, "%04d-%02u-%02uT%02d:%02d:%02d.%03dZ", static_cast<int>(date.year()),
                  static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()), ms / 3'600'000,
                  ms / 60'000 % 60, ms / 1000 % 60, ms % 1000);
    return text;
}

std::chrono::weekday weekdayOf(LocalDate date) { return std::chrono::weekday{sys_days{date}}; }
LocalDate addDays(LocalDate date, int count) { return LocalDate{sys_days{date} + days{count}}; }
int daysBetween(LocalDate a, LocalDate b) { return static_cast<int>((sys_days{b} - sys_days{a}).count()); }

} // namespace hoering
