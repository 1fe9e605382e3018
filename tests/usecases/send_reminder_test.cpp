#include <gmock/gmock.h>

#include "sqlite/reminders.h"
#include "support/world.h"
#include "usecases/close_consultation.h"
#include "usecases/save_draft.h"
#include "usecases/send_reminder.h"
#include "usecases/submit_response.h"

namespace hoering {
namespace {

using ::testing::HasSubstr;

struct SendReminder : ::testing::Test {
    testing::World world;
    std::int64_t consultation =
        world.consultation().openUntil("2026-12-01").with("LokalMED").with("Politiet", PartyRole::informed).publish();

    ReminderOutcome once() {
        return world.database.write([&](sqlite::Tx& tx) { return sendDueReminder(tx, world.office); });
    }
    int reminders() {
        int n = 0;
        for (const auto& letter : world.letters()) n += letter.kind == LetterKind::reminder ? 1 : 0;
        return n;
    }
    std::vector<std::string> reasons() {
        std::vector<std::string> found;
        for (const auto& each :
             world.database.read([&](sqlite::ReadTx& tx) { return sqlite::remindersOf(tx, consultation); }))
            if (each.state == "skipped") found.push_back(each.reason);
        return found;
    }
};

TEST_F(SendReminder, GoesAtThePlannedLocalTimeAndOnce) {
    world.at("2026-11-17 08:59:59");
    EXPECT_EQ(once(), ReminderOutcome::nothingDue);
    world.at("2026-11-17 09:00:00");
    EXPECT_EQ(once(), ReminderOutcome::queued);
    EXPECT_EQ(once(), ReminderOutcome::nothingDue);
    EXPECT_EQ(reminders(), 1);
    EXPECT_EQ(world.letters().back().toMail, "kontakt@part1.example");
    EXPECT_EQ(world.acts().back(), "reminder.queued");
}

TEST_F(SendReminder, NeverGoesToThoseWhoHaveAnswered) {
    world.database.write([&](sqlite::Tx& tx) {
        return submitResponse(tx, world.office, world.visit(consultation),
                              {ResponseKind::noRemarks, "", 0, std::string(32, '1'), world.now().instant});
    });
    world.at("2026-12-01 08:00:00");
    while (once() != ReminderOutcome::nothingDue) {
    }
    EXPECT_EQ(reminders(), 0);
    EXPECT_THAT(reasons(), ::testing::Each("reminder_reason.answered"));
}

TEST_F(SendReminder, AfterDowntimeSeveralMissedStepsBecomeOne) {
    world.at("2026-11-30 12:00:00"); // two steps were slept over
    while (once() != ReminderOutcome::nothingDue) {
    }
    EXPECT_EQ(reminders(), 1);
    EXPECT_THAT(reasons(), ::testing::ElementsAre("reminder_reason.later_step"));
}

TEST_F(SendReminder, NeverGoesAfterTheDeadline) {
    world.at("2026-12-02 00:00:00");
    world.database.write([](sqlite::Tx& tx) { return closeDueConsultations(tx); });
    while (once() != ReminderOutcome::nothingDue) {
    }
    EXPECT_EQ(reminders(), 0);
}

TEST_F(SendReminder, SaysThatADraftIsWaiting) {
    world.database.write([&](sqlite::Tx& tx) {
        return saveDraft(tx, world.visit(consultation), {"Næsten færdig", 0});
    });
    world.at("2026-11-17 09:00:00");
    ASSERT_EQ(once(), ReminderOutcome::queued);
    EXPECT_THAT(world.letters().back().text, HasSubstr("kladde"));
}

TEST_F(SendReminder, ClosingHappensByItselfAtTheDeadlineAndOnce) {
    world.at("2026-12-01 23:59:59");
    EXPECT_EQ(world.database.write([](sqlite::Tx& tx) { return closeDueConsultations(tx); }), 0);
    world.at("2026-12-02 00:00:00");
    EXPECT_EQ(world.database.write([](sqlite::Tx& tx) { return closeDueConsultations(tx); }), 1);
    EXPECT_EQ(world.find(consultation).state, ConsultationState::closed);
    EXPECT_EQ(world.acts().back(), "consultation.closed");
    EXPECT_EQ(world.database.write([](sqlite::Tx& tx) { return closeDueConsultations(tx); }), 0);
}

} // namespace
} // namespace hoering
