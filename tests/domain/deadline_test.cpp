#include "domain/deadline.h"

#include <gmock/gmock.h>

using namespace hoering;
using namespace std::chrono_literals;

namespace {

LocalDate on(const char* iso) { return parseIsoDate(iso).value(); }
Deadline day(const char* iso) { return {on(iso), std::nullopt, false}; }
Deadline at(const char* iso, std::chrono::minutes time) { return {on(iso), time, false}; }
Now noon(const char* iso) { return nowFrom(toInstant(atTime(on(iso), 12h))); }

std::vector<std::string> keys(const std::vector<Finding>& findings) {
    std::vector<std::string> all;
    for (const auto& finding : findings) all.push_back(finding.key);
    return all;
}

TEST(DeadlineEnds, WithTheDayWhenNoTimeIsGiven) {
    // The worked example: the letter is sent in summer time, the deadline falls in winter time.
    EXPECT_EQ(isoUtc(day("2023-10-30").endsAt()), "2023-10-30T23:00:00.000Z");
    EXPECT_EQ(isoUtc(day("2023-10-29").endsAt()), "2023-10-29T23:00:00.000Z"); // 25 hours long
    EXPECT_EQ(isoUtc(day("2023-10-28").endsAt()), "2023-10-28T22:00:00.000Z");
    EXPECT_EQ(isoUtc(day("2024-03-31").endsAt()), "2024-03-31T22:00:00.000Z"); // 23 hours long
}

TEST(DeadlineEnds, WithTheWholeMinuteShown) {
    const auto end = at("2023-10-30", 12h).endsAt();
    EXPECT_EQ(isoUtc(end), "2023-10-30T11:01:00.000Z");
    const auto inTime = [&](Instant received) { return received < end; };
    EXPECT_TRUE(inTime(end - 1s));
    EXPECT_TRUE(inTime(end - 1ms));
    EXPECT_FALSE(inTime(end));
    EXPECT_FALSE(inTime(end + 1ms));
    EXPECT_EQ(at("2023-10-30", 23h + 59min).endsAt(), day("2023-10-30").endsAt());
}

TEST(DeadlineEnds, InTheChosenOneOfADoubledHour) {
    Deadline first = at("2023-10-29", 2h + 30min), second = first;
    second.secondOfTwo = true;
    EXPECT_EQ(isoUtc(first.endsAt()), "2023-10-29T00:31:00.000Z");
    EXPECT_EQ(isoUtc(second.endsAt()), "2023-10-29T01:31:00.000Z");
    // The last minute of the first 2 o'clock hour ends where the second begins.
    EXPECT_EQ(isoUtc(at("2023-10-29", 2h + 59min).endsAt()), "2023-10-29T01:00:00.000Z");
}

TEST(StoredDeadline, IsReadBackAsItWas) {
    Deadline second = at("2023-10-29", 2h + 30min);
    second.secondOfTwo = true;
    const std::pair<Deadline, const char*> all[] = {{day("2023-10-30"), "2023-10-30"},
                                                    {at("2023-10-30", 12h), "2023-10-30T12:00"},
                                                    {at("2023-10-30", 0h), "2023-10-30T00:00"},
                                                    {second, "2023-10-29T02:30 2"}};
    for (const auto& [deadline, text] : all) {
        EXPECT_EQ(deadline.stored(), text);
        EXPECT_EQ(Deadline::fromStored(text), deadline);
    }
}

TEST(StoredDeadline, IsRefusedInAnyOtherForm) {
    for (const char* text : {"", "2023-02-30", "2023-10-30T", "2023-10-30T24:00", "2023-10-30 12:00", "30.10.2023",
                             "2023-10-30T12:00 3", "2", " 2"})
        EXPECT_EQ(Deadline::fromStored(text), std::nullopt) << text;
}

struct Typed {
    const char *date, *time, *which, *stored, *field, *key;
};
void PrintTo(const Typed& typed, std::ostream* out) { *out << typed.date << "|" << typed.time << "|" << typed.which; }

class TypedDeadline : public testing::TestWithParam<Typed> {};
TEST_P(TypedDeadline, IsUnderstoodOrRefused) {
    const auto result = deadlineFromTyped(GetParam().date, GetParam().time, GetParam().which);
    if (*GetParam().stored) {
        ASSERT_TRUE(result.ok());
        EXPECT_EQ(result->stored(), GetParam().stored);
    } else {
        ASSERT_FALSE(result.ok());
        EXPECT_EQ(result.error().key, "error.form");
        ASSERT_EQ(result.error().fields.size(), 1u);
        EXPECT_EQ(result.error().fields[0].field, GetParam().field);
        EXPECT_EQ(result.error().fields[0].key, GetParam().key);
    }
}
INSTANTIATE_TEST_SUITE_P(
    All, TypedDeadline,
    testing::Values(Typed{"30. oktober 2023", "", "", "2023-10-30", "", ""},
                    Typed{" 30.10.2023 ", " kl. 12 ", "", "2023-10-30T12:00", "", ""},
                    Typed{"2023-10-29", "2.30", "1", "2023-10-29T02:30", "", ""},
                    Typed{"2023-10-29", "2.30", "2", "2023-10-29T02:30 2", "", ""},
                    Typed{"2023-10-30", "2.30", "2", "2023-10-30T02:30", "", ""}, // nothing to choose
                    Typed{"2023-10-29", "2.30", "", "", "deadline_which", "error.deadline.twice"},
                    Typed{"2024-03-31", "2.30", "", "", "deadline_time", "error.deadline.gap"},
                    Typed{"31. juni 2023", "", "", "", "deadline_date", "error.deadline.date"},
                    Typed{"", "", "", "", "deadline_date", "error.deadline.date"},
                    Typed{"2023-10-30", "24.00", "", "", "deadline_time", "error.deadline.time"},
                    Typed{"2023-10-30", "middag", "", "", "deadline_time", "error.deadline.time"}));

TEST(TypedDeadlines, SayAllThatIsWrong) {
    const auto result = deadlineFromTyped("i morgen", "middag", "");
    ASSERT_FALSE(result.ok());
    EXPECT_EQ(result.error().fields.size(), 2u);
}

TEST(Doubts, AreNoneAboutTheWorkedExample) {
    EXPECT_EQ(daysLeft(day("2023-10-30"), noon("2023-09-27")), 33);
    EXPECT_THAT(keys(doubtsAbout(day("2023-10-30"), noon("2023-09-27"), {}, false)), testing::IsEmpty());
}

TEST(Doubts, StopADeadlineThatHasPassedAndNoOther) {
    const auto late = doubtsAbout(day("2023-10-30"), noon("2023-10-31"), {}, false);
    ASSERT_EQ(keys(late), std::vector<std::string>{"finding.deadline.past"});
    EXPECT_TRUE(late[0].stops);
    const auto passing = nowFrom(at("2023-10-30", 12h).endsAt());
    EXPECT_EQ(keys(doubtsAbout(at("2023-10-30", 12h), passing, {}, true)),
              std::vector<std::string>{"finding.deadline.past"});
    const auto justBefore = nowFrom(at("2023-10-30", 12h).endsAt() - 1ms);
    EXPECT_THAT(keys(doubtsAbout(at("2023-10-30", 12h), justBefore, {}, true)),
                testing::Not(testing::Contains("finding.deadline.past")));
}

TEST(Doubts, ProposeTheNextWorkingDayAndMoveNothing) {
    const auto sunday = doubtsAbout(day("2016-09-11"), noon("2016-08-08"), {}, false); // Ballerup's
    ASSERT_EQ(keys(sunday), std::vector<std::string>{"finding.deadline.weekend"});
    EXPECT_FALSE(sunday[0].stops);
    EXPECT_THAT(sunday[0].args, testing::Contains(testing::Pair("next", "2016-09-12")));

    const auto maundyThursday = doubtsAbout(day("2024-03-28"), noon("2024-02-20"), {}, false);
    ASSERT_EQ(keys(maundyThursday), std::vector<std::string>{"finding.deadline.holiday"});
    EXPECT_THAT(maundyThursday[0].args, testing::ElementsAre(testing::Pair("holiday", "holiday.maundy_thursday"),
                                                             testing::Pair("next", "2024-04-02")));
    // Store bededag is a holiday in 2023 and a Friday like others in 2024.
    EXPECT_THAT(keys(doubtsAbout(day("2023-05-05"), noon("2023-03-20"), {}, false)),
                testing::Contains("finding.deadline.holiday"));
    EXPECT_THAT(keys(doubtsAbout(day("2024-04-26"), noon("2024-03-20"), {}, false)),
                testing::Not(testing::Contains("finding.deadline.holiday")));
}

TEST(Doubts, AskForAReasonOnlyUnderTheLimit) {
    const auto doubts = [](const char* deadline, bool reason) {
        return doubtsAbout(day(deadline), noon("2023-09-04"), {14, 28}, reason);
    };
    EXPECT_FALSE(doubts("2023-09-15", false)[0].stops) << "no law sets a shortest period";
    EXPECT_EQ(keys(doubts("2023-09-15", false)), std::vector<std::string>{"finding.period.short_reason"});
    EXPECT_EQ(keys(doubts("2023-09-15", true)), std::vector<std::string>{"finding.period.short"});
    EXPECT_EQ(keys(doubts("2023-09-18", false)), std::vector<std::string>{"finding.period.short"}); // 14 days
    EXPECT_EQ(keys(doubts("2023-09-29", false)), std::vector<std::string>{"finding.period.short"}); // 25 days
    EXPECT_EQ(keys(doubts("2023-10-02", false)), std::vector<std::string>{});                       // 28 days
}

TEST(Doubts, SeeSummerChristmasAndAWrongYear) {
    EXPECT_EQ(keys(doubtsAbout(day("2024-08-08"), noon("2024-07-01"), {}, false)),
              std::vector<std::string>{"finding.period.holidays"});
    EXPECT_THAT(keys(doubtsAbout(day("2024-01-04"), noon("2023-12-18"), {}, true)),
                testing::Contains("finding.period.holidays"));
    EXPECT_THAT(keys(doubtsAbout(day("2032-10-29"), noon("2023-09-27"), {}, false)),
                testing::Contains("finding.deadline.far"));
    EXPECT_THAT(keys(doubtsAbout(day("9999-12-30"), noon("2023-09-27"), {}, false)),
                testing::Contains("finding.deadline.far"));
}

} // namespace
