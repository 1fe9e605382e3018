#include "usecases/restore_reminders.h"

#include <gmock/gmock.h>

#include "support/acting.h"
#include "usecases/adjust_reminders.h"
#include "usecases/close_early.h"
#include "usecases/extend_deadline.h"
#include "usecases/send_reminder.h"
#include "usecases/submit_response.h"
#include "usecases/upcoming_mail.h"

namespace hoering {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

struct RestoreReminders : ::testing::Test {
    testing::World world;
    testing::Acting acting{world};
    std::int64_t consultation = world.consultation()
                                    .openUntil("2026-12-01")
                                    .with("LokalMED")
                                    .with("Rådet")
                                    .remindedBy({{3, true, std::chrono::hours{9}}, {0, false, std::chrono::hours{8}}})
                                    .publish();
    static constexpr const char* step = "3 workdays 09:00"; // Thursday 26 November

    std::vector<sqlite::Reminder> rows() {
        return world.database.read([&](sqlite::ReadTx& tx) { return sqlite::remindersOf(tx, consultation); });
    }
    sqlite::Reminder row(const std::string& party) {
        for (auto& each : rows())
            if (each.step == step && each.partyName == party) return each;
        return {};
    }
    void skip(const std::string& whom = "all", const std::string& party = "LokalMED") {
        const AdjustInput input{"skip", whom, "", "", "", "Mødet er aflyst"};
        const auto id = row(party).id;
        const auto shown = world.database.read(
            [&](sqlite::ReadTx& tx) { return planAdjustment(tx, world.office, consultation, id, input, world.now()); });
        ASSERT_TRUE(world.database.write([&](sqlite::Tx& tx) {
            return adjustReminders(tx, world.office, world.officer, consultation, id, input, shown->fingerprint);
        }));
    }
    Result<RestorePlan> plan(const std::string& party = "LokalMED") {
        const auto id = row(party).id;
        return world.database.read(
            [&](sqlite::ReadTx& tx) { return planRestoration(tx, world.office, consultation, id, world.now()); });
    }
    Result<Done> restore(bool all = true, const std::string& party = "LokalMED") {
        const auto id = row(party).id;
        return world.database.write(
            [&](sqlite::Tx& tx) { return restoreReminders(tx, world.office, world.officer, consultation, id, all); });
    }
    ReminderOutcome sendDue() {
        return world.database.write([&](sqlite::Tx& tx) { return sendDueReminder(tx, world.office); });
    }
    std::string refusal() {
        const auto before = world.acts().size();
        const auto done = restore();
        EXPECT_EQ(world.acts().size(), before);
        EXPECT_NE(row("LokalMED").state, "planned");
        return done.ok() ? "" : done.error().key;
    }
};

TEST_F(RestoreReminders, WhatWasSkippedForAllIsPlannedAgainForAllAndSent) {
    skip();
    EXPECT_EQ(plan()->concerned.size(), 2u);
    ASSERT_TRUE(restore());
    for (const char* party : {"LokalMED", "Rådet"}) {
        EXPECT_EQ(row(party).state, "planned");
        EXPECT_EQ(row(party).reason, "");
        EXPECT_FALSE(row(party).doneAt);
    }
    EXPECT_EQ(world.acts().back(), "reminder.restored");
    world.at("2026-11-26 09:00:00");
    EXPECT_EQ(sendDue(), ReminderOutcome::queued);
    EXPECT_EQ(sendDue(), ReminderOutcome::queued);
    EXPECT_EQ(sendDue(), ReminderOutcome::nothingDue);
}

TEST_F(RestoreReminders, ForOnePartyTheOthersStaySkipped) {
    skip();
    ASSERT_TRUE(restore(false, "Rådet"));
    EXPECT_EQ(row("Rådet").state, "planned");
    EXPECT_EQ(row("LokalMED").state, "skipped");
    EXPECT_EQ(row("LokalMED").reason, "Mødet er aflyst");
    EXPECT_EQ(plan()->concerned.size(), 1u) << "what is planned again is not asked about again";
}

TEST_F(RestoreReminders, TheSameFormAgainChangesNothing) {
    skip();
    ASSERT_TRUE(restore());
    const auto acts = world.acts().size();
    EXPECT_TRUE(restore());
    EXPECT_EQ(world.acts().size(), acts);
}

TEST_F(RestoreReminders, SaysWhoWouldNotGetItAnyway) {
    skip();
    EXPECT_TRUE(world.database.write([&](sqlite::Tx& tx) {
        return submitResponse(tx, world.visit(consultation, 1),
                              {ResponseKind::noRemarks, "", 0, std::string(32, '1'), tx.now().instant});
    }));
    std::vector<std::string> found;
    const auto shown = plan();
    for (const auto& each : shown->concerned) found.push_back(each.reminder.partyName + " " + each.whyNot);
    EXPECT_THAT(found, ElementsAre("LokalMED ", "Rådet reminder_reason.answered"));
}

TEST_F(RestoreReminders, NotOnceItsTimeHasCome) {
    skip();
    world.at("2026-11-26 08:59:59");
    EXPECT_TRUE(plan());
    world.at("2026-11-26 09:00:00");
    EXPECT_EQ(refusal(), "error.reminder.not_restorable");
}

TEST_F(RestoreReminders, NotAfterTheDeadlineMovedOrTheConsultationClosed) {
    skip();
    ASSERT_TRUE(acting.run(closeEarlyAct, consultation, {{{"reason", "Alle har svaret"}}}));
    EXPECT_EQ(refusal(), "error.reminder.not_restorable");
    ASSERT_TRUE(acting.run(extendAct, consultation, testing::moveTo("2026-12-15")));
    const auto id = rows().at(0).id; // the one that was skipped, for the old deadline
    EXPECT_FALSE(world.database.write(
        [&](sqlite::Tx& tx) { return restoreReminders(tx, world.office, world.officer, consultation, id, true); }));
}

TEST_F(RestoreReminders, OnlyWhatAPersonSkippedAndOnlyOfThatConsultation) {
    world.database.write([&](sqlite::Tx& tx) {
        sqlite::settleReminder(tx, row("LokalMED").id, false, "reminder_reason.answered");
        tx.housekeeping("test");
    });
    EXPECT_EQ(refusal(), "error.reminder.not_restorable");
    const auto other = world.consultation().titled("En anden").openUntil("2026-12-01").with("Rådet").publish();
    EXPECT_EQ(world.database
                  .write([&](sqlite::Tx& tx) {
                      return restoreReminders(tx, world.office, world.officer, other, row("Rådet").id, true);
                  })
                  .error()
                  .kind,
              ErrorKind::notFound);
}

TEST_F(RestoreReminders, TheMailOfTheComingDaysOffersItWhileItCan) {
    world.at("2026-11-20 09:00:00");
    const auto offered = [&] {
        std::vector<std::string> found;
        for (const auto& each : world.database.read(
                 [&](sqlite::ReadTx& tx) { return upcomingMail(tx, world.office, world.now(), 14, consultation); }))
            if (each.skipped != 0) found.push_back(each.step + (each.reminder == 0 ? " whole" : " part"));
        return found;
    };
    EXPECT_THAT(offered(), IsEmpty());
    skip("one");
    EXPECT_THAT(offered(), ElementsAre("3 workdays 09:00 part"));
    skip("all", "Rådet");
    EXPECT_THAT(offered(), ElementsAre("3 workdays 09:00 whole"));
    ASSERT_TRUE(restore());
    EXPECT_THAT(offered(), IsEmpty());
}

} // namespace
} // namespace hoering
