#include "jobs/outbox_job.h"

#include <gmock/gmock.h>

#include <deque>

#include "common/strings.h"
#include "sqlite/links.h"
#include "support/world.h"
#include "usecases/send_reminder.h"

namespace hoering {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

/// Answers as told, and keeps what it was given.
struct FakePostman : smtp::Postman {
    std::deque<smtp::Outcome> outcomes; // then: sent
    std::vector<smtp::Envelope> brought;

    smtp::Delivery deliver(const smtp::Envelope& envelope) override {
        brought.push_back(envelope);
        smtp::Outcome outcome = smtp::Outcome::sent;
        if (!outcomes.empty()) {
            outcome = outcomes.front();
            outcomes.pop_front();
        }
        return {outcome, outcome == smtp::Outcome::sent ? 250 : 451, "mail.example:25", "as told"};
    }
};

std::string decoded(const std::string& mail) { return replaceAll(replaceAll(mail, "=\r\n", ""), "=3D", "="); }

struct Outbox : ::testing::Test {
    testing::World world;
    FakePostman postman;
    OutboxJob job{world.database, world.office, postman, {"Prøve Kommune", "hoering@hoering.example"}};
    std::int64_t consultation = world.consultation().openUntil("2026-12-01").with("LokalMED").with("Rådet").publish();

    Letter letter(std::size_t n = 0) { return world.letters().at(n); }
    std::vector<sqlite::Attempt> attempts(std::int64_t id) {
        return world.database.read([&](sqlite::ReadTx& tx) { return sqlite::attemptsOf(tx, id); });
    }
    void claimAndDie() {
        world.database.write([](sqlite::Tx& tx) {
            tx.housekeeping("a process that dies after claiming");
            return sqlite::claimLetter(tx);
        });
    }
};

TEST_F(Outbox, BringsEachLetterOnceToItsOwnAddressWithItsOwnLink) {
    while (job.runOnce()) {
    }
    ASSERT_EQ(postman.brought.size(), 2u);
    for (std::size_t n = 0; n < 2; ++n) {
        const auto visit = world.visit(consultation, n), other = world.visit(consultation, 1 - n);
        EXPECT_EQ(postman.brought[n].recipient, visit.contact.mail);
        const std::string mail = decoded(postman.brought[n].bytes);
        EXPECT_THAT(mail, HasSubstr("https://hoering.example/svar/" + world.tokenOf(visit)));
        EXPECT_THAT(mail, Not(HasSubstr(world.tokenOf(other))));
        EXPECT_THAT(mail, Not(HasSubstr(other.contact.mail)));
        EXPECT_EQ(letter(n).state, LetterState::accepted);
        EXPECT_EQ(letter(n).server, "mail.example:25");
    }
    EXPECT_EQ(world.acts().back(), "letter.accepted");
    EXPECT_FALSE(job.runOnce());
}

TEST_F(Outbox, SendsTheDeadlineForTheCalendarWithTheInvitation) {
    ASSERT_TRUE(job.runOnce());
    const std::string mail = postman.brought.at(0).bytes;
    EXPECT_THAT(mail, HasSubstr("Content-Type: text/calendar; charset=utf-8; method=PUBLISH;"));
    EXPECT_THAT(mail, HasSubstr("filename=\"hoeringsfrist.ics\""));
    const auto calendar = letter(0).calendar;
    EXPECT_THAT(calendar, HasSubstr("\r\nDTSTAMP:20261102T080000Z\r\n")); // when the letter was queued
    EXPECT_THAT(calendar, HasSubstr("\r\nUID:hoering-1-1@hoering.example\r\n"));
    EXPECT_THAT(replaceAll(mail, "\r\n", ""), HasSubstr(base64(calendar)));
}

TEST_F(Outbox, TriesAgainLaterUpTheLadder) {
    postman.outcomes = {smtp::Outcome::tryLater, smtp::Outcome::sent, smtp::Outcome::tryLater};
    ASSERT_TRUE(job.runOnce());
    EXPECT_EQ(letter(0).state, LetterState::queued);
    ASSERT_TRUE(job.runOnce()); // the other party's letter does not wait for it
    EXPECT_EQ(letter(1).state, LetterState::accepted);
    EXPECT_FALSE(job.runOnce());
    world.clock.advance(std::chrono::seconds{61});
    ASSERT_TRUE(job.runOnce());
    EXPECT_EQ(attempts(letter(0).id).size(), 2u);
    EXPECT_FALSE(job.runOnce());
    world.clock.advance(std::chrono::minutes{6});
    ASSERT_TRUE(job.runOnce());
    EXPECT_EQ(letter(0).state, LetterState::accepted);
    // The same letter each time: same Message-ID.
    EXPECT_THAT(postman.brought.front().bytes, HasSubstr(letter(0).messageId));
    EXPECT_EQ(postman.brought.front().bytes, postman.brought.back().bytes);
}

TEST_F(Outbox, GivesUpAfterFiveDaysAndSaysSo) {
    for (int i = 0; i < 100; ++i) postman.outcomes.push_back(smtp::Outcome::tryLater);
    for (int i = 0; i < 90 && letter(0).state == LetterState::queued; ++i) {
        while (job.runOnce()) {
        }
        world.clock.advance(std::chrono::hours{6});
    }
    EXPECT_EQ(letter(0).state, LetterState::refused);
    EXPECT_LE(letter(0).doneAt.value(), letter(0).createdAt + std::chrono::hours{5 * 24});
}

TEST_F(Outbox, ARefusedLetterIsNotSentAgain) {
    postman.outcomes = {smtp::Outcome::refused};
    ASSERT_TRUE(job.runOnce());
    EXPECT_EQ(letter(0).state, LetterState::refused);
    world.clock.advance(std::chrono::hours{48});
    while (job.runOnce()) {
    }
    EXPECT_EQ(attempts(letter(0).id).size(), 1u);
}

TEST_F(Outbox, AnInvitationCutOffInTheMiddleGoesAgainUnderTheSameMessageId) {
    claimAndDie();
    EXPECT_EQ(letter(0).state, LetterState::claimed);
    job.recover();
    EXPECT_EQ(letter(0).state, LetterState::queued);
    world.clock.advance(std::chrono::minutes{2});
    while (job.runOnce()) {
    }
    EXPECT_EQ(letter(0).state, LetterState::accepted);
    EXPECT_EQ(attempts(letter(0).id).at(0).outcome, "unknown");
}

TEST_F(Outbox, AReminderCutOffInTheMiddleIsShownAndNotSentAgain) {
    while (job.runOnce()) {
    }
    world.at("2026-11-17 09:00:00");
    world.database.write([&](sqlite::Tx& tx) { return sendDueReminder(tx, world.office); });
    ASSERT_EQ(letter(2).kind, LetterKind::reminder);
    claimAndDie();
    job.recover();
    EXPECT_EQ(letter(2).state, LetterState::unknown);
    world.clock.advance(std::chrono::hours{48});
    const auto before = postman.brought.size();
    while (job.runOnce()) {
    }
    EXPECT_EQ(postman.brought.size(), before);
}

TEST_F(Outbox, NeverMailsALinkThatOpensNothing) {
    world.database.write([](sqlite::Tx& tx) { // as after a restore with another key file
        tx.sql("UPDATE links SET nonce = 'en anden'").run();
        tx.housekeeping("test");
    });
    while (job.runOnce()) {
    }
    EXPECT_TRUE(postman.brought.empty());
    EXPECT_EQ(letter(0).state, LetterState::refused);
    EXPECT_THAT(letter(0).reply, HasSubstr("key file"));
}

} // namespace
} // namespace hoering
