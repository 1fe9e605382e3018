// hoering bounce as a mail server calls it: with a service on the folder and without, and what it says by its exit
// code.
#include <gmock/gmock.h>
#include <sqlite3.h>
#include <sysexits.h>

#include <memory>

#include "cli/program.h"
#include "common/strings.h"
#include "support/world.h"

namespace hoering::testing {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

std::string valueOf(const fs::path& data, const std::string& sql) {
    sqlite3* raw = nullptr;
    sqlite3_open_v2((data / "hoering.sqlite3").c_str(), &raw, SQLITE_OPEN_READONLY, nullptr);
    const std::unique_ptr<sqlite3, decltype(&sqlite3_close)> database(raw, sqlite3_close);
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_prepare_v2(raw, sql.c_str(), -1, &statement, nullptr) != SQLITE_OK) return sqlite3_errmsg(raw);
    std::string value;
    if (sqlite3_step(statement) == SQLITE_ROW)
        if (const auto* text = sqlite3_column_text(statement, 0)) value = reinterpret_cast<const char*>(text);
    sqlite3_finalize(statement);
    return value;
}

class BounceCommand : public ::testing::Test {
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
    /// A report of the corpus about the n-th letter of the example.
    fs::path report(const std::string& name, int letter) {
        std::string mail = readFile(std::string(HOERING_SOURCE_DIR) + "/tests/bounces/corpus/" + name + ".eml");
        const std::string id = valueOf(data, "SELECT message_id FROM letters WHERE id = " + std::to_string(letter));
        EXPECT_THAT(id, HasSubstr("@"));
        const fs::path file = folder.path() / (name + std::to_string(letter) + ".eml");
        writeFile(file, replaceAll(mail, "00112233445566778899aabbccddeeff@hoering.example", id));
        return file;
    }
    Ran bounce(const fs::path& file) { return run({"bounce", "--data", data.string(), file.string()}); }
    Ran piped(const fs::path& file) { return run({"bounce", "--data", data.string()}, file); }

    static std::unique_ptr<TempFolder> kept;
    static Ran made;
    TempFolder folder;
    const fs::path data = folder.path() / "data";
};
std::unique_ptr<TempFolder> BounceCommand::kept;
Ran BounceCommand::made;

TEST_F(BounceCommand, MarksTheLetterWithAndWithoutAService) {
    const auto secretive = folder.path() / "secretive.toml";
    writeFile(secretive,
              "[mail]\nmode = \"smtp\"\nhost = \"mail.example.dk\"\nfrom_address = \"a@b.dk\"\nuser = \"u\"\n");
    const auto first = bounce(report("postfix_unknown_user", 1));
    EXPECT_EQ(first.code, 0) << first.err;
    EXPECT_THAT(first.out, HasSubstr("letter 1 came back (5.1.1)"));
    {
        Service service(data);
        const auto second = piped(report("qmail", 2));
        EXPECT_EQ(second.code, 0) << second.err;
        EXPECT_THAT(second.out, HasSubstr("letter 2 came back (5.1.1)"));
        EXPECT_THAT(piped(report("qmail", 2)).out, HasSubstr("was taken in before"));
        // The pipe has not the service's environment, where its password may be.
        EXPECT_EQ(run({"bounce", "--data", data.string(), "--config", secretive.string()}, report("qmail", 2)).code, 0);
        EXPECT_THAT(piped(report("postfix_delayed", 3)).out, HasSubstr("letter 3: noted (delayed)"));
        EXPECT_EQ(service.stop(), 0);
    }
    EXPECT_EQ(
        valueOf(data, "SELECT group_concat(id) FROM (SELECT id FROM letters WHERE bounced_at IS NOT NULL ORDER BY id)"),
        "1,2");
    EXPECT_EQ(valueOf(data, "SELECT count(*) FROM journal WHERE act = 'letter.bounced'"), "2");
    EXPECT_EQ(valueOf(data, "SELECT count(*) FROM bounces"), "3");
    EXPECT_EQ(run({"verify", "--data", data.string()}).code, 0);
}

TEST_F(BounceCommand, KeepsWhatFitsNoLetterAndNothingOfAutomaticReplies) {
    EXPECT_THAT(bounce(report("nothing_returned", 1)).out, HasSubstr("fits no letter"));
    const auto away = bounce(report("out_of_office_exchange", 1));
    EXPECT_EQ(away.code, 0);
    EXPECT_THAT(away.out, HasSubstr("automatic reply"));
    EXPECT_EQ(valueOf(data, "SELECT count(*) FROM bounces WHERE letter_id IS NULL"), "1");
    EXPECT_EQ(valueOf(data, "SELECT count(*) FROM bounces"), "1");
}

TEST_F(BounceCommand, SaysByItsExitCodeWhetherToTryAgain) {
    const auto person = bounce(report("person", 1));
    EXPECT_EQ(person.code, EX_DATAERR);
    EXPECT_THAT(person.err, HasSubstr("this is no returned mail"));
    writeFile(folder.path() / "empty", "");
    EXPECT_EQ(piped(folder.path() / "empty").code, EX_DATAERR);
    writeFile(folder.path() / "large",
              "From: MAILER-DAEMON@x\nSubject: Undelivered\n\n" + std::string(10 * 1024 * 1024, 'a'));
    const auto large = piped(folder.path() / "large");
    EXPECT_EQ(large.code, EX_DATAERR);
    EXPECT_THAT(large.err, HasSubstr("10 MB"));
    EXPECT_EQ(bounce(folder.path() / "no-such-file").code, EX_NOINPUT);
    // What an operator mends, the mail server waits for.
    const auto mail = report("qmail", 1);
    const auto nowhere = run({"bounce", "--data", (folder.path() / "nowhere").string(), mail.string()});
    EXPECT_EQ(nowhere.code, EX_TEMPFAIL);
    EXPECT_THAT(nowhere.err, HasSubstr("there is no database"));
    writeFile(data / "hoering.toml", "[mail]\ncolour = 1\n");
    EXPECT_EQ(bounce(mail).code, EX_TEMPFAIL);
    fs::remove(data / "hoering.toml");
    EXPECT_EQ(bounce(mail).code, 0);
    EXPECT_EQ(run({"bounce", "--data", data.string(), "--config", "/no/such/file.toml"}, mail).code, EX_TEMPFAIL);
}

} // namespace
} // namespace hoering::testing
