// What the writer does with changes that wait: groups, what is taken back, who is told and when.
// Not here: how the file is opened, read and copied (database_test.cpp).
#include <SQLiteCpp/Exception.h>

#include <future>

#include "support.h"

namespace hoering::sqlite {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

using AWriter = OnDatabase;

TEST_F(AWriter, TakesBackAJobWhoseRuleSaidNo) {
    const auto answer = database->write([](Tx& tx) -> Result<int> {
        addThing(tx, "never");
        return Error{ErrorKind::closed, "error.closed", {}, {}};
    });
    ASSERT_FALSE(answer.ok());
    EXPECT_EQ(answer.error().key, "error.closed");
    EXPECT_THAT(names(), IsEmpty());
    EXPECT_EQ(database->counters().jobs, 0U);
    add("a"); // and the journal has no gap
    database->read([](ReadTx& tx) { EXPECT_EQ(verifyJournal(tx).count, 1); });
}

TEST_F(AWriter, AnswersLaterWhoDoesNotWaitAndOnlyWhenItIsOnDisk) {
    using Said = std::pair<std::exception_ptr, std::optional<Result<int>>>;
    const auto later = [&](std::function<Result<int>(Tx&)> job) {
        std::promise<Said> said;
        database->writeThen(std::move(job), [&](std::exception_ptr trouble, std::optional<Result<int>>&& result) {
            said.set_value({trouble, std::move(result)});
        });
        return said.get_future().get();
    };
    const auto kept = later([](Tx& tx) -> Result<int> { return addThing(tx, "a"), 7; });
    EXPECT_FALSE(kept.first);
    EXPECT_EQ(kept.second.value().value(), 7);
    const auto refused = later([](Tx& tx) -> Result<int> {
        addThing(tx, "never");
        return Error{ErrorKind::closed, "error.closed", {}, {}};
    });
    EXPECT_FALSE(refused.first);
    EXPECT_EQ(refused.second.value().error().key, "error.closed");
    EXPECT_TRUE(holds<std::logic_error>(later([](Tx&) -> Result<int> { throw std::logic_error("a bug"); }).first));
    disk::full(true);
    const auto lost = later([](Tx& tx) -> Result<int> { return addThing(tx, "lost"), 8; });
    disk::full(false);
    EXPECT_TRUE(holds<StorageFailed>(lost.first));
    EXPECT_THAT(names(), ElementsAre("a"));
}

TEST_F(AWriter, SaysWhenSoManyChangesWaitThatOthersShouldComeLater) {
    reopen([](DatabaseOptions& options) { options.crowd = 3; });
    std::latch goOn{1}, begun{1};
    std::latch done{3};
    const auto queue = [&](std::function<Result<int>(Tx&)> job) {
        database->writeThen(std::move(job),
                            [&](std::exception_ptr, std::optional<Result<int>>&&) { done.count_down(); });
    };
    EXPECT_FALSE(database->crowded());
    queue([&](Tx&) -> Result<int> {
        begun.count_down();
        goOn.wait();
        return 1;
    });
    begun.wait();
    queue([](Tx&) -> Result<int> { return 2; });
    EXPECT_FALSE(database->crowded()); // one is being stored, one waits
    queue([](Tx&) -> Result<int> { return 3; });
    EXPECT_TRUE(database->crowded());
    goOn.count_down();
    done.wait();
    add("a"); // the group before it is over
    while (database->crowded()) std::this_thread::yield();
}

TEST_F(AWriter, RefusesAChangeWithoutAJournalEntry) {
    const auto silently = [](Tx& tx) { tx.sql("INSERT INTO things(name) VALUES ('x')").run(); };
    EXPECT_THROW(database->write(silently), std::logic_error);
    EXPECT_THAT(names(), IsEmpty());
    database->write([&](Tx& tx) {
        tx.housekeeping("a test");
        silently(tx);
    });
    EXPECT_THAT(names(), ElementsAre("x"));
    database->write([](Tx& tx) { tx.sql("SELECT count(*) FROM things").step(); }); // reading needs no excuse
}

TEST_F(AWriter, GroupsWhatWaitsIntoOneCommit) {
    std::vector<std::function<void(Tx&)>> jobs;
    for (int i = 0; i < 20; ++i) jobs.push_back([i](Tx& tx) { addThing(tx, "thing " + std::to_string(i)); });
    const auto before = database->counters();
    EXPECT_THAT(asOneGroup(jobs), testing::Each(testing::Eq(nullptr)));
    const auto after = database->counters();
    EXPECT_EQ(after.commits, before.commits + 1);
    EXPECT_EQ(after.jobs, before.jobs + 21);
    EXPECT_EQ(names().size(), 20U);
}

TEST_F(AWriter, GroupsNoMoreThanTheLimit) {
    reopen([](auto& options) { options.groupLimit = 5; });
    std::vector<std::function<void(Tx&)>> jobs;
    for (int i = 0; i < 14; ++i) jobs.push_back([i](Tx& tx) { addThing(tx, std::to_string(i)); });
    asOneGroup(jobs);
    EXPECT_EQ(database->counters().commits, 3U); // with the holder 15 jobs
}

TEST_F(AWriter, TakesBackOnlyTheJobThatFails) {
    const auto thrown = asOneGroup({
        [](Tx& tx) { addThing(tx, "first"); },
        [](Tx& tx) {
            addThing(tx, "gone");
            throw std::runtime_error("a bug");
        },
        [](Tx& tx) { addThing(tx, "first"); }, // UNIQUE
        [](Tx& tx) { tx.sql("SELECT nonsense FROM nowhere").step(); },
        [](Tx& tx) { addThing(tx, "last"); },
    });
    EXPECT_EQ(thrown[0], nullptr);
    EXPECT_TRUE(holds<std::runtime_error>(thrown[1]));
    EXPECT_TRUE(holds<ConstraintFailed>(thrown[2]));
    EXPECT_TRUE(holds<SQLite::Exception>(thrown[3]));
    EXPECT_EQ(thrown[4], nullptr);
    EXPECT_THAT(names(), ElementsAre("first", "last"));
    EXPECT_EQ(database->counters().commits, 1U);
    EXPECT_TRUE(database->healthy());
    database->read([](ReadTx& tx) {
        const auto proof = verifyJournal(tx);
        EXPECT_EQ(proof.count, 2);
        EXPECT_FALSE(proof.broken);
    });
}

TEST_F(AWriter, LetsAJobGoOnAfterAConstraint) {
    add("a");
    database->write([](Tx& tx) {
        try {
            addThing(tx, "a");
            FAIL();
        } catch (const ConstraintFailed& refused) {
            EXPECT_TRUE(refused.unique);
        }
        addThing(tx, "b");
    });
    EXPECT_THAT(names(), ElementsAre("a", "b"));
    EXPECT_THROW(database->write([](Tx& tx) {
        tx.housekeeping("a test");
        tx.sql("INSERT INTO parts(thing_id) VALUES (99)").run();
    }),
                 ConstraintFailed); // foreign keys are on
}

TEST_F(AWriter, RefusesMoreThanItsQueueHolds) {
    reopen([](auto& options) { options.queueLimit = 2; });
    asOneGroup({[](Tx&) {}, [](Tx&) {}}, [&] { EXPECT_THROW(add("third"), StorageBusy); });
    add("later");
    EXPECT_THAT(names(), ElementsAre("later"));
}

TEST_F(AWriter, RefusesToWaitForItself) {
    EXPECT_THROW(database->write([&](Tx&) { add("inside"); }), std::logic_error);
    add("after");
}

/// What was said to changes that all wait while the first one holds the writer.
struct Repeatable : AWriter {
    using Job = std::function<Result<int>(Tx&)>;
    std::vector<std::string> asOneGroup(
        std::vector<Job> jobs, const std::function<void()>& before = [] {}) {
        std::latch goOn{1}, begun{1};
        std::latch done{static_cast<std::ptrdiff_t>(jobs.size()) + 1};
        std::vector<std::string> said(jobs.size() + 1);
        const auto queue = [&](std::size_t n, Job job) {
            database->writeThen(
                std::move(job), [&, n](std::exception_ptr trouble, std::optional<Result<int>>&& result) {
                    said[n] = trouble ? "trouble" : result->ok() ? std::to_string(**result) : result->error().key;
                    done.count_down();
                });
        };
        queue(jobs.size(), [&, first = true](Tx&) mutable -> Result<int> {
            if (std::exchange(first, false)) {
                begun.count_down();
                goOn.wait();
            }
            return 0;
        });
        begun.wait();
        before();
        for (std::size_t n = 0; n < jobs.size(); ++n) queue(n, jobs[n]);
        goOn.count_down();
        done.wait();
        said.pop_back();
        return said;
    }
    Job adds(const std::string& name, int* runs = nullptr) {
        return [name, runs](Tx& tx) -> Result<int> {
            if (runs) ++*runs;
            return addThing(tx, name), 1;
        };
    }
    static Job refuses(const std::string& name) {
        return [name](Tx& tx) -> Result<int> {
            addThing(tx, name);
            return Error{ErrorKind::closed, "no", {}, {}};
        };
    }
};

TEST_F(Repeatable, RunsOnceInOneCommitWhenAllGoesWell) {
    int runs = 0;
    EXPECT_THAT(asOneGroup({adds("a", &runs), adds("b", &runs)}), ElementsAre("1", "1"));
    EXPECT_EQ(runs, 2);
    EXPECT_EQ(database->counters().commits, 1U);
    EXPECT_EQ(database->counters().jobs, 3U);
}

TEST_F(Repeatable, WhatFailsIsTakenBackAloneAndTheOthersRunAgain) {
    int runs = 0;
    const auto throws = [](Tx& tx) -> Result<int> {
        addThing(tx, "gone");
        throw std::runtime_error("a bug");
    };
    const auto silent = [](Tx& tx) -> Result<int> {
        tx.sql("INSERT INTO things(name) VALUES ('silent')").run();
        return 1;
    };
    EXPECT_THAT(asOneGroup({adds("a", &runs), refuses("never"), throws, adds("a"), silent, adds("b", &runs)}),
                ElementsAre("1", "no", "trouble", "trouble", "trouble", "1"));
    EXPECT_EQ(runs, 3); // "a" came before the first failure
    EXPECT_THAT(names(), ElementsAre("a", "b"));
    EXPECT_EQ(database->counters().commits, 1U);
    database->read([](ReadTx& tx) { EXPECT_EQ(verifyJournal(tx).count, 2); });
}

TEST_F(Repeatable, OneThatMayNotBeRepeatedRunsOnceAmongThem) {
    int runs = 0, once = 0;
    std::thread blocking;
    const auto queueIt = [&] {
        blocking = std::thread([&] {
            database->write([&](Tx& tx) {
                ++once;
                addThing(tx, "once");
            });
        });
        while (database->counters().queued == 0) std::this_thread::yield();
    };
    EXPECT_THAT(asOneGroup({adds("a", &runs), refuses("never"), adds("b", &runs)}, queueIt),
                ElementsAre("1", "no", "1"));
    blocking.join();
    EXPECT_EQ(once, 1);
    EXPECT_EQ(runs, 2); // behind it each is alone from the start
    EXPECT_THAT(names(), ElementsAre("once", "a", "b"));
    EXPECT_EQ(database->counters().commits, 1U);
}

/// The journal's last entry is remembered between jobs, and each way of taking a job back makes it forgotten.
TEST_F(AWriter, KeepsTheJournalsChainWhoeverIsTakenBack) {
    const auto fails = [](Tx& tx) {
        addThing(tx, "never");
        throw std::runtime_error("a bug");
    };
    const auto adds = [](const std::string& name) { return [name](Tx& tx) { addThing(tx, name); }; };
    asOneGroup({adds("a"), fails, adds("b"), adds("c"), fails});
    add("d");
    std::latch done{3};
    const auto queue = [&](std::function<Result<int>(Tx&)> job) { // these share one transaction until one fails
        database->writeThen(std::move(job),
                            [&](std::exception_ptr, std::optional<Result<int>>&&) { done.count_down(); });
    };
    queue([](Tx& tx) -> Result<int> { return addThing(tx, "e"), 1; });
    queue([](Tx& tx) -> Result<int> {
        addThing(tx, "never");
        return Error{ErrorKind::closed, "error.closed", {}, {}};
    });
    queue([](Tx& tx) -> Result<int> { return addThing(tx, "f"), 1; });
    done.wait();
    disk::full(true);
    EXPECT_THROW(add("lost"), StorageFailed);
    disk::full(false);
    add("g");
    EXPECT_THAT(names(), testing::UnorderedElementsAre("a", "b", "c", "d", "e", "f", "g"));
    database->read([](ReadTx& tx) {
        EXPECT_EQ(verifyJournal(tx).count, 7);
        EXPECT_FALSE(verifyJournal(tx).broken);
    });
}

} // namespace
} // namespace hoering::sqlite
