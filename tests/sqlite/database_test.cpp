#include "sqlite/database.h"

#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <fstream>

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
