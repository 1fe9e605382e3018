// Of common/calendar.h: Easter, holidays, working days.
#include "common/calendar.h"

namespace hoering {

namespace {
constexpr int lastYearOfGreatPrayerDay = 2023; // lov nr. 214 af 6. marts 2023: abolished from 2024-01-01
}

LocalDate easterSunday(std::chrono::year year) {
    const int y = static_cast<int>(year);
    const int a = y % 19, b = y / 100, c = y % 100, d = b / 4, e = b % 4, f = (b + 8) / 25, g = (b - f + 1) / 3;
    const int h = (19 * a + b - d - g + 15) % 30, i = c / 4, k = c % 4, l = (32 + 2 * e + 2 * i - h - k) % 7;
    const int m = (a + 11 * h + 22 * l) / 451, sum = h + l - 7 * m + 114;
    return LocalDate{year, std::chrono::month{static_cast<unsigned>(sum / 31)},
                     std::chrono::day{static_cast<unsigned>(sum % 31 + 1)}};
}

Holiday holidayOn(LocalDate date) {
    const unsigned month = static_cast<unsigned>(date.month()), day = static_cast<unsigned>(date.day());
    const auto fixed = [&](unsigned m, unsigned d) { return month == m && day == d; };
    if (fixed(1, 1)) return Holiday::newYear;
    if (fixed(12, 25)) return Holiday::christmasDay;
    if (fixed(12, 26)) return Holiday::secondChristmasDay;
    switch (daysBetween(easterSunday(date.year()), date)) {
    case -3: return Holiday::maundyThursday;
    case -2: return Holiday::goodFriday;
    case 0: return Holiday::easterSunday;
    case 1: return Holiday::easterMonday;
    case 26:
        if (static_cast<int>(date.year()) <= lastYearOfGreatPrayerDay) return Holiday::greatPrayerDay;
        break;
    case 39: return Holiday::ascension;
    case 49: return Holiday::whitSunday;
    case 50: return Holiday::whitMonday;
    default: break;
    }
    if (fixed(6, 5)) return Holiday::constitutionDay;
    if (fixed(12, 24)) return Holiday::christmasEve;
    if (fixed(12, 31)) return Holiday::newYearsEve;
    if (daysBetween(easterSunday(date.year()), date) == 40) return Holiday::dayAfterAscension;
    return Holiday::none;
}

std::string_view holidayKey(Holiday holiday) {
    switch (holiday) {
    case Holiday::none: return "";
    case Holiday::newYear: return "holiday.new_year";
    case Holiday::maundyThursday: return "holiday.maundy_thursday";
    case Holiday::goodFriday: return "holiday.good_friday";
    case Holiday::easterSunday: return "holiday.easter_sunday";
    case Holiday::easterMonday: return "holiday.easter_monday";
    case Holiday::greatPrayerDay: return "holiday.great_prayer_day";
    case Holiday::ascension: return "holiday.ascension";
    case Holiday::whitSunday: return "holiday.whit_sunday";
    case Holiday::whitMonday: return "holiday.whit_monday";
    case Holiday::christmasDay: return "holiday.christmas_day";
    case Holiday::secondChristmasDay: return "holiday.second_christmas_day";
    case Holiday::dayAfterAscension: return "holiday.day_after_ascension";
    case Holiday::constitutionDay: return "holiday.constitution_day";
    case Holiday::christmasEve: return "holiday.christmas_eve";
    case Holiday::newYearsEve: return "holiday.new_years_eve";
    }
    return "";
}

bool isWorkingDay(LocalDate date) {
    const auto weekday = weekdayOf(date);
    return weekday != std::chrono::Saturday && weekday != std::chrono::Sunday && holidayOn(date) == Holiday::none;
}

LocalDate workingDayOnOrAfter(LocalDate date) {
    while (!isWorkingDay(date)) date = addDays(date, 1);
    return date;
}

LocalDate workingDayOnOrBefore(LocalDate date) {
    while (!isWorkingDay(date)) date = addDays(date, -1);
    return date;
}

LocalDate workingDaysBefore(LocalDate date, int n) {
    for (; n > 0; --n) date = workingDayOnOrBefore(addDays(date, -1));
    return date;
}

} // namespace hoering
