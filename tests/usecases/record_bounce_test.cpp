// A letter that came back, in its row, its party's status, the journal, and the secretariat's notices.
#include "usecases/record_bounce.h"

#include <gmock/gmock.h>

#include "sqlite/bounces.h"
#include "sqlite/notices.h"
#include "sqlite/parties.h"
#include "sqlite/users.h"
#include "support/world.h"

namespace hoering {
namespace {

struct RecordBounce : ::testing::Test {
    testing::World world;
    std::int64_t id = world.consultation().openUntil("2026-12-01").with("LokalMED").with("Rådet").publish();
    std::int64_t karen = world.database.write([](sqlite::Tx& tx) {
        tx.housekeeping("test");
        return sqlite::insertUser(tx, {0, "karen@hoering.example", "Karen", Role::secretariat, "da", false});
    });

    RecordBounce() {
        world.database.write([](sqlite::Tx& tx) {
            tx.sql("UPDATE letters SET state = 'accepted', server = 'mx.example:25', done_at = 1").run();
            tx.housekeeping("test");
        });
    }
    ReturnedLetter returned(std::string action = "failed", char mark = 'a', std::size_t letter = 0) {
        return {{"somebody@elsewhere.example", world.letters().at(letter).messageId},
                std::move(action),
                "5.1.1",
                "550 5.1.1 User unknown",
                "kontakt@part1.example",
                std::string(64, mark)};
    }
    Result<BounceDone> take(const ReturnedLetter& letter) {
        return world.database.write(
            [&](sqlite::Tx& tx) { return recordBounce(tx, Actor::operations("hoering bounce"), letter); });
    }
    PartyStatus status(std::size_t n) {
        const auto facts = world.database.read([&](sqlite::ReadTx& tx) { return sqlite::factsOf(tx, id); });
        return statusOf(facts.at(world.parties(id).at(n).id), false);
    }
    std::size_t notices() {
        return world.database
            .read([&](sqlite::ReadTx& tx) { return sqlite::dueNoticesOf(tx, karen, world.now().instant); })
            .size();
    }
};

TEST_F(RecordBounce, MarksTheLetterAndItsPartyAndTellsTheOffice) {
    EXPECT_EQ(status(0), PartyStatus::delivered);
    const auto done = take(returned());
    ASSERT_TRUE(done);
    EXPECT_EQ(done->letter, 1);
    EXPECT_TRUE(done->marked);
    EXPECT_EQ(world.letters()[0].bouncedAt, world.now().instant);
    EXPECT_EQ(world.letters()[0].state, LetterState::accepted); // the server did take it: that stays true
    EXPECT_FALSE(world.letters()[1].bouncedAt);
    EXPECT_EQ(status(0), PartyStatus::bounced);
    EXPECT_EQ(status(1), PartyStatus::delivered);
    EXPECT_EQ(world.acts().back(), "letter.bounced");
    EXPECT_EQ(notices(), 1u);
    const auto kept = world.database.read([](sqlite::ReadTx& tx) { return sqlite::bouncesOf(tx, 1); });
    ASSERT_EQ(kept.size(), 1u);
    EXPECT_EQ(kept[0].status, "5.1.1");
    EXPECT_EQ(kept[0].diagnostic, "550 5.1.1 User unknown");
}

TEST_F(RecordBounce, CountsTheSameMessageOnceAndASecondOneNoMore) {
    ASSERT_TRUE(take(returned()));
    const auto acts = world.acts().size();
    const auto again = take(returned());
    ASSERT_TRUE(again);
    EXPECT_TRUE(again->known);
    EXPECT_EQ(world.count("bounces"), 1);
    const auto other = take(returned("failed", 'b')); // another report on the same letter
    ASSERT_TRUE(other);
    EXPECT_FALSE(other->known);
    EXPECT_FALSE(other->marked);
    EXPECT_EQ(world.count("bounces"), 2);
    EXPECT_EQ(world.acts().size(), acts);
    EXPECT_EQ(notices(), 1u);
}

TEST_F(RecordBounce, OnlyNotesWhatIsNotAFailure) {
    char mark = 'c';
    for (const std::string action : {"delayed", "relayed", "delivered", "expanded"}) {
        const auto done = take(returned(action, mark++));
        ASSERT_TRUE(done) << action;
        EXPECT_EQ(done->letter, 1);
        EXPECT_FALSE(done->marked);
    }
    EXPECT_EQ(status(0), PartyStatus::delivered);
    EXPECT_EQ(notices(), 0u);
    EXPECT_EQ(world.count("bounces"), 4);
    EXPECT_TRUE(take(returned("failed", '0'))->marked); // and then it does fail
}

TEST_F(RecordBounce, KeepsWhatFitsNoLetter) {
    auto stray = returned();
    stray.messageIds = {"nobody@nowhere.example"};
    const auto done = take(stray);
    ASSERT_TRUE(done);
    EXPECT_FALSE(done->letter);
    const auto kept = world.database.read([](sqlite::ReadTx& tx) { return sqlite::strayBounces(tx, 10); });
    ASSERT_EQ(kept.size(), 1u);
    EXPECT_EQ(kept[0].recipient, "kontakt@part1.example");
    EXPECT_EQ(status(0), PartyStatus::delivered);
}

TEST_F(RecordBounce, RefusesWhatIsNoOutcome) {
    auto wrong = returned("exploded");
    EXPECT_FALSE(take(wrong));
    wrong = returned();
    wrong.fingerprint = "kort";
    EXPECT_FALSE(take(wrong));
    wrong = returned();
    wrong.status = "5.1.1; DROP";
    EXPECT_FALSE(take(wrong));
    EXPECT_EQ(world.count("bounces"), 0);
    auto hostile = returned();
    hostile.diagnostic = "a\r\n\x01" + std::string(10'000, 'b');
    hostile.recipient = "\xff";
    ASSERT_TRUE(take(hostile));
    const auto kept = world.database.read([](sqlite::ReadTx& tx) { return sqlite::bouncesOf(tx, 1); });
    EXPECT_LE(kept.at(0).diagnostic.size(), 500u);
    EXPECT_EQ(kept.at(0).recipient, "");
}

TEST_F(RecordBounce, APartyThatWasReachedAnotherWayIsNotLost) {
    ASSERT_TRUE(take(returned()));
    EXPECT_TRUE(
        world.database.write([&](sqlite::Tx& tx) { return sendLinkAgain(tx, world.office, world.officer, 1); }));
    world.database.write([](sqlite::Tx& tx) {
        tx.sql("UPDATE letters SET state = 'accepted', server = 'mx.example:25', done_at = 2 WHERE id = 3").run();
        tx.housekeeping("test");
    });
    EXPECT_EQ(status(0), PartyStatus::delivered);
}

} // namespace
} // namespace hoering
