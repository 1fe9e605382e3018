#include "sqlite/database.h"

#include <SQLiteCpp/Exception.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <fstream>
#include <future>

#include "support.h"

namespace hoering::sqlite {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

using ADatabase = OnDatabase;

TEST_F(ADatabase, KeepsWhatIsWritten) {
    add("a");
    EXPECT_THAT(names(), ElementsAre("a"));
    reopen();
    EXPECT_THAT(names(), ElementsAre("a"));
    EXPECT_THAT(database->check(), IsEmpty());
    EXPECT_TRUE(database->healthy());
}

TEST_F(ADatabase, IsSetUpForDurability) {
    const auto pragma = [](ReadTx& tx, const char* sql) {
        auto row = tx.sql(sql);
        row.step();
        return row.text(0);
    };
    database->write([&](Tx& tx) {
        EXPECT_EQ(pragma(tx, "PRAGMA journal_mode"), "wal");
        EXPECT_EQ(pragma(tx, "PRAGMA synchronous"), "2");
        EXPECT_EQ(pragma(tx, "PRAGMA foreign_keys"), "1");
        EXPECT_EQ(pragma(tx, "PRAGMA trusted_schema"), "0");
        EXPECT_EQ(pragma(tx, "PRAGMA page_size"), "16384");
        EXPECT_EQ(pragma(tx, "PRAGMA mmap_size"), "0");
        EXPECT_EQ(pragma(tx, "PRAGMA wal_autocheckpoint"), "0");
        EXPECT_EQ(pragma(tx, "PRAGMA busy_timeout"), "5000");
    });
    database->read([&](ReadTx& tx) {
        EXPECT_EQ(pragma(tx, "PRAGMA query_only"), "1");
        EXPECT_EQ(pragma(tx, "PRAGMA wal_autocheckpoint"), "0");
        EXPECT_THROW(tx.sql("INSERT INTO things(name) VALUES ('x')").run(), StorageFailed);
    });
}

TEST_F(ADatabase, AnswersWithWhatTheJobReturns) {
    EXPECT_EQ(database->write([](Tx& tx) {
        addThing(tx, "a");
        return tx.sql("SELECT 1").step() ? std::string("one") : std::string();
    }),
              "one");
    EXPECT_EQ(database->read([](ReadTx&) { return 7; }), 7);
}

TEST_F(ADatabase, TakesBackAJobWhoseRuleSaidNo) {
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

TEST_F(ADatabase, AnswersLaterWhoDoesNotWaitAndOnlyWhenItIsOnDisk) {
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

/// What was said to changes that all wait while the first one holds the writer.
struct Repeatable : ADatabase {
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

TEST_F(ADatabase, SaysWhenSoManyChangesWaitThatOthersShouldComeLater) {
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

TEST_F(ADatabase, RefusesAChangeWithoutAJournalEntry) {
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

TEST_F(ADatabase, GroupsWhatWaitsIntoOneCommit) {
    std::vector<std::function<void(Tx&)>> jobs;
    for (int i = 0; i < 20; ++i) jobs.push_back([i](Tx& tx) { addThing(tx, "thing " + std::to_string(i)); });
    const auto before = database->counters();
    EXPECT_THAT(asOneGroup(jobs), testing::Each(testing::Eq(nullptr)));
    const auto after = database->counters();
    EXPECT_EQ(after.commits, before.commits + 1);
    EXPECT_EQ(after.jobs, before.jobs + 21);
    EXPECT_EQ(names().size(), 20U);
}

TEST_F(ADatabase, GroupsNoMoreThanTheLimit) {
    reopen([](auto& options) { options.groupLimit = 5; });
    std::vector<std::function<void(Tx&)>> jobs;
    for (int i = 0; i < 14; ++i) jobs.push_back([i](Tx& tx) { addThing(tx, std::to_string(i)); });
    asOneGroup(jobs);
    EXPECT_EQ(database->counters().commits, 3U); // with the holder 15 jobs
}

TEST_F(ADatabase, TakesBackOnlyTheJobThatFails) {
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

TEST_F(ADatabase, LetsAJobGoOnAfterAConstraint) {
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

TEST_F(ADatabase, ReadsOneSnapshot) {
    add("a");
    database->read([&](ReadTx& tx) {
        const auto count = [&] {
            auto row = tx.sql("SELECT count(*) FROM things");
            row.step();
            return row.integer(0);
        };
        EXPECT_EQ(count(), 1);
        std::jthread([&] { add("b"); }).join();
        EXPECT_EQ(count(), 1);
    });
    EXPECT_EQ(names().size(), 2U);
}

TEST_F(ADatabase, TellsWhatACommitMadeStaleBeforeItAnswers) {
    std::vector<std::pair<bool, bool>> heard;
    database->onCommit([&](const CommitNews& news) { heard.emplace_back(news.publicPages, news.letters); });
    add("no news");
    EXPECT_THAT(heard, IsEmpty());
    database->write([](Tx& tx) {
        addThing(tx, "page");
        tx.touchesPublicPages();
    });
    EXPECT_THAT(heard, ElementsAre(std::pair(true, false)));
    (void)database->write([](Tx& tx) -> Result<Done> {
        tx.queuedLetters();
        return Error{};
    });
    EXPECT_EQ(heard.size(), 1U); // taken back: no news
    database->write([](Tx& tx) { tx.queuedLetters(); });
    EXPECT_EQ(heard.back(), std::pair(false, true));
}

TEST_F(ADatabase, RefusesMoreThanItsQueueHolds) {
    reopen([](auto& options) { options.queueLimit = 2; });
    asOneGroup({[](Tx&) {}, [](Tx&) {}}, [&] { EXPECT_THROW(add("third"), StorageBusy); });
    add("later");
    EXPECT_THAT(names(), ElementsAre("later"));
}

TEST_F(ADatabase, RefusesToWaitForItself) {
    EXPECT_THROW(database->write([&](Tx&) { add("inside"); }), std::logic_error);
    add("after");
}

TEST_F(ADatabase, IsCopiedWhileItServes) {
    for (int i = 0; i < 50; ++i) add("thing " + std::to_string(i));
    TempFolder elsewhere;
    const auto copy = elsewhere.path / "hoering.sqlite3";
    database->backupTo(copy);
    add("after the copy");
    EXPECT_THROW(database->backupTo(copy), StorageFailed); // never over another one
    EXPECT_THROW(database->backupTo(elsewhere.path / "no" / "such" / "folder"), StorageFailed);
    EXPECT_TRUE(database->healthy());
    Database restored(optionsIn(elsewhere.path), clock);
    EXPECT_THAT(restored.check(), IsEmpty());
    restored.read([](ReadTx& tx) { EXPECT_EQ(verifyJournal(tx).count, 50); });
}

TEST_F(ADatabase, CopiesItsLogIntoTheFileAndCutsItBackWhenIdle) {
    reopen([](auto& options) {
        options.checkpointPages = 50;
        options.truncateAbove = 1;
        options.idleAfter = std::chrono::milliseconds(1);
    });
    for (int i = 0; i < 300; ++i) add("thing " + std::to_string(i));
    while (database->counters().walBytes != 0) std::this_thread::yield();
    EXPECT_GT(std::filesystem::file_size(folder.path / "hoering.sqlite3"), 100'000U);
    EXPECT_EQ(names().size(), 300U);
}

TEST_F(ADatabase, StartsTheLogAnewInsteadOfGrowingIt) {
    reopen([](auto& options) { options.checkpointPages = 20; });
    for (int i = 0; i < 400; ++i) add("thing " + std::to_string(i));
    EXPECT_LT(database->counters().walBytes, 1'000'000U); // some 2,000 pages were written
}

TEST_F(ADatabase, RefusesAFolderThatAnotherProcessHas) {
    int answer[2];
    ASSERT_EQ(::pipe(answer), 0);
    const pid_t child = ::fork();
    if (child == 0) {
        std::string said = "opened";
        try {
            Database second(optionsIn(folder.path), clock);
        } catch (const std::exception& refused) {
            said = refused.what();
        }
        (void)!::write(answer[1], said.data(), said.size());
        ::_exit(0);
    }
    ::close(answer[1]);
    char text[500] = {};
    (void)!::read(answer[0], text, sizeof text - 1);
    ::close(answer[0]);
    ::waitpid(child, nullptr, 0);
    EXPECT_THAT(text, HasSubstr("is in use by process " + std::to_string(::getpid())));
    database.reset();
    reopen(); // free again
}

TEST_F(ADatabase, SaysThatAFileIsNoDatabase) {
    TempFolder elsewhere;
    std::ofstream(elsewhere.path / "hoering.sqlite3") << std::string(10'000, 'x');
    try {
        Database(optionsIn(elsewhere.path), clock);
        FAIL();
    } catch (const std::runtime_error& refused) {
        EXPECT_THAT(refused.what(), HasSubstr("cannot be opened"));
    }
}

TEST_F(ADatabase, ServesManyThreads) {
    constexpr int writers = 6, readers = 4, each = 60;
    std::atomic<int> left{writers};
    {
        std::vector<std::jthread> threads;
        for (int w = 0; w < writers; ++w)
            threads.emplace_back([&, w] {
                for (int i = 0; i < each; ++i) add(std::to_string(w) + "." + std::to_string(i));
                --left;
            });
        for (int r = 0; r < readers; ++r)
            threads.emplace_back([&] {
                std::size_t before = 0;
                while (left > 0) {
                    const auto [things, acts] = database->read([](ReadTx& tx) {
                        auto t = tx.sql("SELECT count(*) FROM things"), j = tx.sql("SELECT count(*) FROM journal");
                        t.step();
                        j.step();
                        return std::pair(static_cast<std::size_t>(t.integer(0)),
                                         static_cast<std::size_t>(j.integer(0)));
                    });
                    EXPECT_EQ(things, acts);
                    EXPECT_GE(things, before);
                    before = things;
                    (void)database->counters();
                }
            });
    }
    EXPECT_EQ(names().size(), static_cast<std::size_t>(writers * each));
    database->read([](ReadTx& tx) { EXPECT_FALSE(verifyJournal(tx).broken); });
    const auto counters = database->counters();
    EXPECT_EQ(counters.jobs, static_cast<std::uint64_t>(writers * each));
    EXPECT_LE(counters.commits, counters.jobs);
}

} // namespace
} // namespace hoering::sqlite
