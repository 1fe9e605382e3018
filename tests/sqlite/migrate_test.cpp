#include "sqlite/migrate.h"

#include "sqlite/connection.h"
#include "support.h"

namespace hoering::sqlite {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

struct Migrations : testing::Test {
    TempFolder folder;
    std::unique_ptr<Connection> connection = std::make_unique<Connection>(folder.path / "x", ConnectionKind::writer);

    int run(const std::vector<EmbeddedFile>& files) { return migrate(*connection, files, fromMillis(1)); }
    std::string refusal(const std::vector<EmbeddedFile>& files) {
        try {
            run(files);
            return "accepted";
        } catch (const std::runtime_error& refused) {
            return refused.what();
        }
    }
    bool has(const std::string& table) {
        Statement row(*connection, "SELECT 1 FROM sqlite_schema WHERE name = ?");
        return row.bind(table).step();
    }
    const EmbeddedFile one{"0001_one.sql", "CREATE TABLE one(id INTEGER PRIMARY KEY) STRICT;"};
    const EmbeddedFile two{"0002_two.sql", "CREATE TABLE two(id INTEGER PRIMARY KEY, one_id REFERENCES one(id));"};
};

TEST_F(Migrations, RunOnceEachInOrder) {
    EXPECT_EQ(run({two, one}), 2);
    EXPECT_TRUE(has("two"));
    EXPECT_EQ(run({one, two}), 0);
}

TEST_F(Migrations, RunWhatIsNew) {
    EXPECT_EQ(run({one}), 1);
    EXPECT_EQ(run({one, two}), 1);
}

TEST_F(Migrations, AreNeverChangedAfterwards) {
    run({one});
    EXPECT_THAT(refusal({{"0001_one.sql", "CREATE TABLE other(id)"}}), HasSubstr("1 (one) was changed after it ran"));
}

TEST_F(Migrations, RefuseADatabaseThatIsNewer) {
    run({one, two});
    EXPECT_THAT(refusal({one}), HasSubstr("newer than this program: it knows migration 2"));
}

TEST_F(Migrations, RefuseOneThatWasPutInBetween) {
    const EmbeddedFile three{"0003_three.sql", "CREATE TABLE three(id)"};
    run({three, one});
    EXPECT_THAT(refusal({one, {"0002_late.sql", "SELECT 1"}, three}), HasSubstr("2 (late) is older than the database"));
}

TEST_F(Migrations, TakeBackOneThatFails) {
    EXPECT_THAT(refusal({one, {"0002_bad.sql", "CREATE TABLE half(id); INSERT INTO nowhere VALUES (1);"}}),
                HasSubstr("2 (bad) failed and was taken back"));
    EXPECT_TRUE(has("one"));
    EXPECT_FALSE(has("half"));
    EXPECT_EQ(run({one, two}), 1);
}

TEST_F(Migrations, MayNotLeaveRowsThatPointNowhere) {
    run({one, two});
    EXPECT_THAT(refusal({one, two, {"0003_bad.sql", "INSERT INTO two VALUES (1, 99);"}}), HasSubstr("point nowhere"));
}

TEST_F(Migrations, MayRebuildATableThatOthersPointTo) {
    run({one, two});
    connection->execute("INSERT INTO one VALUES (1); INSERT INTO two VALUES (1, 1);");
    EXPECT_EQ(run({one,
                   two,
                   {"0003_rebuild.sql", "CREATE TABLE fresh(id INTEGER PRIMARY KEY, extra TEXT); INSERT INTO fresh(id)"
                                        " SELECT id FROM one; DROP TABLE one; ALTER TABLE fresh RENAME TO one;"}}),
              1);
    Statement on(*connection, "PRAGMA foreign_keys");
    ASSERT_TRUE(on.step());
    EXPECT_EQ(on.integer(0), 1);
}

TEST_F(Migrations, AreNamedByNumber) {
    for (const auto* name : {"one.sql", "1_one.sql", "0001-one.sql", "0001_one.txt"})
        EXPECT_THAT(refusal({{name, "SELECT 1"}}), HasSubstr("NNNN_name.sql")) << name;
    EXPECT_THAT(refusal({one, {"0001_again.sql", "SELECT 1"}}), HasSubstr("Two migrations have the number 1"));
}

TEST_F(Migrations, OfThisProgramRun) {
    const auto files = migrationFiles();
    EXPECT_EQ(migrate(*connection, files, fromMillis(1)), static_cast<int>(files.size()));
    EXPECT_TRUE(has("journal"));
}

TEST_F(Migrations, ALetterLeftClaimedByAVersionWithoutMarksMayHaveBeenSent) {
    const auto all = migrationFiles();
    const std::vector<EmbeddedFile> files(all.begin(), all.end());
    std::vector<EmbeddedFile> before;
    for (const auto& file : files)
        if (file.path.substr(file.path.rfind('/') + 1) < "0008") before.push_back(file);
    run(before);
    for (const char* state : {"claimed", "queued"})
        Statement(*connection,
                  "INSERT INTO letters(kind, language, to_name, to_mail, domain, subject, message_id, "
                  "created_at, state, next_attempt_at) VALUES ('reminder', 'da', '', 'a@b.dk', 'b.dk', '', "
                  "?1, 1, ?1, 1)")
            .bind(state)
            .run();
    run(files);
    Statement row(*connection, "SELECT state FROM letters WHERE handed_at IS NOT NULL");
    ASSERT_TRUE(row.step());
    EXPECT_EQ(row.text(0), "claimed");
    EXPECT_FALSE(row.step());
}

struct TheSchema : Migrations {
    std::vector<std::string> deviations(std::span<const EmbeddedFile> files = migrationFiles()) {
        ReadTx tx(*connection);
        return schemaDeviations(tx, files);
    }
};

TEST_F(TheSchema, IsWhatTheMigrationsThatRanMakeOfIt) {
    const auto files = migrationFiles();
    for (std::size_t ran = 1; ran <= files.size(); ++ran) { // also of a folder no later version has opened yet
        migrate(*connection, files.first(ran), fromMillis(1));
        EXPECT_THAT(deviations(), ElementsAre()) << ran;
    }
    connection->execute("ANALYZE; VACUUM;"); // an operator may
    EXPECT_THAT(deviations(), ElementsAre());
}

TEST_F(TheSchema, IsToldWhereItDeviates) {
    migrate(*connection, migrationFiles(), fromMillis(1));
    connection->execute("DROP TRIGGER journal_stays; DROP TRIGGER responses_stay; DROP INDEX letters_by_party;"
                        "CREATE TRIGGER responses_stay BEFORE DELETE ON responses BEGIN SELECT 1; END;"
                        "CREATE TRIGGER another AFTER INSERT ON responses BEGIN DELETE FROM sessions; END;"
                        "ALTER TABLE users ADD COLUMN own TEXT;");
    EXPECT_THAT(deviations(),
                testing::UnorderedElementsAre("The trigger journal_stays is missing.",
                                              "The trigger responses_stay is not as this program makes it.",
                                              "The index letters_by_party is missing.",
                                              "The trigger another is there, and no version of this program made it.",
                                              "The table users is not as this program makes it."));
}

TEST_F(TheSchema, IsNotJudgedByAnOlderProgramNorWithoutMigrations) {
    EXPECT_THAT(deviations(), ElementsAre(HasSubstr("does not say which migrations")));
    run({one, two});
    const std::vector<EmbeddedFile> older{one}, other{{"0001_one.sql", "CREATE TABLE other(id)"}, two};
    EXPECT_THAT(deviations(older), ElementsAre(HasSubstr("newer than this program: it knows migration 2")));
    EXPECT_THAT(deviations(other), Contains("Its migration 1 is not the one this program has."));
}

/// What is in a folder of a version before `number` when this one opens it.
struct AnOlderFolder : Migrations {
    void runBefore(std::string_view number) {
        const auto all = migrationFiles();
        std::vector<EmbeddedFile> before;
        for (const auto& file : all)
            if (file.path.substr(file.path.rfind('/') + 1) < number) before.push_back(file);
        run(before);
    }
    void execute(const std::string& sql) { connection->execute(sql); }
    std::vector<std::string> all(const std::string& sql, int column = 0) {
        Statement row(*connection, sql);
        std::vector<std::string> texts;
        while (row.step()) texts.push_back(row.text(column));
        return texts;
    }
};

TEST_F(AnOlderFolder, KeepsItsAnswersWhenTheirTableIsBuiltAnew) {
    runBefore("0011");
    execute(
        "INSERT INTO users(id, email, name, role, password_hash, created_at) VALUES (1, 'a@b.dk', 'A', 'reader', '', "
        "1);"
        "INSERT INTO consultations(id, slug, state, title, created_at, idempotency_key) VALUES (1, 'a', 'open', 'A', "
        "1, 'a');"
        "INSERT INTO parties(id, consultation_id, name, role, language) VALUES (1, 1, 'P', 'consulted', 'da');"
        "INSERT INTO responses VALUES (7, 1, 1, 1, 'remarks', 'mail', 1, 'Ord', 5, NULL, 'R-7', 'sum', 'key', 1, 6);");
    const std::string everything = "SELECT json_array(id, consultation_id, party_id, version, kind, channel, late, "
                                   "text, received_at, submitted_by, "
                                   "receipt, checksum, idempotency_key, registered_by, registered_at) FROM responses";
    const auto before = all(everything);
    EXPECT_THAT(before, ElementsAre(R"([7,1,1,1,"remarks","mail",1,"Ord",5,null,"R-7","sum","key",1,6])"));
    migrate(*connection, migrationFiles(), fromMillis(2));
    EXPECT_EQ(all(everything), before);
}

TEST_F(AnOlderFolder, GuardsItsAnswersAsBefore) {
    runBefore("9999");
    execute("INSERT INTO consultations(id, slug, state, title, created_at, idempotency_key) VALUES (1, 'a', 'open', "
            "'A', 1, 'a');"
            "INSERT INTO parties(id, consultation_id, name, role, language) VALUES (1, 1, 'P', 'consulted', 'da');");
    const auto insert = [&](const std::string& kind, const std::string& channel, const std::string& n) {
        execute("INSERT INTO responses(consultation_id, party_id, version, kind, channel, late, received_at, receipt, "
                "checksum, "
                "idempotency_key, text) VALUES (1, 1, " +
                n + ", '" + kind + "', '" + channel + "', 0, 1, 'R" + n + "', '', 'k" + n + "', '')");
    };
    int version = 0;
    for (const std::string kind : {"remarks", "no_remarks", "declined"})
        for (const std::string channel : {"online", "mail", "letter", "meeting"})
            insert(kind, channel, std::to_string(++version));
    EXPECT_THROW(insert("praise", "online", "90"), ConstraintFailed);
    EXPECT_THROW(insert("remarks", "pigeon", "91"), ConstraintFailed);
    EXPECT_THROW(insert("remarks", "online", "1"), ConstraintFailed); // a version twice
    EXPECT_THROW(execute("UPDATE responses SET text = 'Andre ord'"), ConstraintFailed);
    EXPECT_THROW(execute("DELETE FROM responses"), ConstraintFailed);
    // No table is built for the time of one insertion (see 0011).
    EXPECT_THAT(all("EXPLAIN INSERT INTO responses VALUES (9, 1, 1, 9, 'remarks', 'online', 0, 1, NULL, '', '', '', "
                    "NULL, NULL, '')",
                    1),
                AllOf(Contains("Insert"), Not(Contains("OpenEphemeral"))));
}

} // namespace
} // namespace hoering::sqlite
