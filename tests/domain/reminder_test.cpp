#include "domain/reminder.h"

#include <gmock/gmock.h>

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

} // namespace
