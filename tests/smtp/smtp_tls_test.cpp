// The SMTP postman's TLS and signing in, against npm's smtp-server with certificates made for the run.
#include <gmock/gmock.h>

#include "smtp/mail_servers.h"

namespace hoering::smtp {
namespace {

using ::testing::HasSubstr;

/// Certificates made for this run: one for this machine, one for another name; each its own authority.
class SmtpTls : public ::testing::Test {
  protected:
    static void SetUpTestSuite() {
        folder = new TempFolder;
        make("good", "DNS:localhost,IP:127.0.0.1");
        make("other", "DNS:mail.example.dk");
    }
    static void TearDownTestSuite() {
        delete folder;
        folder = nullptr;
    }
    static void make(const std::string& name, const std::string& names) {
        ChildProcess openssl({"openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
                              "-nodes", "-batch", "-days", "2", "-subj", "/CN=test", "-addext",
                              "subjectAltName=" + names, "-keyout", file(name + ".key"), "-out", file(name + ".crt")});
        int status = 0;
        openssl.readAll(status);
        ASSERT_EQ(status, 0);
    }
    static std::string file(const std::string& name) { return (folder->path() / name).string(); }

    /// Options of a server with TLS and one of the certificates.
    static std::vector<std::string> server(const std::string& tls, const std::string& certificate = "good") {
        return {"--tls", tls, "--key", file(certificate + ".key"), "--cert", file(certificate + ".crt")};
    }
    static SmtpSettings trusting(int port, TlsMode tls, const std::string& certificate = "good") {
        auto settings = settingsFor(port, tls);
        settings.caFile = file(certificate + ".crt");
        return settings;
    }

    static TempFolder* folder;
};
TempFolder* SmtpTls::folder = nullptr;

TEST_F(SmtpTls, BothKindsDeliverEncrypted) {
    const std::pair<const char*, TlsMode> kinds[] = {{"starttls", TlsMode::startTls}, {"tls", TlsMode::tls}};
    for (const auto& [name, mode] : kinds) {
        NodeServer node(server(name));
        for (const char* host : {"127.0.0.1", "localhost"}) {
            auto settings = trusting(node.port, mode);
            settings.host = host;
            const auto delivery = deliver(settings);
            EXPECT_EQ(delivery.outcome, Outcome::sent) << name << " " << delivery.reply;
            EXPECT_EQ(node.message()["secure"], true);
        }
    }
}

TEST_F(SmtpTls, OneConnectionTurnsToTlsAndSignsInOnceForAllItsMails) {
    for (const char* kind : {"starttls", "tls"}) {
        auto options = server(kind);
        options.insert(options.end(), {"--user", "user", "--password", "secret"});
        NodeServer node(options);
        auto settings = trusting(node.port, std::string(kind) == "tls" ? TlsMode::tls : TlsMode::startTls);
        settings.user = "user";
        settings.password = "secret";
        const auto postman = makeSmtpPostman(settings);
        for (int n = 0; n < 3; ++n)
            EXPECT_EQ(postman->deliver({"from@example.dk", "to@example.dk", plainMail, "x"}).outcome, Outcome::sent);
        for (int n = 0; n < 3; ++n) {
            const auto mail = node.message();
            EXPECT_EQ(mail["secure"], true);
            EXPECT_EQ(mail["user"], "user");
        }
        EXPECT_EQ(std::count(node.commands.begin(), node.commands.end(), "AUTH"), 1) << kind;
        EXPECT_EQ(std::count(node.commands.begin(), node.commands.end(), "MAIL"), 3) << kind;
    }
}

TEST_F(SmtpTls, AServerWithoutStartTlsGetsNothing) {
    NodeServer node;
    auto settings = trusting(node.port, TlsMode::startTls);
    settings.user = "user";
    settings.password = "secret";
    const auto delivery = deliver(settings);
    EXPECT_EQ(delivery.outcome, Outcome::tryLater);
    EXPECT_FALSE(delivery.reply.empty());
    const auto commands = node.commandsSoFar(settingsFor(node.port));
    EXPECT_FALSE(commands.empty());
    for (const auto& command : commands)
        EXPECT_TRUE(command == "EHLO" || command == "HELO" || command == "QUIT") << command;
}

TEST_F(SmtpTls, ACertificateNobodyVouchesForIsNotTrusted) {
    for (const char* kind : {"starttls", "tls"}) {
        NodeServer node(server(kind));
        const auto mode = std::string(kind) == "tls" ? TlsMode::tls : TlsMode::startTls;
        for (const auto& settings : {settingsFor(node.port, mode), trusting(node.port, mode, "other")}) {
            const auto delivery = deliver(settings);
            EXPECT_EQ(delivery.outcome, Outcome::tryLater);
            EXPECT_THAT(delivery.reply, HasSubstr("certificate"));
        }
        node.commandsSoFar(trusting(node.port, mode));
        EXPECT_EQ(std::count(node.commands.begin(), node.commands.end(), "MAIL"), 1); // the marker's own
    }
}

TEST_F(SmtpTls, ACertificateForAnotherNameIsNotTrusted) {
    NodeServer node(server("starttls", "other"));
    const auto delivery = deliver(trusting(node.port, TlsMode::startTls, "other"));
    EXPECT_EQ(delivery.outcome, Outcome::tryLater);
    EXPECT_THAT(delivery.reply, HasSubstr("127.0.0.1"));
}

TEST_F(SmtpTls, AMissingAuthorityFileIsTriedLater) {
    NodeServer node(server("starttls"));
    auto settings = trusting(node.port, TlsMode::startTls);
    settings.caFile = file("missing.crt");
    EXPECT_EQ(deliver(settings).outcome, Outcome::tryLater);
}

TEST_F(SmtpTls, SignsInAndAWrongPasswordIsConfiguration) {
    auto options = server("starttls");
    options.insert(options.end(), {"--user", "høring", "--password", "p\u00E5ssword\r\nRSET"});
    NodeServer node(options);
    auto settings = trusting(node.port, TlsMode::startTls);
    settings.user = "høring";
    settings.password = "p\u00E5ssword\r\nRSET";
    EXPECT_EQ(deliver(settings).outcome, Outcome::sent);
    EXPECT_EQ(node.message()["user"], "høring");
    EXPECT_EQ(std::count(node.commands.begin(), node.commands.end(), "RSET"), 0);

    settings.password = "wrong";
    const auto wrong = deliver(settings);
    EXPECT_EQ(wrong.outcome, Outcome::tryLater);
    EXPECT_EQ(wrong.code, 535) << wrong.reply;

    settings.user.clear();
    const auto none = deliver(settings);
    EXPECT_EQ(none.outcome, Outcome::tryLater);
    EXPECT_EQ(none.code, 530) << none.reply;
}

} // namespace
} // namespace hoering::smtp
