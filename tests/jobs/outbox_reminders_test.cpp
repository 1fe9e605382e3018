// A reminder never goes twice, nor to a party that it does not concern any more.
// Not here: when it is due (clockwork_test.cpp), every other letter's way (outbox_job_test.cpp).
#include "jobs/outbox_world.h"

namespace hoering {
namespace {

using namespace std::chrono_literals;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::HasSubstr;

struct OutboxReminders : testing::OutboxTest {};

TEST_F(OutboxReminders, AReminderCutOffWhenItMayHaveLeftIsShownAndNotSentAgain) {
    while (job.runOnce()) {
    }
    world.at("2026-11-17 09:00:00");
    world.database.write([&](sqlite::Tx& tx) { return sendDueReminder(tx, world.office); });
    ASSERT_EQ(letter(2).kind, LetterKind::reminder);
    claimAndDie();
    world.database.write([](sqlite::Tx& tx) {
        sqlite::markHandedOver(tx, 3);
        tx.housekeeping("and after the mark");
    });
    job.recover();
    EXPECT_EQ(letter(2).state, LetterState::unknown);
    world.clock.advance(std::chrono::hours{48});
    const auto before = postman.brought.size();
    while (job.runOnce()) {
    }
    EXPECT_EQ(postman.brought.size(), before);
}

TEST_F(OutboxReminders, AReminderCutOffBeforeItLeftWaitsForItsNextTry) {
    while (job.runOnce()) {
    }
    world.at("2026-11-17 09:00:00");
    world.database.write([&](sqlite::Tx& tx) { return sendDueReminder(tx, world.office); });
    // An earlier try was marked and got a clear no: that mark says nothing of the next one.
    postman.outcomes = {smtp::Outcome::tryLater};
    ASSERT_TRUE(job.runOnce());
    world.clock.advance(2min);
    const auto before = postman.brought.size();
    claimAndDie();
    job.recover();
    EXPECT_EQ(letter(2).state, LetterState::queued);
    EXPECT_THAT(attempts(3), ElementsAre(Field(&sqlite::Attempt::outcome, "try_later"),
                                         AllOf(Field(&sqlite::Attempt::outcome, "try_later"),
                                               Field(&sqlite::Attempt::reply, HasSubstr("before the letter left")))));
    EXPECT_FALSE(job.runOnce()); // what kills the service must not do so without end
    world.clock.advance(6min);
    while (job.runOnce()) {
    }
    EXPECT_EQ(postman.brought.size(), before + 1);
    EXPECT_EQ(letter(2).state, LetterState::accepted);
}

TEST_F(OutboxReminders, OnlyWhatIsNeverSentTwiceIsMarkedAndBeforeItLeaves) {
    std::vector<std::int64_t> marked;
    postman.whenHandedOver = [&] {
        marked.push_back(world.database.read([](sqlite::ReadTx& tx) {
            auto row = tx.sql("SELECT count(*) FROM letters WHERE handed_at IS NOT NULL AND state = 'claimed'");
            row.step();
            return row.integer(0);
        }));
    };
    while (job.runOnce()) {
    }
    EXPECT_THAT(marked, ElementsAre(0, 0)); // invitations
    world.at("2026-11-17 09:00:00");
    world.database.write([&](sqlite::Tx& tx) { return sendDueReminder(tx, world.office); });
    ASSERT_TRUE(job.runOnce());
    EXPECT_THAT(marked, ElementsAre(0, 0, 1));
}

TEST_F(OutboxReminders, AReminderThatWaitedIsNotSentToAPartyThatHasAnsweredMeanwhile) {
    while (job.runOnce()) {
    }
    world.at("2026-11-17 09:00:00");
    world.database.write([&](sqlite::Tx& tx) { return sendDueReminder(tx, world.office); });
    world.database.write([&](sqlite::Tx& tx) { return sendDueReminder(tx, world.office); });
    ASSERT_EQ(letter(3).kind, LetterKind::reminder);
    const auto visit = world.visit(consultation, 0);
    world.database.write([&](sqlite::Tx& tx) {
        const SubmitInput answer{ResponseKind::noRemarks, "", 0, randomToken(24), tx.now().instant};
        ASSERT_TRUE(submitResponse(tx, visit, answer).ok());
    });
    while (job.runOnce()) {
    }
    EXPECT_EQ(letter(2).state, LetterState::cancelled);
    EXPECT_THAT(attempts(letter(2).id), ElementsAre(Field(&sqlite::Attempt::outcome, "overtaken")));
    EXPECT_EQ(letter(3).state, LetterState::accepted); // the other party's
    EXPECT_THAT(world.acts(), ::testing::Contains("letter.overtaken"));
}

TEST_F(OutboxReminders, AReminderIsHeldBackFromAPartyThatAnswersWhileItIsBeingSent) {
    while (job.runOnce()) {
    }
    world.at("2026-11-17 09:00:00");
    world.database.write([&](sqlite::Tx& tx) { return sendDueReminder(tx, world.office); });
    auto claimed = job.next(1);
    ASSERT_EQ(claimed.size(), 1u);
    ASSERT_EQ(claimed[0].letter.kind, LetterKind::reminder);
    const auto visit = world.visit(consultation, 0);
    world.database.write([&](sqlite::Tx& tx) {
        const SubmitInput answer{ResponseKind::noRemarks, "", 0, randomToken(24), tx.now().instant};
        ASSERT_TRUE(submitResponse(tx, visit, answer).ok());
    });
    bool left = false;
    postman.whenHandedOver = [&] { left = true; };
    ASSERT_EQ(job.turn(claimed[0]), MailTraffic::Turn::now);
    job.bring(std::move(claimed[0]));
    EXPECT_FALSE(left);
    job.next(0);
    EXPECT_EQ(letter(2).state, LetterState::queued);
    while (job.runOnce()) { // the receipt goes, the reminder does not
    }
    EXPECT_EQ(letter(2).state, LetterState::cancelled);
    EXPECT_THAT(attempts(3), ElementsAre(Field(&sqlite::Attempt::outcome, "overtaken")));
    EXPECT_FALSE(job.failing());
    EXPECT_EQ(job.underWay(), 0);
}

TEST_F(OutboxReminders, AReminderThatWaitedOverTheDeadlineIsNotSent) {
    while (job.runOnce()) {
    }
    world.at("2026-12-01 08:00:00");
    while (world.database.write([&](sqlite::Tx& tx) { return sendDueReminder(tx, world.office); }) !=
           ReminderOutcome::nothingDue) {
    }
    postman.away = true; // the mail server, until after the deadline
    while (job.runOnce()) {
    }
    world.at("2026-12-02 00:10:00");
    postman.away = false;
    const auto before = postman.brought.size();
    while (job.runOnce()) {
    }
    EXPECT_EQ(postman.brought.size(), before);
    EXPECT_THAT(world.letters(), ::testing::Contains(AllOf(Field(&Letter::kind, LetterKind::reminder),
                                                           Field(&Letter::state, LetterState::cancelled)))
                                     .Times(2));
}

} // namespace
} // namespace hoering
