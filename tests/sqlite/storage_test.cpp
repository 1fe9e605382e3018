// The disk fills up, an fsync fails, the process is killed: nothing acknowledged is lost, nothing half is kept.
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <random>
#include <set>

#include "support.h"

namespace hoering::sqlite {
namespace {

using testing::Each;
using testing::ElementsAre;
using testing::IsEmpty;
using AFullDisk = OnDatabase;
using AFailedSync = OnDatabase;
using AKilledProcess = OnDatabase;

std::vector<std::function<void(Tx&)>> tenThings() {
    std::vector<std::function<void(Tx&)>> jobs;
    for (int i = 0; i < 10; ++i) jobs.push_back([i](Tx& tx) { OnDatabase::addThing(tx, "lost " + std::to_string(i)); });
    return jobs;
}

TEST_F(AFullDisk, FailsTheWholeGroupAndIsWorkedWithAgainAfterwards) {
    add("before");
    const auto thrown = asOneGroup(tenThings(), [] { disk::full(true); });
    for (const auto& trouble : thrown) EXPECT_TRUE(holds<StorageFailed>(trouble));
    EXPECT_FALSE(database->healthy());
    EXPECT_EQ(database->counters().failures, 1U);
    EXPECT_THAT(names(), ElementsAre("before")); // reading goes on
    EXPECT_THROW(add("still full"), StorageFailed);
    disk::full(false);
    add("after");
    EXPECT_TRUE(database->healthy());
    EXPECT_THAT(names(), ElementsAre("before", "after"));
    reopen();
    EXPECT_THAT(names(), ElementsAre("before", "after"));
    EXPECT_THAT(database->check(), IsEmpty());
    database->read([](ReadTx& tx) {
        const auto proof = verifyJournal(tx);
        EXPECT_EQ(proof.count, 2);
        EXPECT_FALSE(proof.broken);
    });
}

TEST_F(AFullDisk, CannotBeIgnoredByAJob) {
    // More than the page cache holds: the disk is met in the middle of a statement, not at COMMIT.
    const std::string large(12 << 20, 'x');
    int refused = 0;
    const auto thrown = asOneGroup(
        {
            [](Tx& tx) { addThing(tx, "earlier in the group"); },
            [&](Tx& tx) {
                tx.housekeeping("a test");
                for (int i = 0; i < 2; ++i) try {
                        tx.sql("INSERT INTO things(name, note) VALUES (?, ?)").bind(std::to_string(i), large).run();
                    } catch (const StorageFailed&) {
                        ++refused;
                    }
            },
        },
        [] { disk::full(true); });
    EXPECT_EQ(refused, 2); // the second was not even tried, outside any transaction as it would have been
    for (const auto& trouble : thrown) EXPECT_TRUE(holds<StorageFailed>(trouble));
    disk::full(false);
    EXPECT_THAT(names(), IsEmpty());
    add("after");
    EXPECT_THAT(names(), ElementsAre("after"));
}

TEST_F(AFullDisk, DoesNotHurtWhenItIsTheBackups) {
    add("a");
    TempFolder elsewhere;
    disk::full(true);
    EXPECT_THROW(database->backupTo(elsewhere.path / "copy"), StorageFailed);
    disk::full(false);
    EXPECT_FALSE(std::filesystem::exists(elsewhere.path / "copy"));
    EXPECT_TRUE(database->healthy());
    add("b");
}

TEST_F(AFailedSync, EndsTheProcess) {
    database.reset(); // a forked child has no threads: it opens its own
    EXPECT_DEATH(
        {
            reopen();
            add("before");
            disk::failSync(true);
            add("never acknowledged");
        },
        "fsync_failed");
}

TEST_F(AFailedSync, IsToldToTheHandler) {
    std::vector<std::string> told;
    reopen([&](auto& options) { options.onSyncFailure = [&](const std::string& what) { told.push_back(what); }; });
    disk::failSync(true);
    EXPECT_THROW(add("never acknowledged"), StorageFailed);
    disk::failSync(false);
    EXPECT_EQ(told.size(), 1U);
    EXPECT_THAT(names(), IsEmpty());
}

TEST_F(AFailedSync, IsSeenAlsoWhenTheLogIsCopied) {
    std::atomic<int> told{0};
    reopen([&](auto& options) {
        options.checkpointPages = 1;
        options.onSyncFailure = [&](const std::string&) { ++told; };
    });
    // From the listener on, that is after COMMIT: the next fsync is the checkpoint's.
    database->onCommit([](const CommitNews&) { disk::failSync(true); });
    database->write([](Tx& tx) {
        addThing(tx, "a");
        tx.queuedLetters();
    });
    while (told == 0) std::this_thread::yield();
    disk::failSync(false);
    EXPECT_THAT(names(), ElementsAre("a"));
}

/// Writes from three threads until it is killed; says on `out` what has been acknowledged.
[[noreturn]] void writeForever(const std::filesystem::path& folder, int round, int out) {
    const SystemClock clock;
    auto options = optionsIn(folder);
    options.checkpointPages = 8; // so that many are killed while the log is being copied
    Database database(options, clock);
    std::vector<std::jthread> threads;
    for (int t = 0; t < 3; ++t)
        threads.emplace_back([&, t] {
            for (int i = 0;; ++i) {
                const std::string name = std::to_string(round) + "." + std::to_string(t) + "." + std::to_string(i);
                database.write([&](Tx& tx) { OnDatabase::addThing(tx, name); });
                const std::string line = name + "\n";
                if (::write(out, line.data(), line.size()) < 0) ::_exit(1);
            }
        });
    threads.clear();
    ::_exit(1);
}

TEST_F(AKilledProcess, LosesNothingThatItAcknowledged) {
    constexpr int rounds = 40;
    std::mt19937 random(20230930);
    std::size_t acknowledged = 0;
    std::vector<std::string> promised;
    for (int round = 0; round < rounds; ++round) {
        database.reset();
        int out[2];
        ASSERT_EQ(::pipe(out), 0);
        const pid_t child = ::fork();
        if (child == 0) {
            ::close(out[0]);
            writeForever(folder.path, round, out[1]);
        }
        ::close(out[1]);
        std::string heard;
        const std::size_t enough = 1 + random() % 1500; // bytes: anywhere in a line's, a group's, a checkpoint's time
        char chunk[64];
        bool killed = false;
        for (ssize_t n; (n = ::read(out[0], chunk, 1 + random() % sizeof chunk)) > 0;) {
            heard.append(chunk, static_cast<std::size_t>(n));
            if (!killed && heard.size() >= enough) {
                ::kill(child, SIGKILL);
                killed = true; // what it had said before is still in the pipe
            }
        }
        ::close(out[0]);
        int status = 0;
        ::waitpid(child, &status, 0);
        ASSERT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
        for (std::size_t at = 0, end; (end = heard.find('\n', at)) != std::string::npos; at = end + 1)
            promised.push_back(heard.substr(at, end - at));
        reopen();
        const auto kept = names();
        const std::set<std::string> there(kept.begin(), kept.end());
        for (const auto& name : promised) ASSERT_TRUE(there.contains(name)) << name << " in round " << round;
        ASSERT_THAT(database->check(), IsEmpty());
        database->read([&](ReadTx& tx) {
            const auto proof = verifyJournal(tx);
            ASSERT_FALSE(proof.broken) << proof.broken->sentence;
            ASSERT_EQ(static_cast<std::size_t>(proof.count), kept.size()); // a row and its act, or neither
        });
    }
    acknowledged = promised.size();
    EXPECT_GT(acknowledged, static_cast<std::size_t>(rounds));
    RecordProperty("acknowledged", static_cast<int>(acknowledged));
}

} // namespace
} // namespace hoering::sqlite
