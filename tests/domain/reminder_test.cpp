#include "domain/reminder.h"

#include <gmock/gmock.h>

#include <cstdlib>
#include <ctime>

using namespace hoering;
using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;

namespace {

LocalDate on(const char* iso) { return parseIsoDate(iso).value(); }
Deadline day(const char* iso) { return {on(iso), std::nullopt, false}; }
const std::vector<ReminderStep> usual{{10, true, 9h}, {3, true, 9h}, {0, false, 8h}};
const Instant longAgo = toInstant(atTime(on("2020-01-01"), 0min));

std::vector<std::string> locals(const std::vector<ReminderStep>& steps, const Deadline& deadline,
                                Instant notBefore = longAgo) {
    std::vector<std::string> all;
    for (const auto& planned : planReminders(steps, deadline, notBefore)) {
        all.push_back(isoLocal(planned.local).substr(0, 16));
        EXPECT_EQ(planned.due, toInstant(planned.local));
    }
    return all;
}

TEST(ReminderSteps, AreReadAndNamedAsInTheSettings) {
    for (const char* text : {"10 workdays 09:00", "3 days 09:30", "0 days 08:00"}) {
        ASSERT_TRUE(reminderStepFrom(text)) << text;
        EXPECT_EQ(reminderStepFrom(text)->name(), text);
    }
    EXPECT_EQ(reminderStepFrom("10 workdays 09:00"), (ReminderStep{10, true, 9h}));
    EXPECT_EQ(reminderStepFrom("1 workdays after 09:00"), (ReminderStep{1, true, 9h, true}));
    EXPECT_EQ(reminderStepFrom("1 workdays after 09:00")->name(), "1 workdays after 09:00");
    EXPECT_FALSE(reminderStepFrom("0 days after 09:00")); // that is the last day itself
    EXPECT_FALSE(reminderStepFrom("1 days before 09:00"));
    for (const char* text : {"", "10 workdays", "ten workdays 09:00", "-1 days 09:00", "3 weeks 09:00", "3 days 24:00",
                             "3x days 09:00", "201 days 09:00", "99999999999 days 09:00", "3  days 09:00"})
        EXPECT_FALSE(reminderStepFrom(text)) << text;
}

TEST(ReminderPlan, OfTheWorkedExampleKeepsItsHoursWhenClocksGoBack) {
    const auto plan = planReminders(usual, day("2023-10-30"), longAgo);
    ASSERT_EQ(plan.size(), 3u);
    EXPECT_EQ(isoLocal(plan[0].local), "2023-10-16T09:00:00");
    EXPECT_EQ(isoUtc(plan[0].due), "2023-10-16T07:00:00.000Z"); // summer time
    EXPECT_EQ(isoLocal(plan[1].local), "2023-10-25T09:00:00");
    EXPECT_EQ(isoLocal(plan[2].local), "2023-10-30T08:00:00");
    EXPECT_EQ(isoUtc(plan[2].due), "2023-10-30T07:00:00.000Z"); // winter time
    EXPECT_EQ(plan[0].step, "10 workdays 09:00");
}

TEST(ReminderPlan, OverEasterCountsWorkingDaysOnly) {
    // 2024: Maundy Thursday 28 March to Easter Monday 1 April are closed; clocks go forward on 31 March.
    EXPECT_THAT(locals(usual, day("2024-04-04")),
                ElementsAre("2024-03-18T09:00", "2024-03-27T09:00", "2024-04-04T08:00"));
}

TEST(ReminderPlan, ForASundayPutsTheLastStepOnTheFridayBefore) {
    EXPECT_THAT(locals(usual, day("2016-09-11"), fromMillis(0)),
                ElementsAre("2016-08-29T09:00", "2016-09-07T09:00", "2016-09-09T08:00"));
    // Calendar days that end on a closed day go to the working day before.
    EXPECT_THAT(locals({{3, false, 9h}}, day("2024-04-03")), ElementsAre("2024-03-27T09:00"));
}

TEST(ReminderPlan, MergesStepsOfTheSameDayIntoTheEarliest) {
    EXPECT_THAT(locals({{1, false, 15h}, {0, false, 8h}, {2, false, 9h}}, day("2016-09-11"), fromMillis(0)),
                ElementsAre("2016-09-09T08:00"));
    EXPECT_THAT(locals({{3, true, 9h}, {3, true, 9h}}, day("2023-10-30")), ElementsAre("2023-10-25T09:00"));
}

TEST(ReminderPlan, LeavesOutWhatIsTooEarlyOrTooLate) {
    const Deadline morning{on("2023-10-30"), 7h, false};
    EXPECT_THAT(locals(usual, morning), ElementsAre("2023-10-16T09:00", "2023-10-25T09:00"));
    const auto due = toInstant(atTime(on("2023-10-25"), 9h));
    EXPECT_THAT(locals(usual, day("2023-10-30"), due), ElementsAre("2023-10-25T09:00", "2023-10-30T08:00"));
    EXPECT_THAT(locals(usual, day("2023-10-30"), due + 1ms), ElementsAre("2023-10-30T08:00"));
    EXPECT_THAT(locals(usual, day("2023-10-30"), day("2023-10-30").endsAt()), IsEmpty());
    // A step at the very minute of the deadline still comes before its end; one after it does not.
    const Deadline noon{on("2023-10-30"), 12h, false};
    EXPECT_THAT(locals({{0, false, 12h}}, noon), ElementsAre("2023-10-30T12:00"));
    EXPECT_THAT(locals({{0, false, 12h + 1min}}, noon), IsEmpty());
}

TEST(ReminderPlan, AfterTheDeadlineGoesOnceAndOnAWorkingDay) {
    // Friday 30 October 2026: the next working day is Monday.
    const std::vector<ReminderStep> steps{{3, true, 9h}, {1, true, 9h, true}, {5, false, 9h, true}};
    EXPECT_THAT(locals(steps, day("2026-10-30")), ElementsAre("2026-10-27T09:00", "2026-11-02T09:00"));
    const auto plan = planReminders(steps, day("2026-10-30"), longAgo);
    EXPECT_FALSE(plan[0].after);
    EXPECT_TRUE(plan[1].after);
    // Calendar days that end on a closed day go on to the next working day: never back before the deadline.
    EXPECT_THAT(locals({{1, false, 9h, true}}, day("2026-10-30")), ElementsAre("2026-11-02T09:00"));
    // Christmas 2026: Thursday 24 to Sunday 27 December are closed.
    EXPECT_THAT(locals({{1, true, 9h, true}}, day("2026-12-23")), ElementsAre("2026-12-28T09:00"));
}

TEST(ReminderPlan, StoreBededagIsAClosedDayTo2023AndAWorkingDayFrom2024) {
    // The fourth Friday after Easter: 5 May 2023, 26 April 2024.
    EXPECT_THAT(locals({{1, true, 9h}}, day("2023-05-08")), ElementsAre("2023-05-04T09:00"));
    EXPECT_THAT(locals({{1, true, 9h}}, day("2024-04-29")), ElementsAre("2024-04-26T09:00"));
}

TEST(ReminderPlan, AtHalfPastTwoOnTheNightsOfTheClockIsASingleMoment) {
    // No working day lies on such a night (they are Sundays): a plan never asks for it, but a moved step may.
    const auto spring = resolve(atTime(on("2027-03-28"), 2h + 30min));
    EXPECT_EQ(spring.kind, LocalKind::gap);
    EXPECT_EQ(isoUtc(toInstant(atTime(on("2027-03-28"), 2h + 30min))), "2027-03-28T01:00:00.000Z");
    EXPECT_EQ(isoUtc(toInstant(atTime(on("2027-10-31"), 2h + 30min))), "2027-10-31T00:30:00.000Z");
    // The steps around it keep 2.30 of their own day: in winter time before, in summer time after, and back.
    const auto around = planReminders({{1, true, 2h + 30min}}, day("2027-03-29"), longAgo);
    EXPECT_EQ(isoUtc(around.at(0).due), "2027-03-24T01:30:00.000Z"); // Easter: the last working day before it
    const auto autumn = planReminders({{1, true, 2h + 30min}}, day("2027-11-01"), longAgo);
    EXPECT_EQ(isoUtc(autumn.at(0).due), "2027-10-29T00:30:00.000Z");
}

/// The process's own zone for the time of a test.
class InZone {
  public:
    explicit InZone(const char* zone) : before_(std::getenv("TZ") ? std::getenv("TZ") : "") {
        ::setenv("TZ", zone, 1);
        ::tzset();
    }
    ~InZone() {
        if (before_.empty()) ::unsetenv("TZ");
        else ::setenv("TZ", before_.c_str(), 1);
        ::tzset();
    }

  private:
    std::string before_;
};

TEST(ReminderPlan, IsTheSameWhateverZoneTheMachineIsIn) {
    std::vector<std::vector<Instant>> plans;
    for (const char* zone : {"Europe/Copenhagen", "UTC", "America/New_York", "Pacific/Auckland"}) {
        const InZone here(zone);
        plans.emplace_back();
        for (const auto& planned : planReminders(usual, day("2023-10-30"), longAgo))
            plans.back().push_back(planned.due);
    }
    ASSERT_EQ(plans[0].size(), 3u);
    EXPECT_THAT(plans, testing::Each(plans[0]));
}

} // namespace
