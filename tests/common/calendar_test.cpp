#include "common/calendar.h"

#include <gmock/gmock.h>

#include <cstdlib>

#include "common/clock.h"

using namespace hoering;
using namespace std::chrono_literals;

namespace {

LocalDate on(const char* iso) { return parseIsoDate(iso).value(); }
LocalTime at(const char* iso, std::chrono::seconds sinceMidnight) { return atTime(on(iso), 0min) + sinceMidnight; }

TEST(Easter, FallsOnTheseSundays) {
    const char* sundays[] = {"2023-04-09", "2024-03-31", "2025-04-20", "2026-04-05",
                             "2027-03-28", "2028-04-16", "2029-04-01", "2030-04-21"};
    for (const auto* sunday : sundays) {
        EXPECT_EQ(isoDate(easterSunday(on(sunday).year())), sunday);
        EXPECT_EQ(weekdayOf(on(sunday)), std::chrono::Sunday);
    }
    EXPECT_EQ(isoDate(easterSunday(std::chrono::year{1818})), "1818-03-22"); // the earliest there is
    EXPECT_EQ(isoDate(easterSunday(std::chrono::year{2038})), "2038-04-25"); // the latest there is
}

TEST(Holidays, AreNamed) {
    const std::pair<const char*, Holiday> days[] = {
        {"2023-01-01", Holiday::newYear},
        {"2023-04-06", Holiday::maundyThursday},
        {"2023-04-07", Holiday::goodFriday},
        {"2023-04-08", Holiday::none},
        {"2023-04-09", Holiday::easterSunday},
        {"2023-04-10", Holiday::easterMonday},
        {"2023-05-05", Holiday::greatPrayerDay},
        {"2024-04-26", Holiday::none}, // abolished from 2024
        {"2023-05-18", Holiday::ascension},
        {"2023-05-19", Holiday::dayAfterAscension},
        {"2023-05-28", Holiday::whitSunday},
        {"2023-05-29", Holiday::whitMonday},
        {"2023-06-05", Holiday::constitutionDay},
        {"2028-06-05", Holiday::whitMonday}, // both: named as the holiday
        {"2023-12-24", Holiday::christmasEve},
        {"2023-12-25", Holiday::christmasDay},
        {"2023-12-26", Holiday::secondChristmasDay},
        {"2023-12-31", Holiday::newYearsEve},
        {"2023-10-30", Holiday::none},
    };
    for (const auto& [date, holiday] : days) EXPECT_EQ(holidayOn(on(date)), holiday) << date;
}

TEST(Holidays, HaveAKeyEach) {
    std::vector<std::string_view> seen;
    for (int i = 1; i <= static_cast<int>(Holiday::newYearsEve); ++i) {
        const auto key = holidayKey(static_cast<Holiday>(i));
        EXPECT_TRUE(key.starts_with("holiday.")) << i;
        EXPECT_THAT(seen, testing::Not(testing::Contains(key)));
        seen.push_back(key);
    }
    EXPECT_EQ(holidayKey(Holiday::none), "");
}

TEST(WorkingDays, LeaveOutWeekendsAndClosedDays) {
    EXPECT_TRUE(isWorkingDay(on("2023-10-30")));
    EXPECT_FALSE(isWorkingDay(on("2023-10-29")));
    EXPECT_EQ(isoDate(workingDayOnOrAfter(on("2023-12-23"))), "2023-12-27");
    EXPECT_EQ(isoDate(workingDayOnOrBefore(on("2023-12-26"))), "2023-12-22");
    EXPECT_EQ(isoDate(workingDayOnOrAfter(on("2023-10-30"))), "2023-10-30");
    EXPECT_EQ(isoDate(workingDaysBefore(on("2023-10-30"), 5)), "2023-10-23");
    EXPECT_EQ(isoDate(workingDaysBefore(on("2024-04-02"), 1)), "2024-03-27"); // over Easter
    EXPECT_EQ(isoDate(workingDaysBefore(on("2023-10-29"), 0)), "2023-10-29");
}

TEST(Days, AreCountedOnTheCalendar) {
    EXPECT_EQ(daysBetween(on("2023-09-27"), on("2023-10-30")), 33);
    EXPECT_EQ(daysBetween(on("2024-03-01"), on("2024-02-28")), -2);
    EXPECT_EQ(isoDate(addDays(on("2023-12-31"), 1)), "2024-01-01");
}

TEST(LocalTimes, FollowSummerAndWinter) {
    EXPECT_EQ(isoUtc(toInstant(at("2023-07-01", 12h))), "2023-07-01T10:00:00.000Z");
    EXPECT_EQ(isoUtc(toInstant(at("2023-12-01", 12h))), "2023-12-01T11:00:00.000Z");
    EXPECT_EQ(isoLocal(toLocal(toInstant(at("2023-10-30", 23h + 59min + 59s)))), "2023-10-30T23:59:59");
    EXPECT_EQ(isoLocal(nowFrom(fromMillis(1698706799999)).local), "2023-10-30T23:59:59");
    EXPECT_EQ(isoLocal(nowFrom(fromMillis(1698706800000)).local), "2023-10-31T00:00:00");
}

TEST(LocalTimes, HaveAGapInSpring) {
    const auto r = resolve(at("2024-03-31", 2h + 30min));
    EXPECT_EQ(r.kind, LocalKind::gap);
    EXPECT_EQ(isoUtc(r.first), "2024-03-31T01:00:00.000Z");
    EXPECT_EQ(resolve(at("2024-03-31", 1h + 59min + 59s)).kind, LocalKind::unique);
    EXPECT_EQ(resolve(at("2024-03-31", 2h)).kind, LocalKind::gap);
    EXPECT_EQ(resolve(at("2024-03-31", 3h)).kind, LocalKind::unique);
    EXPECT_EQ(isoUtc(toInstant(at("2024-03-31", 3h))), "2024-03-31T01:00:00.000Z");
}

TEST(LocalTimes, ExistTwiceInAutumn) {
    const auto r = resolve(at("2023-10-29", 2h + 30min));
    EXPECT_EQ(r.kind, LocalKind::twice);
    EXPECT_EQ(isoUtc(r.first), "2023-10-29T00:30:00.000Z");
    EXPECT_EQ(isoUtc(r.second), "2023-10-29T01:30:00.000Z");
    EXPECT_EQ(toLocal(r.first), toLocal(r.second));
    EXPECT_EQ(resolve(at("2023-10-29", 1h + 59min + 59s)).kind, LocalKind::unique);
    EXPECT_EQ(resolve(at("2023-10-29", 3h)).kind, LocalKind::unique);
}

TEST(LocalTimes, KeepSummerTimeAfterTheEndOfTheList) {
    EXPECT_EQ(isoUtc(toInstant(at("2040-07-01", 12h))), "2040-07-01T10:00:00.000Z");
    EXPECT_EQ(isoUtc(toInstant(at("2040-12-01", 12h))), "2040-12-01T11:00:00.000Z");
    EXPECT_EQ(resolve(at("2040-03-25", 2h + 30min)).kind, LocalKind::gap); // last Sunday of March 2040
    EXPECT_EQ(isoUtc(resolve(at("2040-03-25", 2h + 30min)).first), "2040-03-25T01:00:00.000Z");
    EXPECT_EQ(resolve(at("2099-10-25", 2h + 30min)).kind, LocalKind::twice);
    EXPECT_EQ(isoLocal(toLocal(toInstant(at("2150-06-15", 9h)))), "2150-06-15T09:00:00");
}

TEST(LocalTimes, AreGoneThroughAndBackForEveryHourOfTwoYears) {
    for (auto t = toInstant(at("2023-01-01", 0h)); t < toInstant(at("2025-01-01", 0h)); t += 1h) {
        const auto r = resolve(toLocal(t));
        EXPECT_TRUE(r.first == t || r.second == t) << isoUtc(t);
        EXPECT_NE(r.kind, LocalKind::gap);
    }
}

TEST(LocalTimes, DoNotAskTheMachinesZone) {
    const char* before = std::getenv("TZ");
    const std::string kept = before ? before : "";
    for (const auto* zone : {"UTC", "Pacific/Auckland", "Nonsense/Nowhere"}) {
        ::setenv("TZ", zone, 1);
        ::tzset();
        EXPECT_EQ(isoLocal(toLocal(fromMillis(1698706799000))), "2023-10-30T23:59:59") << zone;
    }
    if (before) ::setenv("TZ", kept.c_str(), 1);
    else ::unsetenv("TZ");
    ::tzset();
}

TEST(Dates, AreReadInIsoForm) {
    EXPECT_EQ(isoDate(on("2024-02-29")), "2024-02-29");
    for (const auto* wrong : {"", "2023-02-29", "2023-2-9", "2023-13-01", "2023-00-10", "2023-10-30 ", "20231030",
                              "2023-10-3O", "+023-10-30", "2023-10-30T00:00:00", "12023-10-30"})
        EXPECT_FALSE(parseIsoDate(wrong)) << wrong;
}

TEST(Dates, AreReadAsPeopleTypeThem) {
    for (const auto* typed :
         {"2023-10-30", "30.10.2023", "30-10-2023", "30/10 2023", "30/10-2023", "30/10/2023", "30. oktober 2023",
          "30 October 2023", " 30. OKTOBER 2023 ", "30. okt. 2023", "den 30. oktober 2023", "30.oktober 2023"}) {
        const auto date = parseTypedDate(typed);
        ASSERT_TRUE(date) << typed;
        EXPECT_EQ(isoDate(*date), "2023-10-30") << typed;
    }
    EXPECT_EQ(isoDate(parseTypedDate("1/2 2024").value()), "2024-02-01");
    EXPECT_EQ(isoDate(parseTypedDate("5. maj 2023").value()), "2023-05-05");
    EXPECT_EQ(isoDate(parseTypedDate("5 march 2023").value()), "2023-03-05");
    for (const auto* wrong : {"", "30", "30.10", "30.10.23", "31.09.2023", "30. oktobar 2023", "oktober 2023",
                              "30oktober 2023", "30102023", "30..10.2023", "i morgen", "30.10.2023 kl. 10"})
        EXPECT_FALSE(parseTypedDate(wrong)) << wrong;
}

TEST(TimesOfDay, AreReadAsPeopleTypeThem) {
    const std::pair<const char*, int> times[] = {{"10", 600},         {"10.30", 630},    {"10:30", 630},
                                                 {"kl. 10", 600},     {"kl.10.00", 600}, {"KL 9", 540},
                                                 {"kl. 23.59", 1439}, {"0:00", 0}};
    for (const auto& [typed, minutes] : times) {
        ASSERT_TRUE(parseTimeOfDay(typed)) << typed;
        EXPECT_EQ(parseTimeOfDay(typed)->count(), minutes) << typed;
    }
    for (const auto* wrong : {"", "kl.", "24.00", "10.60", "10.3", "1030", "10.30.00", "ti", "-1", "10:30 pm"})
        EXPECT_FALSE(parseTimeOfDay(wrong)) << wrong;
}

TEST(Clocks, StandStillUntilMoved) {
    ManualClock clock(fromMillis(1000));
    EXPECT_EQ(toMillis(clock.now()), 1000);
    clock.advance(1h);
    EXPECT_EQ(toMillis(clock.now()), 3601000);
    EXPECT_EQ(isoUtc(fromMillis(1698706799123)), "2023-10-30T22:59:59.123Z");
    EXPECT_EQ(isoUtc(fromMillis(-1)), "1969-12-31T23:59:59.999Z");
    EXPECT_GT(toMillis(SystemClock().now()), 1700000000000);
}

} // namespace
