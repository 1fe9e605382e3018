// Several threads bring letters at the same time. Nothing waits for time to pass: every wait is for a condition.
#include "jobs/senders.h"

#include <gmock/gmock.h>

#include <condition_variable>
#include <map>

#include "common/mail_address.h"
#include "support/world.h"

namespace hoering {
namespace {

using ::testing::AllOf;
using ::testing::Each;
using ::testing::Field;

constexpr std::chrono::seconds patience{60};

/// Mails to "dead.example" are held until they are let go; all others are taken at once.
class HoldingPostman : public smtp::Postman {
  public:
    smtp::Delivery deliver(const smtp::Envelope& envelope) override {
        const std::string domain = mailDomain(envelope.recipient);
        std::unique_lock lock(mutex_);
        if (away_) {
            ++tries_;
            return {smtp::Outcome::tryLater, 0, "mail.example:25", "connection refused", true};
        }
        ++begun_[domain];
        mostAtOnce_ = std::max(mostAtOnce_, ++underWay_);
        if (domain == "dead.example") {
            mostHeld_ = std::max(mostHeld_, ++held_);
            if (held_ == 3 && othersAtThird_ < 0) othersAtThird_ = begun_["a.example"];
            changed_.notify_all();
            changed_.wait(lock, [&] { return letGo_; });
            --held_;
        } else if (together_ > 0) {
            changed_.notify_all();
            changed_.wait(lock, [&] { return mostAtOnce_ >= together_; });
        }
        --underWay_;
        ++taken_[domain];
        messages_.push_back(envelope.bytes);
        changed_.notify_all();
        return {smtp::Outcome::sent, 250, "mail.example:25", "ok"};
    }
    template <class Condition> bool waitUntil(Condition condition) {
        std::unique_lock lock(mutex_);
        return changed_.wait_for(lock, patience, [&] { return condition(*this); });
    }
    void letGo() {
        const std::lock_guard lock(mutex_);
        letGo_ = true;
        changed_.notify_all();
    }
    /// Nobody is answered before so many are under way at the same time.
    void answerTogether(int mails) { together_ = mails; }
    void beAway(bool away) {
        const std::lock_guard lock(mutex_);
        away_ = away;
    }
    int tries() { // while it was away
        const std::lock_guard lock(mutex_);
        return tries_;
    }
    int taken(const std::string& domain) { return taken_[domain]; } // within waitUntil, or when all is quiet
    int held() const { return held_; }
    int mostHeld() const { return mostHeld_; }
    int othersBegunAtThird() const { return othersAtThird_; }
    int mostAtOnce() const { return mostAtOnce_; }
    std::vector<std::string> messages() const { return messages_; }

  private:
    std::mutex mutex_;
    std::condition_variable changed_;
    bool letGo_ = false, away_ = false;
    int held_ = 0, mostHeld_ = 0, underWay_ = 0, mostAtOnce_ = 0, together_ = 0, othersAtThird_ = -1, tries_ = 0;
    std::map<std::string, int> begun_, taken_;
    std::vector<std::string> messages_;
};

struct SendersTest : ::testing::Test {
    testing::World world;
    HoldingPostman postman;
    int made = 0;

    void queue(const std::string& domain, int letters) {
        world.database.write([&](sqlite::Tx& tx) {
            for (int n = 0; n < letters; ++n) {
                Letter letter;
                letter.toMail = "kontakt@" + domain;
                letter.subject = "Prøve";
                letter.text = "Kære kontakt";
                letter.messageId = "nummer" + std::to_string(++made) + "@hoering.example";
                sqlite::insertLetter(tx, letter);
            }
            tx.housekeeping("test");
        });
    }
};

TEST_F(SendersTest, ADeadDomainHoldsAllSessionsButOneAndTheOthersGoOn) {
    OutboxJob job(world.database, world.office, postman, world.clock, {"Prøve", "hoering@hoering.example"}, {4, 0, 0});
    queue("dead.example", 12); // the oldest
    Senders senders(job, world.clock);
    senders.start();
    ASSERT_TRUE(postman.waitUntil([](auto& p) { return p.held() == 3; }));
    queue("a.example", 20);
    queue("b.example", 20);
    senders.wake();
    ASSERT_TRUE(postman.waitUntil([](auto& p) { return p.taken("a.example") == 20 && p.taken("b.example") == 20; }));
    EXPECT_EQ(postman.mostHeld(), 3);
    EXPECT_EQ(postman.taken("dead.example"), 0);
    postman.letGo();
    ASSERT_TRUE(postman.waitUntil([](auto& p) { return p.taken("dead.example") == 12; }));
    senders.stop();
    EXPECT_EQ(postman.messages().size(), 52u);
    EXPECT_THAT(world.letters(),
                Each(AllOf(Field(&Letter::state, LetterState::accepted), Field(&Letter::attempts, 1))));
    EXPECT_FALSE(senders.failing());
}

TEST_F(SendersTest, WhileAnotherDomainWaitsADeadOneHoldsNoMoreThanHalf) {
    OutboxJob job(world.database, world.office, postman, world.clock, {"Prøve", "hoering@hoering.example"}, {4, 0, 0});
    queue("dead.example", 12);
    queue("a.example", 60);
    Senders senders(job, world.clock);
    senders.start();
    ASSERT_TRUE(postman.waitUntil([](auto& p) { return p.taken("a.example") == 60; }));
    ASSERT_TRUE(postman.waitUntil([](auto& p) { return p.held() == 3; })); // now that nobody else waits
    // But for what was claimed already: half of all that may be.
    EXPECT_GE(postman.othersBegunAtThird(), 60 - 4 * MailTraffic::perSession / 2);
    postman.letGo();
    senders.stop();
}

TEST_F(SendersTest, AsManySessionsAsAllowedSpeakAtTheSameTime) {
    OutboxJob job(world.database, world.office, postman, world.clock, {"Prøve", "hoering@hoering.example"}, {8, 0, 0});
    postman.answerTogether(8);
    Senders senders(job, world.clock);
    senders.start();
    EXPECT_EQ(senders.threads(), 0u); // they only come when there is something to do
    for (int n = 0; n < 16; ++n) queue("part" + std::to_string(n) + ".example", 1);
    senders.wake();
    ASSERT_TRUE(postman.waitUntil([](auto& p) { return p.messages().size() == 16; }));
    senders.stop();
    EXPECT_EQ(postman.mostAtOnce(), 8);
    EXPECT_THAT(world.letters(),
                Each(AllOf(Field(&Letter::state, LetterState::accepted), Field(&Letter::attempts, 1))));
    EXPECT_EQ(job.underWay(), 0);
}

TEST_F(SendersTest, ManyThreadsNeverBringALetterTwice) {
    OutboxJob job(world.database, world.office, postman, world.clock, {"Prøve", "hoering@hoering.example"}, {8, 0, 0});
    for (int n = 0; n < 10; ++n) queue("part" + std::to_string(n % 3) + ".example", 40);
    Senders senders(job, world.clock);
    senders.start();
    ASSERT_TRUE(postman.waitUntil([](auto& p) { return p.messages().size() >= 400; }));
    senders.stop();
    auto messages = postman.messages();
    std::sort(messages.begin(), messages.end());
    EXPECT_EQ(std::unique(messages.begin(), messages.end()) - messages.begin(), 400);
    EXPECT_EQ(messages.size(), 400u);
    EXPECT_EQ(world.count("letter_attempts"), 400);
}

TEST_F(SendersTest, OneCommitServesSeveralLetters) {
    OutboxJob job(world.database, world.office, postman, world.clock, {"Prøve", "hoering@hoering.example"}, {4, 0, 0});
    for (int n = 0; n < 200; ++n) queue("part" + std::to_string(n) + ".example", 1);
    const auto before = world.database.counters().commits;
    Senders senders(job, world.clock);
    senders.start();
    ASSERT_TRUE(postman.waitUntil([](auto& p) { return p.messages().size() == 200; }));
    senders.stop();
    EXPECT_LE(world.database.counters().commits - before, 100u);
    EXPECT_EQ(world.count("letter_attempts"), 200);
}

TEST_F(SendersTest, WhatIsReadyWhenTheMailServerGoesAwayIsNotTriedAndWaitsInTheQueue) {
    OutboxJob job(world.database, world.office, postman, world.clock, {"Prøve", "hoering@hoering.example"}, {4, 0, 0});
    for (int n = 0; n < 40; ++n) queue("part" + std::to_string(n) + ".example", 1);
    postman.beAway(true);
    Senders senders(job, world.clock);
    senders.start();
    while (!job.serverAway() || job.underWay() > 0) std::this_thread::yield();
    EXPECT_LE(postman.tries(), 4); // nobody goes on to another letter
    EXPECT_THAT(world.letters(), Each(AllOf(Field(&Letter::state, LetterState::queued), Field(&Letter::attempts, 0))));
    EXPECT_EQ(world.count("letter_attempts"), postman.tries());
    postman.beAway(false);
    world.clock.advance(std::chrono::seconds{20});
    senders.wake();
    ASSERT_TRUE(postman.waitUntil([](auto& p) { return p.messages().size() == 40; }));
    senders.stop();
    EXPECT_THAT(world.letters(),
                Each(AllOf(Field(&Letter::state, LetterState::accepted), Field(&Letter::attempts, 1))));
}

TEST_F(SendersTest, AClaimThatTheDatabaseRefusesIsTriedAgain) {
    const auto sql = [&](const std::string& text) {
        world.database.write([&](sqlite::Tx& tx) {
            tx.sql(text).run();
            tx.housekeeping("test");
        });
    };
    OutboxJob job(world.database, world.office, postman, world.clock, {"Prøve", "hoering@hoering.example"}, {4, 0, 0});
    queue("a.example", 3);
    sql("CREATE TRIGGER ill BEFORE UPDATE ON letters BEGIN SELECT RAISE(ABORT, 'ill'); END");
    Senders senders(job, world.clock);
    senders.start();
    while (!senders.failing()) std::this_thread::yield();
    EXPECT_TRUE(postman.messages().empty());
    sql("DROP TRIGGER ill");
    ASSERT_TRUE(postman.waitUntil([](auto& p) { return p.taken("a.example") == 3; }));
    senders.stop();
    EXPECT_FALSE(senders.failing());
    EXPECT_FALSE(job.failing());
}

TEST_F(SendersTest, LettersGoThoughPeopleAlwaysWaitForTheDatabase) {
    testing::TempFolder folder;
    sqlite::DatabaseOptions options;
    options.folder = folder.path();
    options.crowd = 0; // it always says so
    sqlite::Database crowded(options, world.clock);
    ASSERT_TRUE(crowded.crowded());
    crowded.write([](sqlite::Tx& tx) {
        Letter letter;
        letter.toMail = "kontakt@a.example";
        letter.subject = "Prøve";
        letter.text = "Kære kontakt";
        letter.messageId = "nummer1@hoering.example";
        sqlite::insertLetter(tx, letter);
        tx.housekeeping("test");
    });
    OutboxJob job(crowded, world.office, postman, world.clock, {"Prøve", "hoering@hoering.example"}, {4, 0, 0});
    Senders senders(job, world.clock);
    senders.start();
    ASSERT_TRUE(postman.waitUntil([](auto& p) { return p.taken("a.example") == 1; }));
    senders.stop();
    EXPECT_EQ(crowded.read([](sqlite::ReadTx& tx) { return sqlite::countLetters(tx, {}).accepted; }), 1);
}

TEST_F(SendersTest, WhatIsUnderWayWhenItIsStoppedFinishesAndNothingElseBegins) {
    OutboxJob job(world.database, world.office, postman, world.clock, {"Prøve", "hoering@hoering.example"}, {4, 0, 0});
    queue("dead.example", 12);
    Senders senders(job, world.clock);
    senders.start();
    ASSERT_TRUE(postman.waitUntil([](auto& p) { return p.held() == 3; }));
    std::thread stopping([&] { senders.stop(); });
    while (!senders.stopping()) std::this_thread::yield();
    postman.letGo();
    stopping.join();
    EXPECT_EQ(postman.messages().size(), 3u);
    int accepted = 0, queued = 0;
    for (const auto& letter : world.letters()) {
        accepted += letter.state == LetterState::accepted;
        queued += letter.state == LetterState::queued && letter.attempts == 0;
    }
    EXPECT_EQ(accepted, 3);
    EXPECT_EQ(queued, 9);
}

} // namespace
} // namespace hoering
