// The example, and that it stays whole: verified, backed up, restored; and every kind of damage is found.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <memory>
#include <regex>

#include <nlohmann/json.hpp>

#include "cli/program.h"
#include "common/id.h"
#include "support/world.h"
#include "usecases/withdraw_response.h"

namespace hoering::testing {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::HasSubstr;

/// What a person with the file and no scruples can do.
void tamper(const fs::path& data, const std::string& sql) {
    sqlite3* raw = nullptr;
    ASSERT_EQ(sqlite3_open((data / "hoering.sqlite3").c_str(), &raw), SQLITE_OK);
    const std::unique_ptr<sqlite3, decltype(&sqlite3_close)> database(raw, sqlite3_close);
    char* why = nullptr;
    ASSERT_EQ(sqlite3_exec(raw, sql.c_str(), nullptr, nullptr, &why), SQLITE_OK) << (why ? why : "");
}

std::string valueOf(const fs::path& data, const std::string& sql) {
    sqlite3* raw = nullptr;
    sqlite3_open((data / "hoering.sqlite3").c_str(), &raw);
    const std::unique_ptr<sqlite3, decltype(&sqlite3_close)> database(raw, sqlite3_close);
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_prepare_v2(raw, sql.c_str(), -1, &statement, nullptr) != SQLITE_OK) return sqlite3_errmsg(raw);
    std::string value;
    if (sqlite3_step(statement) == SQLITE_ROW) value = reinterpret_cast<const char*>(sqlite3_column_text(statement, 0));
    sqlite3_finalize(statement);
    return value;
}

void flipByte(const fs::path& file) {
    std::string bytes = readFile(file);
    ASSERT_FALSE(bytes.empty());
    bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 1);
    writeFile(file, bytes);
}

fs::path someBlob(const fs::path& data) {
    for (const auto& entry : fs::recursive_directory_iterator(data / "files"))
        if (entry.is_regular_file()) return entry.path();
    return {};
}

std::string headOf(const std::string& output) {
    std::smatch match;
    return std::regex_search(output, match, std::regex("head: +([0-9a-f]{64})")) ? match[1].str() : "";
}

/// One example for all tests; each works on a copy.
class Whole : public ::testing::Test {
  protected:
    static void SetUpTestSuite() {
        kept = std::make_unique<TempFolder>();
        made = run({"demo", "--data", (kept->path() / "data").string(), "--port", "8123"});
    }
    static void TearDownTestSuite() { kept.reset(); }
    void SetUp() override {
        ASSERT_EQ(made.code, 0) << made.err;
        fs::copy(kept->path() / "data", data, fs::copy_options::recursive);
    }
    std::string at() const { return data.string(); }

    static std::unique_ptr<TempFolder> kept;
    static Ran made;
    TempFolder folder;
    const fs::path data = folder.path() / "data", copy = folder.path() / "copy", second = folder.path() / "second";
};
std::unique_ptr<TempFolder> Whole::kept;
Ran Whole::made;

TEST_F(Whole, TheExampleIsInTheMiddleOfItsLife) {
    const auto proof = run({"verify", "--data", at()});
    EXPECT_EQ(proof.code, 0) << proof.err;
    EXPECT_THAT(proof.out, AllOf(HasSubstr("responses: 7\n"), HasSubstr("All is whole")));
    EXPECT_EQ(headOf(proof.out), valueOf(data, "SELECT hash FROM journal ORDER BY id DESC LIMIT 1"));
    EXPECT_EQ(valueOf(data, "SELECT group_concat(state, ' ') FROM (SELECT state FROM consultations ORDER BY id)"),
              "closed open draft");
    EXPECT_EQ(valueOf(data, "SELECT count(*) FROM letters WHERE state <> 'accepted'"), "0");
    EXPECT_EQ(
        valueOf(data,
                "SELECT count(*) FROM reminders WHERE state = 'planned' AND due_at <= (SELECT max(at) FROM journal)"),
        "0");
    EXPECT_NE(valueOf(data, "SELECT count(*) FROM reminders WHERE state = 'planned'"), "0");
    EXPECT_EQ(valueOf(data, "SELECT max(version) FROM responses"), "2"); // a correction
    EXPECT_EQ(valueOf(data, "SELECT count(*) FROM drafts"), "1");
    EXPECT_EQ(valueOf(data, "SELECT count(*) FROM letters WHERE to_mail NOT LIKE '%.example'"), "0");
    std::size_t mails = 0;
    for (const auto& entry : fs::directory_iterator(data / "mail")) mails += entry.path().extension() == ".eml";
    EXPECT_EQ(std::to_string(mails), valueOf(data, "SELECT count(*) FROM letters"));
    EXPECT_THAT(readFile(data / "mail" / "000001-invitation.eml"), HasSubstr("http://localhost:8123/svar/"));
}

TEST_F(Whole, TheServiceSaysHowToGetIn) {
    Service service(data);
    service.stop();
    const std::string said = readFile(folder.path() / "service.log");
    std::smatch url;
    const std::string line = service.firstLine();
    ASSERT_TRUE(std::regex_search(line, url, std::regex("\"public_url\":\"([^\"]+)\"")));
    EXPECT_THAT(said, AllOf(HasSubstr(url[1].str() + "/kontor\n"), HasSubstr("demo@ishoj.example"),
                            HasSubstr(url[1].str() + "/svar/"), HasSubstr(url[1].str() + "/hoering/")));
}

TEST_F(Whole, TheExampleNeedsAFolderOfItsOwn) {
    const auto ran = run({"demo", "--data", at()});
    EXPECT_EQ(ran.code, 1);
    EXPECT_THAT(ran.err, HasSubstr("is not empty"));
}

TEST_F(Whole, ABackupOfAStoppedServiceIsRestoredWhole) {
    const std::string head = valueOf(data, "SELECT hash FROM journal ORDER BY id DESC LIMIT 1");
    const auto backup = run({"backup", "--data", at(), copy.string() + "/"});
    ASSERT_EQ(backup.code, 0) << backup.err;
    EXPECT_THAT(backup.err, HasSubstr("copying the database"));
    EXPECT_FALSE(fs::exists(copy.string() + ".partial"));
    EXPECT_EQ(fs::status(copy / "secret.key").permissions(), fs::perms(0600));
    const auto manifest = nlohmann::json::parse(readFile(copy / "manifest.json"));
    EXPECT_EQ(manifest.at("journal").at("head"), head);
    EXPECT_EQ(valueOf(data, "SELECT act || ' ' || actor_name FROM journal WHERE prev_hash = '" + head + "'"),
              "backup.made backup");
    EXPECT_THAT(valueOf(data, "SELECT details FROM journal ORDER BY id DESC LIMIT 1"), HasSubstr(copy.string()));
    EXPECT_EQ(run({"backup", "--data", at(), copy.string()}).code, 1); // never over another one

    const auto restored = run({"restore", copy.string(), "--data", second.string()});
    EXPECT_EQ(restored.code, 0) << restored.err;
    EXPECT_EQ(headOf(restored.out), manifest.at("journal").at("head").get<std::string>());
    EXPECT_EQ(run({"verify", "--data", second.string()}).code, 0);
    EXPECT_EQ(readFile(second / "secret.key"), readFile(data / "secret.key"));
    EXPECT_EQ(readFile(second / "hoering.toml"), readFile(data / "hoering.toml"));
    EXPECT_EQ(run({"restore", copy.string(), "--data", second.string()}).code, 1); // not into a full folder
    Service again(second);
    EXPECT_EQ(again.stop(), 0);
}

TEST_F(Whole, ABackupOfARunningServiceIsRestoredWhole) {
    Service service(data);
    const auto backup = run({"backup", "--data", at(), copy.string()});
    ASSERT_EQ(backup.code, 0) << backup.err;
    EXPECT_EQ(run({"verify", "--data", at()}).code, 0); // while it runs
    EXPECT_EQ(service.stop(), 0);
    EXPECT_EQ(run({"restore", copy.string(), "--data", second.string()}).code, 0);
}

TEST_F(Whole, ADamagedBackupIsNotRestored) {
    ASSERT_EQ(run({"backup", "--data", at(), copy.string()}).code, 0);
    flipByte(someBlob(copy));
    const auto ran = run({"restore", copy.string(), "--data", second.string()});
    EXPECT_EQ(ran.code, 1);
    EXPECT_THAT(ran.err, AllOf(HasSubstr("is not as the manifest says"), HasSubstr("nothing was restored")));
    EXPECT_TRUE(fs::is_empty(second));
    EXPECT_EQ(run({"restore", data.string(), "--data", second.string()}).code, 1); // no backup at all
}

TEST_F(Whole, AManifestMayNotNameFilesOutside) {
    ASSERT_EQ(run({"backup", "--data", at(), copy.string()}).code, 0);
    auto manifest = nlohmann::json::parse(readFile(copy / "manifest.json"));
    manifest["files"][1]["path"] = "../outside";
    writeFile(copy / "manifest.json", manifest.dump());
    const auto ran = run({"restore", copy.string(), "--data", second.string()});
    EXPECT_EQ(ran.code, 1);
    EXPECT_THAT(ran.err, HasSubstr("outside the folder"));
    EXPECT_FALSE(fs::exists(folder.path() / "outside"));
}

TEST_F(Whole, ABackupOfDamagedDataSaysSoAndIsMadeAllTheSame) {
    flipByte(someBlob(data));
    const auto ran = run({"backup", "--data", at(), copy.string()});
    EXPECT_EQ(ran.code, 1);
    EXPECT_THAT(ran.err, AllOf(HasSubstr("is damaged"), HasSubstr("run hoering verify")));
    EXPECT_TRUE(fs::exists(copy / "manifest.json"));
    const auto restored = run({"restore", copy.string(), "--data", second.string()});
    EXPECT_EQ(restored.code, 1);
    EXPECT_THAT(restored.err, HasSubstr("damaged already"));
    EXPECT_TRUE(fs::exists(second / "hoering.sqlite3"));
}

/// One way to damage the data, and the words verify finds for it.
struct Damage {
    const char* name;
    std::string sql, words;
    friend void PrintTo(const Damage& damage, std::ostream* out) { *out << damage.name; }
};
class Damaged : public Whole, public ::testing::WithParamInterface<Damage> {};

TEST_P(Damaged, IsFound) {
    tamper(data,
           "DROP TRIGGER journal_is_append_only; DROP TRIGGER journal_stays; DROP TRIGGER responses_are_immutable;"
           "DROP TRIGGER responses_stay;" +
               GetParam().sql);
    const auto ran = run({"verify", "--data", at()});
    EXPECT_EQ(ran.code, 1) << ran.out;
    EXPECT_THAT(ran.err, HasSubstr(GetParam().words));
}

INSTANTIATE_TEST_SUITE_P(
    Each, Damaged,
    ::testing::Values(
        Damage{"JournalEntryChanged", "UPDATE journal SET actor_name = 'Anna Holm' WHERE id = 9;",
               "Journal entry 9: its contents do not fit"},
        Damage{"JournalEntryGone", "DELETE FROM journal WHERE id = 12;", "entry 12 is missing"},
        Damage{"ResponseChanged", "UPDATE responses SET text = replace(text, 'model 1', 'model 2');",
               "do not fit its checksum"},
        Damage{"ResponseAndChecksumChanged", "UPDATE responses SET text = 'x', checksum = 'y' WHERE id = 2;",
               "its checksum is not the one in the journal"},
        Damage{"AnswerGivenToAnotherParty", "UPDATE responses SET party_id = 5, version = 9 WHERE id = 2;",
               "its party is not the one in the journal"},
        Damage{"VersionChanged", "UPDATE responses SET version = 9 WHERE id = 2;",
               "its version is not the one in the journal (there: 1, here: 9)"},
        Damage{"AnswerMadeLate", "UPDATE responses SET late = 1 WHERE id = 2;",
               "its late is not the one in the journal (there: false, here: true)"},
        Damage{"AnswerOfAnotherConsultation", "UPDATE responses SET consultation_id = 3 WHERE id = 2;",
               "its consultation is not the one in the journal"},
        Damage{"KindAndChecksumChanged", "UPDATE responses SET kind = 'declined' WHERE id = 2;",
               "its kind is not the one in the journal"},
        Damage{"ChannelChanged", "UPDATE responses SET channel = 'meeting' WHERE id = 2;",
               "its channel is not the one in the journal"},
        Damage{"RegistrarMadeUp", "UPDATE responses SET registered_by = 1, registered_at = 1 WHERE id = 2;",
               "its registrar is not the one in the journal"},
        Damage{"FileOfAnAnswerGone", "DELETE FROM response_files;", "its files is not the one in the journal"},
        Damage{"GuardsGone", "", "The schema: The trigger responses_are_immutable is missing."},
        Damage{"GuardReplaced", "CREATE TRIGGER journal_stays BEFORE DELETE ON journal BEGIN SELECT 1; END;",
               "The schema: The trigger journal_stays is not as this program makes it."},
        Damage{"ResponseGone", "DELETE FROM response_files WHERE response_id = 4; DELETE FROM responses WHERE id = 4;",
               "is in the journal, but not stored"},
        Damage{"LinkOfAnotherKey", "UPDATE links SET nonce = 'another' WHERE id = 1;", "1 of 8 personal links"},
        Damage{"SizeChanged", "UPDATE files SET size = size + 1 WHERE id = 1;", " bytes, not "},
        Damage{"RowWithoutParent", "UPDATE contacts SET party_id = 999 WHERE id = 1;",
               "points to a missing row of parties"}),
    [](const auto& each) { return std::string(each.param.name); });

/// Withdrawals: an answer that was taken back, and one that stands.
struct Withdrawn : ::testing::Test {
    World world;
    const std::int64_t consultation = world.usualConsultation();

    Withdrawn() {
        writeFile(world.folder.path() / "secret.key", std::string(32, 'k'));
        for (const std::size_t party : {0, 1}) EXPECT_TRUE(world.submit(consultation, party).ok());
        const auto visit = world.visit(consultation);
        world.database.write([&](sqlite::Tx& tx) {
            EXPECT_TRUE(
                withdrawResponse(tx, world.office, visit, {1, "Ikke godkendt.", newKey(), world.now().instant}).ok());
        });
    }
    Ran verify() { return run({"verify", "--data", world.folder.path().string()}); }
    void damage(const std::string& sql) {
        tamper(world.folder.path(), "DROP TRIGGER withdrawals_are_immutable; DROP TRIGGER withdrawals_stay;" + sql);
    }
};

TEST_F(Withdrawn, IsWhole) { EXPECT_THAT(verify().out, HasSubstr("All is whole")); }

TEST_F(Withdrawn, IsMissedWhenItsRowIsGone) {
    damage("DELETE FROM withdrawals");
    EXPECT_THAT(verify().err,
                AllOf(HasSubstr("The withdrawal with receipt "), HasSubstr(" is in the journal, but not stored"),
                      HasSubstr("The trigger withdrawals_stay is missing")));
}

TEST_F(Withdrawn, IsSeenWhenItWasMadeUp) {
    damage(
        "INSERT INTO withdrawals(response_id, withdrawn_at, channel, reason, receipt, idempotency_key, withdrawn_by) "
        "VALUES (2, 1, 'online', '', 'XXXX-XXXX-XXXX', 'x', 2)");
    EXPECT_THAT(verify().err,
                HasSubstr("The withdrawal of response 2 (receipt XXXX-XXXX-XXXX): the journal does not know it"));
}

TEST_F(Withdrawn, IsSeenWhenItSaysAnotherThing) {
    damage(
        "UPDATE withdrawals SET response_id = 2, reason = 'Trukket under pres.', withdrawn_at = withdrawn_at + 1000");
    EXPECT_THAT(verify().err, AllOf(HasSubstr("its party is not the one in the journal"),
                                    HasSubstr("its withdrawn is not the one in the journal"),
                                    HasSubstr("its received is not the one in the journal"),
                                    HasSubstr("its checksum is not the one in the journal")));
}

TEST_F(Whole, AHeadKeptElsewhereShowsThatTheEndWasNotCutOff) {
    const std::string before = valueOf(data, "SELECT hash FROM journal WHERE id = 20");
    const std::string head = headOf(run({"verify", "--data", at()}).out);
    std::string shouted = before;
    for (char& c : shouted) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    for (const auto& asked : {before, shouted}) {
        const auto ran = run({"verify", "--data", at(), "--head", asked});
        EXPECT_EQ(ran.code, 0) << ran.err;
        EXPECT_THAT(ran.out, HasSubstr("is that of entry 20: nothing up to it was changed or cut off"));
    }
    EXPECT_EQ(run({"verify", "--data", at(), "--head", head}).code, 0);
    EXPECT_EQ(run({"verify", "--data", at(), "--head", "abc"}).code, 2);
    EXPECT_THAT(run({"verify", "--help"}).out, HasSubstr("--head"));

    const std::string guard = valueOf(data, "SELECT sql FROM sqlite_master WHERE name = 'journal_stays'");
    tamper(data, "DROP TRIGGER journal_stays; DELETE FROM journal WHERE id = (SELECT max(id) FROM journal);" + guard);
    EXPECT_EQ(run({"verify", "--data", at()}).code, 0); // by itself nobody can see it
    const auto ran = run({"verify", "--data", at(), "--head", head});
    EXPECT_EQ(ran.code, 1);
    EXPECT_THAT(ran.err, HasSubstr("The journal does not hold the head " + head));
    EXPECT_EQ(run({"verify", "--data", at(), "--head", before}).code, 0);
}

TEST_F(Whole, AFlippedByteInAFileIsFound) {
    const auto blob = someBlob(data);
    flipByte(blob);
    const auto ran = run({"verify", "--data", at()});
    EXPECT_EQ(ran.code, 1);
    EXPECT_THAT(ran.err, AllOf(HasSubstr("is damaged: its bytes do not fit"), HasSubstr(blob.filename().string())));
    fs::remove(blob);
    EXPECT_THAT(run({"verify", "--data", at()}).err, HasSubstr("is missing"));
}

TEST_F(Whole, ADatabaseFullOfNonsenseIsToldOfAndNoCrash) {
    std::string bytes = readFile(data / "hoering.sqlite3");
    for (std::size_t i = 8192; i < bytes.size(); i += 97) bytes[i] = static_cast<char>(bytes[i] ^ 0x55);
    writeFile(data / "hoering.sqlite3", bytes);
    const auto ran = run({"verify", "--data", at()});
    EXPECT_EQ(ran.code, 1);
    EXPECT_THAT(ran.err, HasSubstr("wrong: "));
    EXPECT_EQ(run({"doctor", "--data", at()}).code, 1);
}

} // namespace
} // namespace hoering::testing
