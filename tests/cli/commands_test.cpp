// The commands as an operator sees them: exit codes, sentences, with a service on the folder and without.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cli/program.h"
#include "support/world.h"

namespace hoering::testing {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::MatchesRegex;
using ::testing::Not;

class Commands : public ::testing::Test {
  protected:
    TempFolder folder;
    const fs::path data = folder.path() / "data";
    std::string at() const { return data.string(); }
    /// A folder that has been served once and is stopped.
    void servedOnce() {
        Service service(data);
        EXPECT_EQ(service.stop(), 0);
    }
};

TEST_F(Commands, WrongFlagsAreTwo) {
    EXPECT_EQ(run({}).code, 2);
    EXPECT_EQ(run({"serve", "--colour", "red"}).code, 2);
    EXPECT_EQ(run({"user", "add", "--email", "a@b.example", "--name", "A", "--role", "king"}).code, 2);
    EXPECT_EQ(run({"--version"}).code, 0);
}

TEST_F(Commands, EveryMistakeInTheSettingsIsNamedWithItsLine) {
    writeFile(folder.path() / "wrong.toml", "[server]\nport = 99999\ncolour = 1\n\n[mail]\nmode = \"pigeon\"\n");
    for (const std::string command : {"serve", "doctor", "demo"}) {
        const auto ran = run({command, "--data", at(), "--config", (folder.path() / "wrong.toml").string()});
        EXPECT_EQ(ran.code, 2) << command;
        EXPECT_THAT(ran.err, AllOf(HasSubstr("wrong.toml:2: server.port"), HasSubstr("wrong.toml:3: server.colour"),
                                   HasSubstr("wrong.toml:6: mail.mode"), HasSubstr("3 problem(s)")))
            << command;
    }
    EXPECT_FALSE(fs::exists(data / "hoering.sqlite3"));
    const auto missing = run({"doctor", "--data", at(), "--config", "/no/such/file.toml"});
    EXPECT_EQ(missing.code, 2);
    EXPECT_THAT(missing.err, HasSubstr("cannot read /no/such/file.toml"));
}

TEST_F(Commands, NothingIsAddedToAFolderThatIsNoDataFolder) {
    const auto ran = run({"user", "add", "--data", at(), "--email", "a@b.example", "--name", "A"});
    EXPECT_EQ(ran.code, 1);
    EXPECT_THAT(ran.err, HasSubstr("there is no database in"));
    EXPECT_FALSE(fs::exists(data));
}

TEST_F(Commands, AUserIsAddedToAStoppedServicesFolder) {
    servedOnce();
    const auto ran = run(
        {"user", "add", "--data", at(), "--email", "anne@ishoj.example", "--name", "Anne", "--role", "administrator"});
    EXPECT_EQ(ran.code, 0) << ran.err;
    EXPECT_THAT(ran.out, HasSubstr("http://localhost:8080/kontor/adgang/"));
    const auto again = run({"user", "add", "--data", at(), "--email", "ANNE@ishoj.example", "--name", "Anne"});
    EXPECT_EQ(again.code, 1);
    EXPECT_THAT(again.err, HasSubstr("hoering: email: "));
    EXPECT_EQ(again.out, "");
    EXPECT_EQ(run({"token", "create", "--data", at(), "--email", "anne@ishoj.example"}).code, 0);
    EXPECT_EQ(run({"token", "create", "--data", at(), "--email", "bo@ishoj.example"}).code, 1);
    const auto first = run({"token", "create", "--data", at()});
    EXPECT_EQ(first.code, 1);
    EXPECT_THAT(first.err, HasSubstr("--email"));
}

TEST_F(Commands, AUserIsAddedThroughTheRunningService) {
    Service service(data);
    const auto ran = run({"user", "add", "--data", at(), "--email", "bo@ishoj.example", "--name", "Bo"});
    EXPECT_EQ(ran.code, 0) << ran.err;
    // The link is the running service's own, port and all.
    const auto from = service.firstLine().find("http://localhost:");
    ASSERT_NE(from, std::string::npos) << service.firstLine();
    const std::string url = service.firstLine().substr(from, service.firstLine().find('"', from) - from);
    EXPECT_THAT(ran.out, HasSubstr(url + "/kontor/adgang/"));
    for (const auto& entry : fs::directory_iterator(data))
        EXPECT_THAT(entry.path().filename().string(), Not(MatchesRegex("(request|answer|progress)-.*")));
    EXPECT_EQ(service.stop(), 0);
    EXPECT_EQ(run({"verify", "--data", at()}).code, 0);
}

TEST_F(Commands, AUsersSecondStepIsResetOnlyWhereThereIsOne) {
    EXPECT_EQ(run({"user", "reset-two-steps", "--data", at()}).code, 2) << "whose?";
    servedOnce();
    run({"user", "add", "--data", at(), "--email", "anne@ishoj.example", "--name", "Anne"});
    const auto reset = [&](const std::string& email) {
        return run({"user", "reset-two-steps", "--data", at(), "--email", email});
    };
    const auto unknown = reset("bo@ishoj.example");
    EXPECT_EQ(unknown.code, 1);
    EXPECT_THAT(unknown.err, HasSubstr("there is no user with the address bo@ishoj.example"));
    const auto none = reset("anne@ishoj.example");
    EXPECT_EQ(none.code, 1);
    EXPECT_THAT(none.err, HasSubstr("has not turned on two-step sign-in"));
    {
        ManualClock clock{fromMillis(1)};
        sqlite::Database database({data}, clock);
        database.write([](sqlite::Tx& tx) {
            tx.sql("INSERT INTO second_steps(user_id, nonce, since) SELECT id, 'nonce', 1 FROM users").run();
            tx.housekeeping("test");
        });
    }
    const auto done = reset("ANNE@ishoj.example");
    EXPECT_EQ(done.code, 0) << done.err;
    EXPECT_THAT(done.out, HasSubstr("Anne signs in with the password alone"));
    EXPECT_EQ(reset("anne@ishoj.example").code, 1);
    EXPECT_EQ(run({"verify", "--data", at()}).code, 0);
}

TEST_F(Commands, ASecondProcessIsRefusedAndToldWhoHasTheFolder) {
    Service service(data);
    const auto ran = run({"serve", "--data", at(), "--port", "0"});
    EXPECT_EQ(ran.code, 1);
    EXPECT_THAT(ran.err, AllOf(HasSubstr("is in use by process " + std::to_string(service.pid())),
                               HasSubstr("stop that one first")));
    EXPECT_EQ(ran.out, "");
}

TEST_F(Commands, TheDoctorNamesWhatIsWrongAndFails) {
    servedOnce();
    const auto well = run({"doctor", "--data", at()});
    EXPECT_EQ(well.code, 0) << well.out << well.err;
    EXPECT_THAT(well.out, AllOf(HasSubstr("ok   time zone"), HasSubstr("ok   documents"), HasSubstr("ok   bounces"),
                                HasSubstr("ok   pdftotext"), HasSubstr("nobody has the folder"),
                                HasSubstr("warn public_url"), HasSubstr("warn mail")));

    fs::permissions(data, fs::perms(0755));
    fs::resize_file(data / "secret.key", 5);
    writeFile(data / "hoering.toml",
              "[server]\npublic_url = \"http://localhost:8080\"\n[mail]\nmode = \"smtp\"\n"
              "host = \"127.0.0.1\"\nport = 1\ntls = \"none\"\nfrom_address = \"a@ishoj.example\"\n");
    const auto ill = run({"doctor", "--data", at()});
    EXPECT_EQ(ill.code, 1);
    EXPECT_THAT(ill.out, AllOf(HasSubstr("FAIL data folder"), HasSubstr("FAIL key"), HasSubstr("FAIL public_url"),
                               HasSubstr("FAIL mail")));
    EXPECT_THAT(ill.err, HasSubstr("4 thing(s) must be mended"));
}

TEST_F(Commands, TheDoctorSeesTheServiceThatRuns) {
    Service service(data);
    const auto ran = run({"doctor", "--data", at()});
    EXPECT_EQ(ran.code, 0) << ran.out;
    EXPECT_THAT(ran.out, HasSubstr("process " + std::to_string(service.pid()) + " has the folder"));
}

} // namespace
} // namespace hoering::testing
