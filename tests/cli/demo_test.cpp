// The example must come out right on whatever day somebody tries it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "app_parts.h"
#include "cli/demo_example.h"
#include "cli/demo_texts.h"
#include "cli/verification.h"
#include "sqlite/consultations.h"
#include "sqlite/letters.h"
#include "sqlite/reminders.h"
#include "support/world.h"

namespace hoering::cli {
namespace {

TEST(ExampleDates, FitTheCalendarOnEveryDayOfTenYears) {
    for (LocalDate today{std::chrono::year{2025}, std::chrono::January, std::chrono::day{1}};
         today.year() < std::chrono::year{2035}; today = addDays(today, 1)) {
        const auto dates = exampleDates(today);
        SCOPED_TRACE(isoDate(today));
        EXPECT_TRUE(isWorkingDay(dates.opened));
        EXPECT_EQ(daysBetween(dates.decided, dates.opened), 2);
        EXPECT_LE(weekdayOf(dates.decided).iso_encoding(), 5U);
        EXPECT_GE(daysBetween(dates.opened, today), 12);
        EXPECT_LE(daysBetween(dates.opened, today), 25);        // over Christmas and New Year
        EXPECT_GE(daysBetween(dates.start, dates.decided), 50); // the round before is over then
        EXPECT_TRUE(isWorkingDay(dates.deadline));
        EXPECT_LE(weekdayOf(dates.deadline).iso_encoding(), 4U);
        EXPECT_GE(daysBetween(today, dates.deadline), 21);
        EXPECT_LE(daysBetween(today, dates.deadline), 31);
        EXPECT_GE(daysBetween(dates.opened, dates.deadline), 28); // nobody has to give a reason for a short period
    }
}

class ExampleOn : public ::testing::TestWithParam<const char*> {};

TEST_P(ExampleOn, IsWholeWithNothingLeftUndone) {
    const testing::TempFolder folder;
    const Instant now = toInstant(atTime(*parseIsoDate(GetParam()), std::chrono::minutes{605}));
    ManualClock clock(toInstant(atTime(exampleDates(dateOf(toLocal(now))).start, std::chrono::hours{8})));
    {
        App app({}, {folder.path()}, clock);
        playExample(app, clock, now);
        EXPECT_EQ(clock.now(), now);
        auto& database = app.parts().database;
        const auto due = database.read([](sqlite::ReadTx& tx) { return sqlite::nextReminderDue(tx); });
        EXPECT_TRUE(!due || *due > now);
        EXPECT_FALSE(database.read([](sqlite::ReadTx& tx) { return sqlite::nextLetterDue(tx); }));
        const auto all = database.read([](sqlite::ReadTx& tx) { return sqlite::listConsultations(tx, {}); });
        ASSERT_EQ(all.size(), 3U);
        for (const auto state : {ConsultationState::draft, ConsultationState::open, ConsultationState::closed})
            EXPECT_EQ(std::count_if(all.begin(), all.end(), [&](const auto& each) { return each.state == state; }), 1);
    }
    EXPECT_THAT(verifyData({folder.path()}).wrong, ::testing::IsEmpty());
}

// An ordinary day, summer and winter time begun lately, Easter, a leap day, Christmas, New Year.
INSTANTIATE_TEST_SUITE_P(Each, ExampleOn,
                         ::testing::Values("2026-06-10", "2026-04-03", "2026-11-01", "2025-04-20", "2028-02-29",
                                           "2026-12-25", "2027-01-10"));

TEST(DemoTexts, FieldsAndBodyAreTakenApart) {
    const auto text = demoText("tryghed.md", {{"year", "2026"}, {"decided", "mandag"}});
    EXPECT_EQ(text.field("journal_number"), "18.20.00-A00-4-2026");
    EXPECT_EQ(text.all("party").size(), 5U);
    EXPECT_EQ(text.field("no_such"), "");
    EXPECT_EQ(text.body.find('{'), std::string::npos);
    EXPECT_THROW(demoText("no_such.md"), std::logic_error);
}

TEST(DemoTexts, MarkdownBecomesBlocks) {
    using namespace documents;
    const auto document = documentFrom(
        "# One\n\nA **strong** word.\n\n- a\n- b\n\n1. c\n\n| h | n |\n|---|---|\n| x | 1,5 |\n", "Title", "", "");
    ASSERT_EQ(document.blocks.size(), 5U);
    EXPECT_EQ(std::get<Heading>(document.blocks[0]).text, "One");
    const auto& words = std::get<Paragraph>(document.blocks[1]).spans;
    ASSERT_EQ(words.size(), 3U);
    EXPECT_TRUE(words[1].strong && !words[0].strong && !words[2].strong);
    EXPECT_EQ(words[1].text, "strong");
    EXPECT_EQ(std::get<List>(document.blocks[2]).items.size(), 2U);
    EXPECT_TRUE(std::get<List>(document.blocks[3]).numbered);
    const auto& table = std::get<Table>(document.blocks[4]);
    EXPECT_EQ(table.head, (std::vector<std::string>{"h", "n"}));
    ASSERT_EQ(table.rows.size(), 1U);
    EXPECT_TRUE(table.rows[0][1].numeric && !table.rows[0][0].numeric);
}

} // namespace
} // namespace hoering::cli
