#include <gmock/gmock.h>

#include "common/strings.h"
#include "sqlite/consultations.h"
#include "sqlite/extensions.h"
#include "sqlite/reminders.h"
#include "support/world.h"
#include "usecases/close_consultation.h"
#include "usecases/overtaken_letter.h"
#include "usecases/plan_reminders.h"
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
    EXPECT_TRUE(world.database.write([&](sqlite::Tx& tx) {
        return submitResponse(tx, world.visit(consultation),
                              {ResponseKind::noRemarks, "", 0, std::string(32, '1'), world.now().instant});
    }));
    world.at("2026-12-01 08:00:00");
    while (once() != ReminderOutcome::nothingDue) {
    }
    EXPECT_EQ(reminders(), 0);
    EXPECT_THAT(reasons(), ::testing::Each("reminder_reason.answered"));
}

TEST_F(SendReminder, AfterDowntimeSeveralMissedStepsBecomeOne) {
    world.at("2026-11-28 12:00:00"); // two steps were slept over, and the last is more than a day away
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
    EXPECT_TRUE(world.database.write([&](sqlite::Tx& tx) {
        return saveDraft(tx, world.visit(consultation), {"Næsten færdig", 0});
    }));
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

/// With the steps of a plan as given.
struct ReminderPlans : ::testing::Test {
    testing::World world;
    const ReminderStep before{3, true, std::chrono::hours{9}}, after{1, true, std::chrono::hours{9}, true};

    void runTo(std::string_view local) {
        world.at(local);
        world.database.write([](sqlite::Tx& tx) { return closeDueConsultations(tx); });
        while (world.database.write([&](sqlite::Tx& tx) { return sendDueReminder(tx, world.office); }) !=
               ReminderOutcome::nothingDue) {
        }
    }
    std::vector<Letter> sent() {
        std::vector<Letter> found;
        for (auto& letter : world.letters())
            if (letter.kind == LetterKind::reminder || letter.kind == LetterKind::overdue)
                found.push_back(std::move(letter));
        return found;
    }
    void change(const std::string& sql) {
        world.database.write([&](sqlite::Tx& tx) {
            tx.sql(sql).bind().run();
            tx.housekeeping("test");
        });
    }
    std::vector<std::string> states(std::int64_t id) {
        std::vector<std::string> all;
        for (const auto& each : world.database.read([&](sqlite::ReadTx& tx) { return sqlite::remindersOf(tx, id); }))
            all.push_back(each.state + " " + each.reason);
        return all;
    }
};

TEST_F(ReminderPlans, AfterTheDeadlineSayItHasPassedAndHowToAnswerAnyway) {
    world.consultation().openUntil("2026-12-01").acceptingLate().with("LokalMED").remindedBy({after}).publish();
    runTo("2026-12-02 08:59:59");
    EXPECT_TRUE(sent().empty());
    runTo("2026-12-02 09:00:00");
    ASSERT_EQ(sent().size(), 1u);
    EXPECT_EQ(sent()[0].kind, LetterKind::overdue);
    EXPECT_THAT(sent()[0].subject, HasSubstr("Fristen er passeret"));
    EXPECT_THAT(replaceAll(sent()[0].text, "\n", " "), HasSubstr("modtaget efter fristen"));
    EXPECT_THAT(sent()[0].text, HasSubstr(std::string(linkMark)));
    runTo("2026-12-20 09:00:00");
    EXPECT_EQ(sent().size(), 1u);
}

TEST_F(ReminderPlans, AfterTheDeadlineQuoteTheOtherWayWhenThePageTakesNoAnswers) {
    world.consultation()
        .openUntil("2026-12-01")
        .with("LokalMED")
        .remindedBy({after})
        .sayingHowToAnswerLate("Ring til Anne på 12 34 56 78.")
        .publish();
    runTo("2026-12-02 09:00:00");
    ASSERT_EQ(sent().size(), 1u);
    EXPECT_THAT(sent()[0].text, HasSubstr("Ring til Anne på 12 34 56 78."));
}

TEST_F(ReminderPlans, AfterTheDeadlineAreNotSentWhereNothingCanBeAnswered) {
    const auto id = world.consultation().openUntil("2026-12-01").with("LokalMED").remindedBy({after}).publish();
    runTo("2026-12-02 09:00:00");
    EXPECT_TRUE(sent().empty());
    EXPECT_THAT(states(id), ::testing::ElementsAre("skipped reminder_reason.no_late"));
}

TEST_F(ReminderPlans, NeverGoToThoseWhoAnsweredDeclinedOrJoined) {
    const auto id = world.consultation()
                        .openUntil("2026-12-01")
                        .acceptingLate()
                        .with("Et")
                        .with("To")
                        .with("Tre")
                        .with("Fire")
                        .remindedBy({before, after})
                        .publish();
    world.database.write([&](sqlite::Tx& tx) {
        const auto now = tx.now().instant;
        (void)submitResponse(tx, world.visit(id, 0), {ResponseKind::remarks, "Svar", 0, std::string(32, '1'), now});
        (void)submitResponse(tx, world.visit(id, 1), {ResponseKind::declined, "", 0, std::string(32, '2'), now});
    });
    const auto parties = world.parties(id);
    change("UPDATE parties SET joint_with = " + std::to_string(parties[0].id) +
           " WHERE id = " + std::to_string(parties[2].id));
    runTo("2026-11-26 09:00:00");
    runTo("2026-12-02 09:00:00");
    ASSERT_EQ(sent().size(), 2u); // one step before and one after, both to the fourth
    for (const auto& letter : sent()) EXPECT_EQ(letter.party, parties[3].id);
}

TEST_F(ReminderPlans, SpareBegunDraftsWhenTold) {
    const auto id = world.consultation()
                        .openUntil("2026-12-01")
                        .with("Et")
                        .with("To")
                        .remindedBy({before})
                        .sparingDrafts()
                        .publish();
    EXPECT_TRUE(world.database.write([&](sqlite::Tx& tx) {
        return saveDraft(tx, world.visit(id, 0), {"Begyndt", 0});
    }));
    runTo("2026-11-26 09:00:00");
    ASSERT_EQ(sent().size(), 1u);
    EXPECT_EQ(sent()[0].party, world.parties(id)[1].id);
    EXPECT_THAT(states(id), ::testing::Contains("skipped reminder_reason.drafting"));
}

TEST_F(ReminderPlans, LeaveAddressesAloneThatCameBack) {
    const auto id = world.consultation().openUntil("2026-12-01").with("Et").with("To").remindedBy({before}).publish();
    change("UPDATE letters SET state = 'accepted'");
    change("UPDATE letters SET bounced_at = 1 WHERE party_id = " + std::to_string(world.parties(id)[0].id));
    runTo("2026-11-26 09:00:00");
    ASSERT_EQ(sent().size(), 1u);
    EXPECT_EQ(sent()[0].party, world.parties(id)[1].id);
    EXPECT_THAT(states(id), ::testing::Contains("skipped reminder_reason.bounced"));
}

TEST_F(ReminderPlans, FollowAPartysOwnDeadlineWhenItMoves) {
    const auto id = world.consultation().openUntil("2026-12-01").with("Et").with("To").remindedBy({before}).publish();
    const auto own = Deadline{parseIsoDate("2026-12-08").value(), {}, false};
    change("UPDATE parties SET own_deadline_local = '2026-12-08', own_deadline_at = " +
           std::to_string(toMillis(own.endsAt())) + " WHERE id = " + std::to_string(world.parties(id)[0].id));
    world.database.write([&](sqlite::Tx& tx) {
        planRemindersOf(tx, world.find(id), world.parties(id)[0], {before, after});
        tx.housekeeping("test");
    });
    runTo("2026-11-26 09:00:00");
    ASSERT_EQ(sent().size(), 1u);
    EXPECT_EQ(sent()[0].party, world.parties(id)[1].id);
    runTo("2026-12-03 09:00:00");
    ASSERT_EQ(sent().size(), 2u);
    EXPECT_EQ(sent()[1].party, world.parties(id)[0].id);
    EXPECT_THAT(sent()[1].text, HasSubstr("8. december 2026"));
}

TEST_F(ReminderPlans, PlannedAgainForTheSameDeadlineDoNotGoTwice) {
    const auto id = world.consultation().openUntil("2026-12-01").with("Et").remindedBy({before}).publish();
    runTo("2026-11-26 09:00:00");
    world.at("2026-11-20 09:00:00"); // the clock is set back, and somebody plans anew
    world.database.write([&](sqlite::Tx& tx) {
        planRemindersOf(tx, world.find(id), world.parties(id)[0], {before});
        tx.housekeeping("test");
    });
    runTo("2026-11-30 09:00:00");
    EXPECT_EQ(sent().size(), 1u);
}

TEST_F(ReminderPlans, WaitingInTheOutboxAreOvertakenOnceTheirReasonIsGone) {
    const auto id = world.consultation().openUntil("2026-12-01").with("Et").with("To").remindedBy({before}).publish();
    runTo("2026-11-26 09:00:00"); // the mail server is down: both stay queued
    const auto overtaken = [&](std::size_t n) {
        return world.database.read(
            [&](sqlite::ReadTx& tx) { return std::string(overtakenBecause(tx, sent()[n], world.now())); });
    };
    EXPECT_EQ(overtaken(0), "");
    EXPECT_TRUE(world.database.write([&](sqlite::Tx& tx) {
        return submitResponse(tx, world.visit(id, 0),
                              {ResponseKind::noRemarks, "", 0, std::string(32, '1'), tx.now().instant});
    }));
    EXPECT_EQ(overtaken(0), "reminder_reason.answered");
    EXPECT_EQ(overtaken(1), "");
    world.at("2026-12-02 00:00:00");
    EXPECT_EQ(overtaken(1), "reminder_reason.over");
}

TEST_F(ReminderPlans, WaitingInTheOutboxAreOvertakenWhenTheirDeadlineMoves) {
    const auto id = world.consultation().openUntil("2026-12-01").with("Et").remindedBy({before, after}).publish();
    change("UPDATE consultations SET accept_late = 1");
    const auto overtaken = [&](std::size_t n) {
        return world.database.read(
            [&](sqlite::ReadTx& tx) { return std::string(overtakenBecause(tx, sent()[n], world.now())); });
    };
    const auto moveTo = [&](const char* date) {
        world.database.write([&](sqlite::Tx& tx) {
            const Deadline from = *world.find(id).text.deadline, to{parseIsoDate(date).value(), {}, false};
            ASSERT_TRUE(sqlite::moveDeadline(tx, id, to, world.find(id).version));
            sqlite::insertDeadlineChange(tx, {.consultation = id, .from = from, .to = to, .reason = "Ferie"});
            tx.housekeeping("test");
        });
    };
    runTo("2026-11-26 09:00:00");
    ASSERT_EQ(sent().size(), 1u);
    EXPECT_EQ(overtaken(0), "");
    world.at("2026-11-26 10:00:00");
    moveTo("2026-12-08"); // it says 1 December
    EXPECT_EQ(overtaken(0), "reminder_reason.moved");
    moveTo("2026-12-01"); // as it was, but the party has been told otherwise meanwhile
    EXPECT_EQ(overtaken(0), "reminder_reason.moved");
    runTo("2026-12-02 09:00:00"); // "the deadline has passed"
    ASSERT_EQ(sent().size(), 2u);
    EXPECT_EQ(overtaken(1), "");
    world.at("2026-12-02 10:00:00");
    moveTo("2026-12-15");
    EXPECT_EQ(overtaken(1), "reminder_reason.moved");
}

} // namespace
} // namespace hoering
