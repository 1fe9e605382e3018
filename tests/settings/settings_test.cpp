// Reading the operator's file: values, every problem at once, secrets, and that example.toml tells the truth.
#include "settings.h"

#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <sstream>

namespace hoering {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

Environment environmentOf(std::map<std::string, std::string> variables) {
    return [variables = std::move(variables)](const char* name) -> std::optional<std::string> {
        const auto found = variables.find(name);
        return found == variables.end() ? std::nullopt : std::optional(found->second);
    };
}

Settings read(std::string_view text, std::map<std::string, std::string> variables = {}) {
    auto outcome = readSettings(text, environmentOf(std::move(variables)));
    if (auto* problems = std::get_if<1>(&outcome)) {
        ADD_FAILURE() << describe(*problems, "test.toml");
        return {};
    }
    return std::get<Settings>(std::move(outcome));
}

std::string problemsOf(std::string_view text, std::map<std::string, std::string> variables = {}) {
    const auto outcome = readSettings(text, environmentOf(std::move(variables)));
    const auto* problems = std::get_if<1>(&outcome);
    return problems ? describe(*problems, "t.toml") : "no problem at all";
}

std::string fileText(const std::string& path) {
    std::ifstream in(std::string(HOERING_SOURCE_DIR) + "/" + path);
    std::stringstream text;
    text << in.rdbuf();
    return text.str();
}

TEST(Settings, AnEmptyFileGivesTheDefaults) {
    const auto settings = read("");
    EXPECT_EQ(settings.server.port, 8080);
    EXPECT_EQ(settings.server.urlAt(8123), "http://localhost:8123");
    EXPECT_FALSE(settings.server.https());
    EXPECT_THAT(settings.server.hosts, ElementsAre("localhost", "127.0.0.1", "[::1]"));
    EXPECT_EQ(settings.mail.mode, MailSettings::Mode::folder);
    EXPECT_EQ(settings.mail.helloName, "localhost");
    EXPECT_FALSE(settings.mail.journalNumberInSubject);
    EXPECT_EQ(settings.consultations.defaultReminders.size(), 3u);
}

TEST(Settings, AWholeFileIsRead) {
    const auto settings = read(R"(
[server]
address = "::1"
port = 0
public_url = "https://Hoering.example.dk/"
workers = 4
[municipality]
name = "Ishøj Kommune"
colour = "#1a5c8a"
[mail]
mode = "smtp"
host = "mail.example.dk"
port = 465
tls = "tls"
user = "hoering"
password = "secret"
from_address = "hoering@example.dk"
journal_number_in_subject = true
[consultations]
default_reminders = ["1 workday 08:30"]
[staff]
session_idle_minutes = 15
[log]
level = "warn"
)");
    EXPECT_EQ(settings.server.publicUrl, "https://Hoering.example.dk");
    EXPECT_TRUE(settings.server.https());
    EXPECT_THAT(settings.server.hosts, ElementsAre("hoering.example.dk", "localhost", "127.0.0.1", "[::1]"));
    EXPECT_EQ(settings.mail.helloName, "hoering.example.dk");
    EXPECT_EQ(settings.mail.tls, MailSettings::Tls::tls);
    EXPECT_TRUE(settings.mail.journalNumberInSubject);
    EXPECT_EQ(settings.mail.password, "secret");
    EXPECT_THAT(settings.consultations.defaultReminders,
                ElementsAre(ReminderRule{1, true, std::chrono::minutes{8 * 60 + 30}}));
    EXPECT_EQ(settings.staff.sessionIdle, std::chrono::minutes{15});
    EXPECT_EQ(settings.logLevel, "warn");
}

TEST(Settings, EveryProblemIsToldAtOnceWithItsLine) {
    EXPECT_EQ(problemsOf("[server]\n"
                         "port = \"8080\"\n"
                         "prot = 1\n"
                         "address = \"localhost\"\n"
                         "[municipality]\n"
                         "colour = \"#ffff00\"\n"
                         "name = \" \"\n"
                         "[mial]\n"
                         "mode = \"smtp\"\n"
                         "[uploads]\n"
                         "file_megabytes = 2.5\n"
                         "[consultations]\n"
                         "default_reminders = [\"3 weeks 09:00\"]\n"),
              "t.toml:2: server.port must be a whole number from 0 to 65535\n"
              "t.toml:3: server.prot is not a setting there is\n"
              "t.toml:4: server.address must be an IP address such as 127.0.0.1 or ::1\n"
              "t.toml:6: municipality.colour has too little contrast on white (1.0:1; WCAG asks for at least 4.5:1): "
              "choose a darker colour\n"
              "t.toml:7: municipality.name must not be empty\n"
              "t.toml:8: mial is not a section there is\n"
              "t.toml:11: uploads.file_megabytes must be a whole number from 1 to 1024\n"
              "t.toml:13: consultations.default_reminders must be steps such as \"10 workdays 09:00\" or "
              "\"0 days 08:00\", not \"3 weeks 09:00\"\n");
}

TEST(Settings, BrokenTomlNamesItsLine) {
    EXPECT_THAT(problemsOf("[server]\nport = = 1\n"), HasSubstr("t.toml:2: "));
    EXPECT_THAT(problemsOf("server = 1\n"), HasSubstr("t.toml:1: server must be a section: [server]"));
    EXPECT_THAT(problemsOf("\"a\\nb\" = 1\n"), HasSubstr("is not a setting there is"));
}

TEST(Settings, SettingsThatContradictEachOtherAreRefused) {
    EXPECT_THAT(problemsOf("[mail]\nmode = \"smtp\"\nfrom_address = \"a@b.dk\"\n"), HasSubstr("mail.host must be set"));
    EXPECT_THAT(problemsOf("[mail]\nmode = \"smtp\"\nhost = \"mail.example.dk\"\nfrom_address = \"a@b.dk\"\n"
                           "tls = \"none\"\n"),
                HasSubstr("t.toml:5: mail.tls must not be \"none\""));
    EXPECT_EQ(
        read("[mail]\nmode = \"smtp\"\nhost = \"127.0.0.1\"\nfrom_address = \"a@b.dk\"\ntls = \"none\"\n").mail.tls,
        MailSettings::Tls::none);
    EXPECT_THAT(problemsOf("[mail]\nmode = \"smtp\"\nhost = \"m.dk\"\nfrom_address = \"a@b.dk\"\nuser = \"u\"\n"),
                HasSubstr("mail.password is missing"));
    EXPECT_THAT(problemsOf("[uploads]\nfile_megabytes = 200\n"),
                HasSubstr("uploads.file_megabytes must not be larger"));
    EXPECT_THAT(problemsOf("[consultations]\nshort_period_days = 60\n"), HasSubstr("short_period_days must not"));
    EXPECT_THAT(problemsOf("[staff]\nsession_hours = 1\nsession_idle_minutes = 61\n"), HasSubstr("must not be longer"));
}

TEST(Settings, APublicAddressInClearIsRefusedButForThisMachine) {
    EXPECT_THAT(problemsOf("[server]\npublic_url = \"http://hoering.example.dk\"\n"), HasSubstr("https://"));
    for (const char* bad : {"https://", "hoering.example.dk", "https://a.dk/path", "https://u@a.dk", "https://a.dk:x",
                            "https://a.dk?x", "ftp://a.dk"})
        EXPECT_THAT(problemsOf("[server]\npublic_url = \"" + std::string(bad) + "\"\n"),
                    HasSubstr("public_url must be"))
            << bad;
    EXPECT_EQ(read("[server]\npublic_url = \"http://127.0.0.1:9000\"\n").server.urlAt(1), "http://127.0.0.1:9000");
}

TEST(Settings, MailAddressesThatCouldInjectAreRefused) {
    for (const char* bad : {"a", "@b", "a@", "a@b@c", "a b@c", "<a@b>", "a@b\\r\\nRCPT TO:c@d", "a@b,c@d"})
        EXPECT_THAT(problemsOf("[mail]\nfrom_address = \"" + std::string(bad) + "\"\n"), HasSubstr("t.toml:2: "))
            << bad;
    EXPECT_THAT(problemsOf("[mail]\nfrom_name = \"a\\nBcc: b\"\n"), HasSubstr("one line"));
}

TEST(Settings, MailAddressesAreTakenAsAPersonWritesThem) {
    const auto settings = read("[municipality]\ncontact_mail = \"post@rådhus.dk\"\n"
                               "[mail]\nfrom_address = \"hoering@Rådhus.dk\"\n");
    EXPECT_EQ(settings.mail.fromAddress, "hoering@xn--rdhus-mra.dk");
    EXPECT_EQ(settings.municipality.contactMail, "post@xn--rdhus-mra.dk");
    EXPECT_EQ(read("[mail]\nfrom_address = \"hoering@xn--rdhus-mra.dk\"\n").mail.fromAddress,
              "hoering@xn--rdhus-mra.dk");
    EXPECT_THAT(problemsOf("[mail]\nfrom_address = \"høring@kommune.dk\"\n"),
                HasSubstr("t.toml:2: mail.from_address has letters before the @"));
    EXPECT_THAT(problemsOf("[mail]\nfrom_address = \"hoering@råd hus.dk\"\n"),
                HasSubstr("mail.from_address must be one mail address"));
}

TEST(Settings, SecretsComeFromTheEnvironmentOrAFile) {
    EXPECT_EQ(read("[mail]\npassword = \"in file\"\n", {{"HOERING_SMTP_PASSWORD", "in environment"}}).mail.password,
              "in environment");
    EXPECT_EQ(read("", {{"HOERING_METRICS_TOKEN", "m"}}).server.metricsToken, "m");
    const auto path = std::filesystem::path(testing::TempDir()) / "hoering_settings_secret";
    std::ofstream(path) << "pass word\r\nnot this\n";
    const auto line = "password_file = \"" + path.string() + "\"\n";
    EXPECT_EQ(read("[mail]\n" + line).mail.password, "pass word");
    EXPECT_THAT(problemsOf("[mail]\npassword = \"x\"\n" + line), HasSubstr("t.toml:3: mail.password_file and"));
    std::filesystem::remove(path);
    EXPECT_THAT(problemsOf("[mail]\n" + line), HasSubstr("t.toml:2: mail.password_file cannot be read"));
}

TEST(Settings, ReminderRulesAreReadStrictly) {
    EXPECT_EQ(parseReminderRule("10 workdays 09:00"), (ReminderRule{10, true, std::chrono::minutes{540}}));
    EXPECT_EQ(parseReminderRule("0 days 08:00"), (ReminderRule{0, false, std::chrono::minutes{480}}));
    for (const char* bad : {"", "10", "10 workdays", "-1 days 08:00", "366 days 08:00", "1 days 24:00", "1 days 8:60",
                            "1 week 08:00", "1  days 08:00", "1 days 08:00 x"})
        EXPECT_EQ(parseReminderRule(bad), std::nullopt) << bad;
    EXPECT_THAT(
        problemsOf("[consultations]\ndefault_reminders = [\"1 workdays after 09:00\", \"3 days after 08:00\"]\n"),
        HasSubstr("may have one step after the deadline, not more"));
    EXPECT_THAT(problemsOf("[consultations]\ndefault_reminders = [\"0 days after 09:00\"]\n"),
                HasSubstr("must be steps such as"));
    EXPECT_EQ(parseReminderRule("1 workdays after 09:00"), (ReminderRule{1, true, std::chrono::hours{9}, true}));
    EXPECT_THAT(problemsOf("[consultations]\ndefault_reminders = [\"1 days 08:00\", \"1 day 08:00\"]\n"),
                HasSubstr("twice"));
}

TEST(Settings, ContrastFollowsWcag) {
    EXPECT_NEAR(*contrastOnWhite("#000000"), 21.0, 0.01);
    EXPECT_NEAR(*contrastOnWhite("#FFFFFF"), 1.0, 0.01);
    EXPECT_NEAR(*contrastOnWhite("#767676"), 4.54, 0.01); // the lightest grey that passes
    for (const char* bad : {"", "#fff", "767676", "#76767g", "#7676766"})
        EXPECT_EQ(contrastOnWhite(bad), std::nullopt) << bad;
}

/// The keys of a configuration file, read line by line and not by the parser under test.
std::vector<std::string> keysWrittenIn(const std::string& text) {
    std::vector<std::string> keys;
    std::string section;
    std::istringstream lines(text);
    std::smatch match;
    for (std::string line; std::getline(lines, line);) {
        if (std::regex_match(line, match, std::regex(R"(\[(\w+)\])"))) section = match[1];
        if (std::regex_match(line, match, std::regex(R"((\w+) = .*)"))) keys.push_back(section + "." + match[1].str());
    }
    return keys;
}

TEST(ExampleToml, HasEverySettingInOrderAndNoOther) {
    EXPECT_THAT(keysWrittenIn(fileText("config/example.toml")), testing::ElementsAreArray(settingKeys()));
}

TEST(ExampleToml, SaysTheDefaults) {
    const auto example = read(fileText("config/example.toml"));
    const auto defaults = read("");
    const auto flat = [](const Settings& s) {
        std::ostringstream out;
        const auto list = [&](const std::vector<std::string>& texts) {
            for (const auto& text : texts) out << text << ',';
            out << '\n';
        };
        out << s.server.address << '\n' << s.server.port << '\n' << s.server.publicUrl << '\n';
        list(s.server.hosts);
        list(s.server.trustedProxies);
        out << s.server.workers << '\n' << s.server.metricsAddress << '\n' << s.server.metricsPort << '\n';
        out << s.server.metricsToken << '\n' << s.municipality.name << '\n' << s.municipality.colour << '\n';
        out << s.municipality.contactName << '\n' << s.municipality.contactPhone << '\n';
        out << s.municipality.contactMail << '\n' << s.municipality.accessibilityStatementUrl << '\n';
        out << s.municipality.privacyContact << '\n' << static_cast<int>(s.mail.mode) << '\n' << s.mail.host << '\n';
        out << s.mail.port << '\n' << static_cast<int>(s.mail.tls) << '\n' << s.mail.user << '\n';
        out << s.mail.password << '\n' << s.mail.fromName << '\n' << s.mail.fromAddress << '\n' << s.mail.caFile;
        out << '\n' << s.mail.helloName << '\n' << s.mail.sessions << '\n' << s.mail.ratePerMinute << '\n';
        out << s.mail.ratePerDomainPerMinute << '\n' << s.mail.checkDomains << '\n' << s.mail.nameServer;
        out << '\n'
            << s.mail.journalNumberInSubject << '\n'
            << s.uploads.fileMegabytes << '\n'
            << s.uploads.filesPerAnswer;
        out << '\n' << s.uploads.totalMegabytes << '\n' << s.consultations.shortPeriodDays << '\n';
        out << s.consultations.recommendedPeriodDays << '\n';
        for (const auto& rule : s.consultations.defaultReminders)
            out << rule.days << rule.workdays << rule.timeOfDay.count() << ',';
        out << '\n'
            << s.consultations.linkGraceDays << '\n'
            << s.consultations.releaseAbove << '\n'
            << s.consultations.notReachedWorkdays << '\n'
            << s.staff.sessionIdle.count() << '\n';
        out << s.staff.session.count() << '\n' << s.staff.passwordMinLength << '\n';
        out << static_cast<int>(s.staff.twoSteps) << '\n' << s.logLevel << '\n';
        return out.str();
    };
    EXPECT_EQ(flat(example), flat(defaults));
}

TEST(DevToml, IsValid) { EXPECT_EQ(read(fileText("config/dev.toml")).municipality.name, "Ishøj Kommune"); }

} // namespace
} // namespace hoering
