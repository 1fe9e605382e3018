// A letter's way through the outbox: brought, tried again, given up, put back; what is stored of it.
// Not here: what only holds for reminders (outbox_reminders_test.cpp).
#include "jobs/outbox_job.h"

#include <thread>

#include "common/mail_address.h"
#include "common/strings.h"
#include "jobs/outbox_world.h"
#include "smtp/mime.h"
#include "sqlite/links.h"

namespace hoering {
namespace {

using namespace std::chrono_literals;
using ::testing::AllOf;
using ::testing::Each;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

struct Outbox : testing::OutboxTest {
    static std::string decoded(const std::string& mail) {
        return replaceAll(replaceAll(mail, "=\r\n", ""), "=3D", "=");
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

TEST_F(Outbox, ALetterLaidInAFolderIsNotSaidToHaveBeenTakenByAServer) {
    const auto folder = smtp::makeFolderPostman(world.folder.path() / "mail");
    OutboxJob toFolder{
        world.database, world.office, *folder, world.clock, {"Prøve Kommune", "hoering@hoering.example"}};
    ASSERT_TRUE(toFolder.runOnce());
    EXPECT_TRUE(laidInFolder(letter()));
    EXPECT_EQ(letter().server, "");
    EXPECT_EQ(world.acts().back(), "letter.laid_in_folder");
    EXPECT_EQ(attempts(letter().id).at(0).code, 0);
}

TEST_F(Outbox, SendsTheDeadlineForTheCalendarWithTheInvitation) {
    ASSERT_TRUE(job.runOnce());
    const std::string mail = postman.brought.at(0).bytes;
    EXPECT_THAT(mail, HasSubstr("Content-Type: text/calendar; charset=utf-8; method=PUBLISH;"));
    EXPECT_THAT(mail, HasSubstr("filename=\"hoering.ics\""));
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

TEST_F(Outbox, ALetterThatHadNoTurnGoesBackAsIfItHadNotBeenClaimed) {
    auto claimed = job.next(2);
    ASSERT_EQ(claimed.size(), 2u);
    EXPECT_EQ(job.underWay(), 2);
    job.putBack(std::move(claimed[1]));
    EXPECT_TRUE(job.anyToStore());
    ASSERT_EQ(job.turn(claimed[0]), MailTraffic::Turn::now);
    job.bring(std::move(claimed[0]));
    EXPECT_EQ(letter(0).state, LetterState::claimed); // until it is stored
    EXPECT_THAT(job.next(0), ::testing::IsEmpty());
    EXPECT_FALSE(job.anyToStore());
    EXPECT_EQ(letter(0).state, LetterState::accepted);
    EXPECT_EQ(letter(1).state, LetterState::queued);
    EXPECT_EQ(letter(1).attempts, 0);
    EXPECT_THAT(attempts(2), ::testing::IsEmpty());
    EXPECT_EQ(job.underWay(), 0);
    ASSERT_TRUE(job.runOnce());
    EXPECT_EQ(letter(1).state, LetterState::accepted);
}

TEST_F(Outbox, APartysLettersFormOneThreadAlsoWhenOneIsTriedAgain) {
    postman.outcomes = {smtp::Outcome::tryLater, smtp::Outcome::sent};
    while (job.runOnce()) {
    }
    for (const char* at : {"2026-11-17 09:00:00", "2026-11-26 09:00:00"}) {
        world.at(at);
        while (world.database.write([&](sqlite::Tx& tx) { return sendDueReminder(tx, world.office); }) !=
               ReminderOutcome::nothingDue) {
        }
        postman.outcomes = {smtp::Outcome::tryLater, smtp::Outcome::tryLater, smtp::Outcome::tryLater};
        while (job.runOnce()) {
        }
        world.clock.advance(2min);
        while (job.runOnce()) {
        }
    }
    const auto party = world.visit(consultation, 0);
    std::vector<Letter> own;
    for (const auto& each : world.letters())
        if (each.party == party.party.id) own.push_back(each);
    ASSERT_EQ(own.size(), 3u);
    std::map<std::string, std::vector<std::string>> tries; // by Message-ID
    for (const auto& mail : postman.brought)
        for (const auto& each : own)
            if (mail.bytes.find("Message-ID: <" + each.messageId + ">") != std::string::npos)
                tries[each.messageId].push_back(mail.bytes);
    for (const auto& each : own) {
        ASSERT_GE(tries[each.messageId].size(), 2u);
        EXPECT_THAT(tries[each.messageId], Each(tries[each.messageId].front()));
    }
    const auto chain = [&](std::size_t n) { return tries[own[n].messageId].front(); };
    EXPECT_THAT(chain(0), Not(HasSubstr("References:")));
    EXPECT_THAT(chain(1), AllOf(HasSubstr("In-Reply-To: <" + own[0].messageId + ">\r\n"),
                                HasSubstr("References: <" + own[0].messageId + ">\r\n")));
    EXPECT_THAT(chain(2),
                AllOf(HasSubstr("In-Reply-To: <" + own[1].messageId + ">\r\n"),
                      HasSubstr("References: <" + own[0].messageId + ">\r\n <" + own[1].messageId + ">\r\n")));
}

TEST_F(Outbox, AMailServerThatIsAwayForHoursCostsNoLetterItsTries) {
    for (int n = 0; n < 200; ++n) queue("part" + std::to_string(n % 40) + ".example");
    postman.away = true;
    const auto begun = world.clock.now();
    while (world.clock.now() < begun + 9h) {
        while (job.runOnce()) {
        }
        EXPECT_TRUE(job.serverAway());
        EXPECT_TRUE(job.failing());
        const auto next = job.nextLook(world.clock.now());
        ASSERT_TRUE(next.has_value());
        ASSERT_GT(*next, world.clock.now());
        ASSERT_LE(*next, world.clock.now() + 5min);
        world.clock.set(*next);
    }
    EXPECT_LE(postman.brought.size(), 9u * 12 + 6); // one every five minutes, once it is known
    EXPECT_THAT(world.letters(), Each(AllOf(Field(&Letter::state, LetterState::queued), Field(&Letter::attempts, 0))));
    EXPECT_EQ(world.count("letter_attempts"), static_cast<std::int64_t>(postman.brought.size())); // each one is shown
    postman.away = false;
    postman.brought.clear();
    while (job.runOnce()) {
    }
    EXPECT_FALSE(job.failing());
    EXPECT_EQ(postman.brought.size(), 202u); // and nobody has to wait for a ladder
    EXPECT_THAT(world.letters(), Each(Field(&Letter::state, LetterState::accepted)));
}

TEST_F(Outbox, ADomainOverItsRateIsPassedOverWhileOthersGoOn) {
    OutboxJob limited{world.database, world.office, postman, world.clock, {"Prøve Kommune", "hoering@hoering.example"},
                      {4, 0, 2}};
    for (int n = 0; n < 5; ++n) queue("stor.example");
    queue("lille.example");
    while (limited.runOnce()) {
    }
    const auto to = [&](const std::string& domain) {
        return std::count_if(postman.brought.begin(), postman.brought.end(),
                             [&](const auto& mail) { return mailDomain(mail.recipient) == domain; });
    };
    EXPECT_EQ(to("stor.example"), 2);
    EXPECT_EQ(to("lille.example"), 1);
    EXPECT_EQ(limited.nextLook(world.clock.now()), world.clock.now() + 1min);
    world.clock.advance(1min);
    while (limited.runOnce()) {
    }
    EXPECT_EQ(to("stor.example"), 4);
}

TEST_F(Outbox, TheOldestDueLetterGoesFirst) {
    const auto first = queue("a.example");
    world.clock.advance(1s);
    const auto second = queue("b.example");
    while (job.runOnce()) {
    }
    ASSERT_EQ(postman.brought.size(), 4u);
    EXPECT_THAT(postman.brought[2].bytes, HasSubstr(first));
    EXPECT_THAT(postman.brought[3].bytes, HasSubstr(second));
}

TEST_F(Outbox, AnOutcomeThatCouldNotBeStoredIsStoredBeforeAnythingElseIsSent) {
    const auto sql = [&](const std::string& text) {
        world.database.write([&](sqlite::Tx& tx) {
            tx.sql(text).run();
            tx.housekeeping("test");
        });
    };
    sql("CREATE TRIGGER ill BEFORE INSERT ON letter_attempts BEGIN SELECT RAISE(ABORT, 'ill'); END");
    EXPECT_ANY_THROW(job.runOnce());
    EXPECT_ANY_THROW(job.runOnce());
    EXPECT_EQ(postman.brought.size(), 1u);
    EXPECT_TRUE(job.failing());
    EXPECT_EQ(job.nextLook(world.clock.now()), world.clock.now() + 1s);
    sql("DROP TRIGGER ill");
    while (job.runOnce()) {
    }
    EXPECT_FALSE(job.failing());
    EXPECT_EQ(postman.brought.size(), 2u); // none twice
    EXPECT_THAT(world.letters(), Each(Field(&Letter::state, LetterState::accepted)));
    EXPECT_EQ(job.underWay(), 0);
}

TEST_F(Outbox, WritesAndBringsAReceiptAsSoonAsItIsOwed) {
    while (job.runOnce()) {
    }
    const auto response = world.submit(consultation, 0);
    ASSERT_TRUE(response.ok());
    EXPECT_EQ(job.nextLook(world.clock.now()), world.clock.now());
    ASSERT_TRUE(job.runOnce());
    EXPECT_EQ(postman.brought.back().recipient, world.visit(consultation).contact.mail);
    EXPECT_THAT(decoded(postman.brought.back().bytes), HasSubstr(response->receipt));
    EXPECT_FALSE(job.nextLook(world.clock.now()));
}

TEST_F(Outbox, WritesReceiptsWhileTheMailServerIsAway) {
    postman.away = true;
    ASSERT_TRUE(job.runOnce());
    ASSERT_TRUE(world.submit(consultation, 0).ok());
    EXPECT_EQ(job.nextLook(world.clock.now()), world.clock.now());
    EXPECT_FALSE(job.runOnce());
    EXPECT_EQ(world.count("queued_receipts"), 0);
    EXPECT_EQ(world.count("letters"), 3); // it stands in the ledger
    EXPECT_GT(job.nextLook(world.clock.now()), world.clock.now());
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
