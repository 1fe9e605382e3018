#include "sqlite/journal.h"

#include <SQLiteCpp/Database.h>

#include "common/crypto.h"
#include "sqlite/connection.h"
#include "support.h"

namespace hoering::sqlite {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

struct TheJournal : OnDatabase {
    void act(const std::string& name, std::optional<std::int64_t> consultation = {},
             std::optional<std::int64_t> party = {}) {
        database->write([&](Tx& tx) {
            tx.record({{ActorKind::user, 7, "Åse"}, name, consultation, party, {{"z", "1"}, {"a", "\"quoted\" æ"}}});
        });
    }
    JournalProof proof(std::string_view kept = "") {
        return database->read([&](ReadTx& tx) { return verifyJournal(tx, kept); });
    }
    std::vector<std::string> acts(JournalFilter filter, std::optional<std::int64_t> before, int limit) {
        return database->read([&](ReadTx& tx) {
            std::vector<std::string> all;
            for (const auto& entry : journalPage(tx, filter, before, limit)) all.push_back(entry.event.act);
            return all;
        });
    }
    /// What somebody with the file and a tool could do.
    void tamper(const std::string& sql) {
        database.reset();
        SQLite::Database file((folder.path / "hoering.sqlite3").string(), SQLite::OPEN_READWRITE);
        file.exec("DROP TRIGGER journal_is_append_only; DROP TRIGGER journal_stays;" + sql);
        file.exec("PRAGMA wal_checkpoint(TRUNCATE)");
    }
};

TEST_F(TheJournal, ChainsEveryEntryToTheOneBefore) {
    EXPECT_EQ(proof().count, 0);
    EXPECT_EQ(proof().headHash, std::string(64, '0'));
    for (const auto* name : {"first", "second", "third"}) act(name);
    const auto page = database->read([](ReadTx& tx) { return journalPage(tx, {}, {}, 10); });
    ASSERT_EQ(page.size(), 3U);
    EXPECT_EQ(page[2].prevHash, std::string(64, '0'));
    EXPECT_EQ(page[1].prevHash, page[2].hash);
    EXPECT_EQ(page[0].prevHash, page[1].hash);
    EXPECT_EQ(proof().headHash, page[0].hash);
    EXPECT_EQ(proof().count, 3);
    EXPECT_FALSE(proof().broken);
}

TEST_F(TheJournal, HashesAsItsHeaderSays) {
    act("first", 12, 3);
    const auto page = database->read([](ReadTx& tx) { return journalPage(tx, {}, {}, 1); });
    const std::string details = R"({"a":"\"quoted\" æ","z":"1"})";
    EXPECT_EQ(page[0].hash, sha256Hex("hoering-journal-1\n1:1"
                                      "13:1700000000000"
                                      "4:user"
                                      "1:7"
                                      "4:Åse"
                                      "5:first"
                                      "2:12"
                                      "1:3" +
                                      std::to_string(details.size()) + ":" + details + "64:" + std::string(64, '0')));
}

TEST_F(TheJournal, GivesBackWhatWasRecorded) {
    act("first", 12, 3);
    database->write([](Tx& tx) { tx.record({Actor::clockwork(), "second", {}, {}, {}}); });
    const auto page = database->read([](ReadTx& tx) { return journalPage(tx, {}, {}, 10); });
    EXPECT_EQ(page[1].id, 1);
    EXPECT_EQ(toMillis(page[1].at), 1'700'000'000'000);
    EXPECT_EQ(page[1].event.actor.kind, ActorKind::user);
    EXPECT_EQ(page[1].event.actor.id, 7);
    EXPECT_EQ(page[1].event.actor.name, "Åse");
    EXPECT_EQ(page[1].event.consultation, 12);
    EXPECT_EQ(page[1].event.party, 3);
    EXPECT_THAT(page[1].event.details, ElementsAre(std::pair("a", "\"quoted\" æ"), std::pair("z", "1")));
    EXPECT_EQ(page[0].event.actor.kind, ActorKind::clockwork);
    EXPECT_EQ(page[0].event.consultation, std::nullopt);
}

TEST_F(TheJournal, IsReadInPagesAndByWhatItIsAbout) {
    act("a", 1);
    act("b", 2, 5);
    act("c", 1, 5);
    act("d");
    EXPECT_THAT(acts({}, {}, 2), ElementsAre("d", "c"));
    EXPECT_THAT(acts({}, 3, 2), ElementsAre("b", "a"));
    EXPECT_THAT(acts({1, {}}, {}, 9), ElementsAre("c", "a"));
    EXPECT_THAT(acts({{}, 5}, {}, 9), ElementsAre("c", "b"));
    EXPECT_THAT(acts({2, 5}, {}, 9), ElementsAre("b"));
}

TEST_F(TheJournal, RefusesToBeChanged) {
    act("a");
    for (const auto* sql : {"UPDATE journal SET act = 'x'", "DELETE FROM journal"})
        EXPECT_THROW(database->write([&](Tx& tx) {
            tx.housekeeping("a test");
            tx.sql(sql).run();
        }),
                     ConstraintFailed);
    EXPECT_EQ(proof().count, 1);
}

TEST_F(TheJournal, ProvesWhatWasTamperedWith) {
    const std::pair<const char*, const char*> attempts[] = {
        {"UPDATE journal SET actor_name = 'Somebody else' WHERE id = 2", "Journal entry 2: its contents"},
        {"UPDATE journal SET consultation_id = NULL WHERE id = 2", "Journal entry 2: its contents"},
        {"UPDATE journal SET at = at + 1 WHERE id = 2", "Journal entry 2: its contents"},
        {"DELETE FROM journal WHERE id = 2", "Journal entry 3: entry 2 is missing"},
        {"DELETE FROM journal WHERE id = 2; UPDATE journal SET id = 2 WHERE id = 3",
         "Journal entry 2: it does not follow"},
        {"UPDATE journal SET hash = 'x' WHERE id = 3", "Journal entry 3: its contents"},
    };
    for (const auto& [sql, sentence] : attempts) {
        TempFolder fresh;
        std::swap(fresh.path, folder.path);
        reopen();
        for (const auto* name : {"first", "second", "third"}) act(name, 1);
        tamper(sql);
        reopen();
        const auto found = proof();
        ASSERT_TRUE(found.broken) << sql;
        EXPECT_THAT(found.broken->sentence, HasSubstr(sentence));
        database.reset();
        std::swap(fresh.path, folder.path);
    }
}

TEST_F(TheJournal, KnowsAHeadThatWasKeptElsewhereWhileAllUpToItIsWhole) {
    EXPECT_EQ(proof(std::string(64, '0')).keptHead, 0);
    for (const auto* name : {"first", "second", "third"}) act(name);
    const auto page = database->read([](ReadTx& tx) { return journalPage(tx, {}, {}, 10); });
    EXPECT_EQ(proof(page[1].hash).keptHead, 2);
    EXPECT_EQ(proof(page[0].hash).keptHead, 3);
    EXPECT_FALSE(proof().keptHead);
    EXPECT_FALSE(proof(sha256Hex("another journal")).keptHead);
    tamper("UPDATE journal SET act = 'x' WHERE id = 3");
    reopen();
    EXPECT_EQ(proof(page[1].hash).keptHead, 2); // what comes after it is another matter
    EXPECT_FALSE(proof(page[0].hash).keptHead);
    database.reset();
    SQLite::Database((folder.path / "hoering.sqlite3").string(), SQLite::OPEN_READWRITE)
        .exec("DELETE FROM journal WHERE id > 1");
    reopen();
    EXPECT_FALSE(proof(page[1].hash).keptHead); // cut off, and nothing else shows it
    EXPECT_FALSE(proof(page[1].hash).broken);
}

TEST_F(TheJournal, KeepsNamesThatAreNoText) {
    database->write([](Tx& tx) { tx.record({Actor::operations("\xFF\xFE"), "a", {}, {}, {{"k", "\xC0"}}}); });
    EXPECT_FALSE(proof().broken);
}

} // namespace
} // namespace hoering::sqlite
