// Danish local time (Europe/Copenhagen), working days and holidays. The zone is fixed: the machine's
// TZ is never asked. Rules and their sources stand at each function.
// Not here: how a date is written for a person (server/text/words), deadlines (server/domain/deadline.h).
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "common/clock.h"

namespace hoering {

using LocalDate = std::chrono::year_month_day;
/// A local wall-clock time in Europe/Copenhagen, whole seconds.
using LocalTime = std::chrono::local_seconds;

/// The time of one request or job step, frozen once.
struct Now {
    Instant instant;
    LocalTime local;
};
Now nowFrom(Instant instant);
inline Now nowFrom(const Clock& clock) { return nowFrom(clock.now()); }

LocalTime toLocal(Instant instant);
LocalDate dateOf(LocalTime local);
/// Minutes since local midnight.
std::chrono::minutes timeOfDay(LocalTime local);
LocalTime atTime(LocalDate date, std::chrono::minutes sinceMidnight);

enum class LocalKind {
    unique,
    gap,   // does not exist: clocks jump over it in spring
    twice, // exists twice: clocks go back over it in autumn
};
struct Resolved {
    LocalKind kind;
    Instant first;  // for a gap: the first instant after it
    Instant second; // differs from `first` only when `twice`
};
/// The instant(s) a local time stands for. Never fails for years 1900-2200.
Resolved resolve(LocalTime local);
/// The instant of a local time; of one that exists twice the first, of one that does not exist the first after.
Instant toInstant(LocalTime local);

/// "2023-10-30" <-> date. nullopt for anything that is not an existing date in that form.
std::optional<LocalDate> parseIsoDate(std::string_view text);
std::string isoDate(LocalDate date);
/// "2023-10-30T23:59:59", no zone.
std::string isoLocal(LocalTime local);
/// "2023-10-30T22:59:59.123Z"
std::string isoUtc(Instant instant);
/// What people type for a time of day: "10", "10.30", "10:30", "kl. 10", "kl.10.00". nullopt otherwise, also for
/// "24.00", which is a time of no day: the form says so.
std::optional<std::chrono::minutes> parseTimeOfDay(std::string_view text);
/// "2023-10-30", "30.10.2023", "30-10-2023", "30/10 2023", "30. oktober 2023" (da/en month names). nullopt otherwise.
std::optional<LocalDate> parseTypedDate(std::string_view text);

/// Sunday of Easter, Gregorian (Meeus/Jones/Butcher), years 1583 and on.
LocalDate easterSunday(std::chrono::year year);

enum class Holiday {
    none,
    newYear,
    maundyThursday,
    goodFriday,
    easterSunday,
    easterMonday,
    greatPrayerDay,
    ascension,
    whitSunday,
    whitMonday,
    christmasDay,
    secondChristmasDay,
    // not holidays, but closed days in the rules on deadlines (forældelsesloven § 27, stk. 2):
    dayAfterAscension,
    constitutionDay,
    christmasEve,
    newYearsEve,
};
/// Public holidays and the closed days of the deadline rules. Store bededag (P+26) only to and with 2023
/// (abolished from 2024-01-01). A day that is both is named as the holiday.
Holiday holidayOn(LocalDate date);
/// Key of the holiday's name in the text catalogue, e.g. "holiday.good_friday"; "" for none.
std::string_view holidayKey(Holiday holiday);

std::chrono::weekday weekdayOf(LocalDate date);
/// Monday-Friday and no holiday or closed day.
bool isWorkingDay(LocalDate date);
/// The date itself if it is a working day, else the first one after / before it.
LocalDate workingDayOnOrAfter(LocalDate date);
LocalDate workingDayOnOrBefore(LocalDate date);
/// n working days before the date (the date itself is not counted).
LocalDate workingDaysBefore(LocalDate date, int n);
LocalDate addDays(LocalDate date, int days);
/// Whole calendar days from a to b; negative if b is earlier.
int daysBetween(LocalDate a, LocalDate b);

} // namespace hoering
