#include "usecases/adjust_reminders.h"

#include <gmock/gmock.h>

#include "support/world.h"
#include "usecases/send_reminder.h"

namespace hoering {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

struct AdjustReminders : ::testing::Test {
    testing::World world;
    std::int64_t consultation = world.consultation()
                                    .openUntil("2026-12-01")
                                    .acceptingLate()
                                    .with("LokalMED")
                                    .with("Rådet")
                                    .with("Politiet", PartyRole::informed)
                                    .remindedBy({{3, true, std::chrono::hours{9}},
                                                 {0, false, std::chrono::hours{8}},
                                                 {1, true, std::chrono::hours{9}, true}})
                                    .publish();

    std::vector<sqlite::Reminder> rows() {
        return world.database.read([&](sqlite::ReadTx& tx) { return sqlite::remindersOf(tx, consultation); });
    }
    sqlite::Reminder row(const std::string& step, const std::string& party) {
        for (auto& each : rows())
            if (each.step == step && each.partyName == party) return each;
        return {};
    }
    std::int64_t first() { return row("3 workdays 09:00", "LokalMED").id; }
    Result<AdjustPlan> plan(std::int64_t id, const AdjustInput& input) {
        return world.database.read(
            [&](sqlite::ReadTx& tx) { return planAdjustment(tx, world.office, consultation, id, input, world.now()); });
    }
    Result<Done> adjust(std::int64_t id, const AdjustInput& input, const std::string& fingerprint) {
        return world.database.write([&](sqlite::Tx& tx) {
            return adjustReminders(tx, world.office, world.officer, consultation, id, input, fingerprint);
        });
    }
    std::vector<std::string> wrong(const Result<AdjustPlan>& plan) {
        std::vector<std::string> found;
        if (!plan)
            for (const auto& each : plan.error().fields) found.push_back(each.field + " " + each.key);
        return found;
    }
    AdjustInput move(std::string date, std::string time = "10.00", std::string whom = "all") {
        return {"move", std::move(whom), std::move(date), std::move(time), "", "Ferie"};
    }
};

TEST_F(AdjustReminders, SkipAllWhoGetTheStep) {
    const AdjustInput input{"skip", "all", "", "", "", "Mødet er aflyst"};
    const auto shown = plan(first(), input);
    ASSERT_TRUE(shown);
    EXPECT_EQ(shown->concerned.size(), 2u);
    ASSERT_TRUE(adjust(first(), input, shown->fingerprint));
    for (const char* party : {"LokalMED", "Rådet"}) {
        EXPECT_EQ(row("3 workdays 09:00", party).state, "skipped");
        EXPECT_EQ(row("3 workdays 09:00", party).reason, "Mødet er aflyst");
        EXPECT_EQ(row("0 days 08:00", party).state, "planned");
    }
    EXPECT_EQ(world.acts().back(), "reminder.skipped_by_hand");
    world.at("2026-11-26 09:00:00");
    EXPECT_EQ(world.database.write([&](sqlite::Tx& tx) { return sendDueReminder(tx, world.office); }),
              ReminderOutcome::nothingDue);
}

TEST_F(AdjustReminders, MoveForOnePartyKeepsTheOthersAndTheFirstTime) {
    const auto input = move("27.11.2026", "10.00", "one");
    const auto shown = plan(first(), input);
    ASSERT_TRUE(shown);
    ASSERT_EQ(shown->concerned.size(), 1u);
    ASSERT_TRUE(adjust(first(), input, shown->fingerprint));
    const auto moved = row("3 workdays 09:00", "LokalMED");
    EXPECT_EQ(moved.dueLocal, "2026-11-27T10:00:00");
    EXPECT_EQ(moved.movedFrom, "2026-11-26T09:00:00");
    EXPECT_EQ(isoUtc(moved.due), "2026-11-27T09:00:00.000Z");
    EXPECT_EQ(row("3 workdays 09:00", "Rådet").dueLocal, "2026-11-26T09:00:00");
    EXPECT_EQ(world.acts().back(), "reminder.moved");

    const auto again = move("25.11.2026", "12", "one");
    ASSERT_TRUE(adjust(first(), again, plan(first(), again)->fingerprint));
    EXPECT_EQ(row("3 workdays 09:00", "LokalMED").movedFrom, "2026-11-26T09:00:00"); // as first planned
    world.at("2026-11-25 12:00:00");
    EXPECT_EQ(world.database.write([&](sqlite::Tx& tx) { return sendDueReminder(tx, world.office); }),
              ReminderOutcome::queued);
    EXPECT_EQ(row("3 workdays 09:00", "LokalMED").reason, "Ferie"); // the page still says why
}

TEST_F(AdjustReminders, TheSameFormAgainChangesNothing) {
    const auto input = move("27.11.2026");
    const auto fingerprint = plan(first(), input)->fingerprint;
    ASSERT_TRUE(adjust(first(), input, fingerprint));
    const auto acts = world.acts().size();
    EXPECT_TRUE(adjust(first(), input, fingerprint));
    EXPECT_EQ(world.acts().size(), acts);

    const AdjustInput skip{"skip", "all", "", "", "", "Mødet er aflyst"};
    const auto shown = plan(first(), skip)->fingerprint;
    ASSERT_TRUE(adjust(first(), skip, shown));
    EXPECT_TRUE(adjust(first(), skip, shown));
    EXPECT_EQ(world.acts().size(), acts + 1);
    // Another wish about what is settled is refused, not swallowed.
    EXPECT_EQ(plan(first(), move("30.11.2026")).error().key, "error.reminder.settled");
}

TEST_F(AdjustReminders, WhatWasNotShownIsNotDone) {
    const auto all = move("27.11.2026");
    const auto shown = plan(first(), all)->fingerprint;
    const auto one = move("30.11.2026", "9.00", "one");
    const auto other = row("3 workdays 09:00", "Rådet").id;
    ASSERT_TRUE(adjust(other, one, plan(other, one)->fingerprint)); // a colleague moves one of them meanwhile
    EXPECT_EQ(adjust(first(), all, shown).error().key, "error.reminder.changed");
    EXPECT_EQ(row("3 workdays 09:00", "LokalMED").dueLocal, "2026-11-26T09:00:00");
}

TEST_F(AdjustReminders, NeverGoBeforeNowOrOverTheDeadline) {
    EXPECT_THAT(wrong(plan(first(), move("1.11.2026"))), ElementsAre("date error.reminder.past"));
    EXPECT_THAT(wrong(plan(first(), move("2.12.2026", "0.00"))), ElementsAre("date error.reminder.after_deadline"));
    EXPECT_THAT(wrong(plan(first(), move("1.12.2026", "23.59"))), IsEmpty());
    const auto after = row("1 workdays after 09:00", "LokalMED").id;
    EXPECT_THAT(wrong(plan(after, move("1.12.2026", "23.59"))), ElementsAre("date error.reminder.before_deadline"));
    EXPECT_THAT(wrong(plan(after, move("4.12.2026"))), IsEmpty());
    EXPECT_THAT(wrong(plan(after, move("4.1.2027"))), ElementsAre("date error.reminder.link_over"));
}

TEST_F(AdjustReminders, NameEverythingThatIsMissingAtOnce) {
    EXPECT_THAT(wrong(plan(first(), {})),
                ElementsAre("what error.reminder.what", "reason error.reason.missing", "whom error.reminder.whom"));
    EXPECT_THAT(wrong(plan(first(), {"move", "all", "snart", "tidligt", "", ""})),
                ElementsAre("reason error.reason.missing", "date error.reminder.date", "time error.reminder.time"));
}

TEST_F(AdjustReminders, WarnOfAClosedDayAndOfTwoOnOneDay) {
    const auto keys = [&](const AdjustInput& input) {
        std::vector<std::string> found;
        const auto shown = plan(first(), input);
        for (const auto& each : shown->findings) found.push_back(each.key);
        return found;
    };
    EXPECT_THAT(keys(move("28.11.2026")), ElementsAre("finding.reminder.closed_day"));
    EXPECT_THAT(keys(move("1.12.2026")), ElementsAre("finding.reminder.same_day"));
    EXPECT_THAT(keys(move("27.11.2026")), IsEmpty());
}

TEST_F(AdjustReminders, ReachOnlyTheirOwnConsultation) {
    const auto other = world.consultation().titled("En anden").openUntil("2026-12-01").with("Rådet").publish();
    const auto elsewhere = world.database.read([&](sqlite::ReadTx& tx) { return sqlite::remindersOf(tx, other); });
    EXPECT_EQ(plan(elsewhere.at(0).id, move("27.11.2026")).error().kind, ErrorKind::notFound);
    EXPECT_EQ(adjust(elsewhere.at(0).id, move("27.11.2026"), "x").error().kind, ErrorKind::notFound);
}

/// Over the nights when the clock is changed.
struct AdjustAtNight : ::testing::Test {
    testing::World world;
    Result<AdjustPlan> move(std::int64_t consultation, const char* date, const char* which) {
        return world.database.read([&](sqlite::ReadTx& tx) {
            const auto id = sqlite::remindersOf(tx, consultation).at(0).id;
            return planAdjustment(tx, world.office, consultation, id, {"move", "all", date, "2.30", which, "Prøve"},
                                  world.now());
        });
    }
};

TEST_F(AdjustAtNight, TheHourThatDoesNotExistIsRefusedAndTheOneThatIsThereTwiceIsAskedFor) {
    world.at("2027-03-01 09:00:00");
    const auto spring = world.consultation()
                            .openUntil("2027-04-05")
                            .with("LokalMED")
                            .remindedBy({{1, true, std::chrono::hours{9}}})
                            .publish();
    const auto gap = move(spring, "28.3.2027", "");
    ASSERT_FALSE(gap);
    EXPECT_EQ(gap.error().fields.at(0).key, "error.deadline.gap");

    world.at("2027-10-01 09:00:00");
    const auto autumn = world.consultation()
                            .openUntil("2027-11-05")
                            .with("LokalMED")
                            .remindedBy({{1, true, std::chrono::hours{9}}})
                            .publish();
    const auto asked = move(autumn, "31.10.2027", "");
    ASSERT_FALSE(asked);
    EXPECT_EQ(asked.error().fields.at(0).key, "error.deadline.twice");
    EXPECT_EQ(isoUtc(move(autumn, "31.10.2027", "1")->due), "2027-10-31T00:30:00.000Z");
    EXPECT_EQ(isoUtc(move(autumn, "31.10.2027", "2")->due), "2027-10-31T01:30:00.000Z");
}

} // namespace
} // namespace hoering
