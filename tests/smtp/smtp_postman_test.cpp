// The SMTP postman against servers that are other programs: postfix's smtp-sink and npm's smtp-server.
// Not here: TLS and signing in (smtp_tls_test.cpp), starting the servers (mail_servers.h).
#include <map>
#include <thread>

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include "common/strings.h"
#include "smtp/mail_servers.h"
#include "smtp/mime.h"

namespace hoering::smtp {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;

std::string unBase64(const std::string& text) {
    static const std::string digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string out;
    unsigned bits = 0;
    int have = 0;
    for (char c : text) {
        const auto at = digits.find(c);
        if (at == std::string::npos) break;
        bits = bits << 6 | static_cast<unsigned>(at);
        if ((have += 6) >= 8) out += static_cast<char>(bits >> (have -= 8) & 0xFF);
    }
    return out;
}

struct Step {
    const char *option, *stage;
    Outcome outcome;
    int code; // -1: not looked at
};
void PrintTo(const Step& s, std::ostream* out) { *out << s.option << " " << s.stage; }

class SinkAt : public ::testing::TestWithParam<Step> {};

TEST_P(SinkAt, GivesItsOutcome) {
    const auto& step = GetParam();
    Sink sink({step.option, step.stage});
    const auto delivery = deliver(settingsFor(sink.port()));
    EXPECT_EQ(delivery.outcome, step.outcome) << delivery.code << " " << delivery.reply;
    EXPECT_TRUE(step.code < 0 || step.code == delivery.code) << delivery.code << " " << delivery.reply;
    EXPECT_EQ(delivery.server, "127.0.0.1:" + std::to_string(sink.port()));
    EXPECT_FALSE(delivery.reply.empty());
    // Before MAIL nothing was said about this mail: the server as a whole is away.
    const std::string stage = step.stage;
    EXPECT_EQ(delivery.serverAway, step.outcome == Outcome::tryLater && (stage == "CONNECT" || stage == "EHLO"));
}

INSTANTIATE_TEST_SUITE_P(
    EveryStage, SinkAt,
    ::testing::Values(
        // a hard no: before MAIL it is no verdict on the recipient; a refused EHLO falls back to HELO without TLS
        Step{"-f", "CONNECT", Outcome::tryLater, 500}, Step{"-f", "EHLO", Outcome::sent, 250},
        Step{"-f", "MAIL", Outcome::refused, 500}, Step{"-f", "RCPT", Outcome::refused, 500},
        Step{"-f", "DATA", Outcome::refused, 500}, Step{"-f", ".", Outcome::refused, 500},
        Step{"-f", "QUIT", Outcome::sent, 250},
        // a soft no
        Step{"-r", "CONNECT", Outcome::tryLater, 450}, Step{"-r", "MAIL", Outcome::tryLater, 450},
        Step{"-r", "RCPT", Outcome::tryLater, 450}, Step{"-r", "DATA", Outcome::tryLater, 450},
        Step{"-r", ".", Outcome::tryLater, 450}, Step{"-r", "QUIT", Outcome::sent, 250},
        // gone without a word
        Step{"-q", "CONNECT", Outcome::tryLater, 0}, Step{"-q", "EHLO", Outcome::tryLater, -1},
        Step{"-q", "MAIL", Outcome::tryLater, -1}, Step{"-q", "RCPT", Outcome::tryLater, -1},
        Step{"-q", "DATA", Outcome::tryLater, -1}, Step{"-q", ".", Outcome::unknown, 354},
        Step{"-q", "QUIT", Outcome::sent, 250},
        // 421 and gone
        Step{"-Q", "CONNECT", Outcome::tryLater, 421}, Step{"-Q", "EHLO", Outcome::tryLater, 421},
        Step{"-Q", "MAIL", Outcome::tryLater, 421}, Step{"-Q", "RCPT", Outcome::tryLater, 421},
        Step{"-Q", "DATA", Outcome::tryLater, 421}, Step{"-Q", ".", Outcome::tryLater, 421}));

TEST(SmtpPostman, NobodyThereIsTriedLater) {
    const auto delivery = deliver(settingsFor(freePort()));
    EXPECT_EQ(delivery.outcome, Outcome::tryLater);
    EXPECT_TRUE(delivery.serverAway);
    EXPECT_EQ(delivery.code, 0);
    EXPECT_FALSE(delivery.reply.empty());
}

Delivery send(Postman& postman, const std::string& number) {
    return postman.deliver(
        {"from@example.dk", "to" + number + "@example.dk", "Subject: " + number + "\r\n\r\nText\r\n", "x"});
}

std::ptrdiff_t count(const NodeServer& server, const char* command) {
    return std::count(server.commands.begin(), server.commands.end(), command);
}

TEST(SmtpPostman, OneConnectionCarriesOneMailAfterTheOther) {
    NodeServer server;
    const auto postman = makeSmtpPostman(settingsFor(server.port));
    for (const char* number : {"1", "2", "3"}) EXPECT_EQ(send(*postman, number).outcome, Outcome::sent);
    postman->rest();
    EXPECT_EQ(send(*postman, "4").outcome, Outcome::sent);
    for (const char* number : {"1", "2", "3", "4"})
        EXPECT_EQ(server.message()["to"], json::array({std::string("to") + number + "@example.dk"}));
    EXPECT_EQ(server.commands, (std::vector<std::string>{"EHLO", "MAIL", "RCPT", "DATA", "MAIL", "RCPT", "DATA", "MAIL",
                                                         "RCPT", "DATA", "QUIT", "EHLO", "MAIL", "RCPT", "DATA"}));
}

TEST(SmtpPostman, SeveralAtOnceEachHaveTheirOwnConnection) {
    NodeServer server;
    const auto postman = makeSmtpPostman(settingsFor(server.port));
    std::vector<std::thread> threads;
    std::vector<Delivery> got(8);
    for (std::size_t n = 0; n < 8; ++n)
        threads.emplace_back([&, n] { got[n] = send(*postman, "t" + std::to_string(n)); });
    for (auto& thread : threads) thread.join();
    for (const auto& delivery : got) EXPECT_EQ(delivery.outcome, Outcome::sent) << delivery.reply;
    std::map<std::string, int> seen;
    for (int n = 0; n < 8; ++n) {
        const auto mail = server.message();
        ASSERT_TRUE(mail.is_object());
        ++seen[mail["to"].dump()];
    }
    EXPECT_EQ(seen.size(), 8u);
    EXPECT_LE(count(server, "EHLO"), 8);
}

TEST(SmtpPostman, AConnectionThatIsOpenIsUsedBeforeAnotherIsAskedFor) {
    NodeServer server({"--manners", "greet-one"});
    auto settings = settingsFor(server.port);
    settings.totalSeconds = 3;
    const auto postman = makeSmtpPostman(settings);
    Delivery first;
    std::thread sending([&] { first = send(*postman, "1"); });
    for (auto event = server.next(); event.is_object() && event["event"] != "holding";) event = server.next();
    const auto second = send(*postman, "2");
    sending.join();
    EXPECT_EQ(first.outcome, Outcome::sent) << first.reply;
    EXPECT_TRUE(second.serverAway) << second.reply;
    for (const char* number : {"3", "4"}) EXPECT_EQ(send(*postman, number).outcome, Outcome::sent) << number;
}

TEST(SmtpPostman, NoConnectionCarriesMoreThanAHundredMails) {
    NodeServer server;
    const auto postman = makeSmtpPostman(settingsFor(server.port));
    for (int n = 0; n < 101; ++n) ASSERT_EQ(send(*postman, std::to_string(n)).outcome, Outcome::sent);
    for (int n = 0; n < 101; ++n) EXPECT_TRUE(server.message().is_object());
    EXPECT_EQ(count(server, "EHLO"), 2);
    EXPECT_EQ(count(server, "QUIT"), 1);
}

TEST(SmtpPostman, AServerThatTakesOneMailAConnectionIsCalledAgain) {
    for (const char* manners : {"leave-after-mail", "drop-at-second-mail", "bye-at-second-mail", "no-second-mail"}) {
        NodeServer server({"--manners", manners});
        const auto postman = makeSmtpPostman(settingsFor(server.port));
        for (const char* number : {"1", "2", "3"}) {
            const auto delivery = send(*postman, number);
            EXPECT_EQ(delivery.outcome, Outcome::sent) << manners << " " << number << " " << delivery.reply;
        }
        for (const char* number : {"1", "2", "3"}) // each once, in their order
            EXPECT_EQ(server.message()["to"], json::array({std::string("to") + number + "@example.dk"})) << manners;
        EXPECT_EQ(count(server, "EHLO"), 3) << manners;
    }
}

TEST(SmtpPostman, AServerThatLeavesWithASecondMailLeavesItUnknownAndIsNotGivenItTwice) {
    NodeServer server({"--manners", "drop-after-second-dot"});
    const auto postman = makeSmtpPostman(settingsFor(server.port));
    EXPECT_EQ(send(*postman, "1").outcome, Outcome::sent);
    const auto second = send(*postman, "2");
    EXPECT_EQ(second.outcome, Outcome::unknown);
    EXPECT_EQ(second.code, 354);
    EXPECT_EQ(send(*postman, "3").outcome, Outcome::sent);
    int dots = 0;
    for (auto event = server.next(); dots < 3 && event.is_object(); event = server.next()) {
        dots += event["event"] == "dot";
        if (event["event"] == "command") server.commands.push_back(event["name"]);
    }
    EXPECT_EQ(dots, 3);
    EXPECT_EQ(count(server, "EHLO"), 2); // the third had a connection of its own
}

TEST(SmtpPostman, ANoToOneMailIsForgottenByTheNext) {
    Sink sink({"-f", "RCPT"});
    const auto postman = makeSmtpPostman(settingsFor(sink.port()));
    for (int n = 0; n < 3; ++n) {
        const auto delivery = send(*postman, std::to_string(n));
        EXPECT_EQ(delivery.outcome, Outcome::refused) << delivery.reply;
        EXPECT_EQ(delivery.code, 500);
    }
}

TEST(Probe, AsksWithoutSendingAMail) {
    NodeServer server;
    const auto good = settingsFor(server.port);
    EXPECT_EQ(probe(good).outcome, Outcome::sent);
    EXPECT_EQ(server.commandsSoFar(good), (std::vector<std::string>{"EHLO", "NOOP", "QUIT"}));
}

TEST(Probe, SaysWhyNot) {
    EXPECT_EQ(probe(settingsFor(freePort())).outcome, Outcome::tryLater);
    EXPECT_FALSE(probe(settingsFor(freePort())).reply.empty());
    Sink closed({"-f", "CONNECT"});
    EXPECT_EQ(probe(settingsFor(closed.port())).code, 500);
    Sink plain({});
    const auto clear = probe(settingsFor(plain.port(), TlsMode::startTls)); // it has no TLS to offer
    EXPECT_EQ(clear.outcome, Outcome::tryLater) << clear.reply;
    auto elsewhere = settingsFor(25);
    elsewhere.host = "mail.ishoj.example";
    EXPECT_THAT(probe(elsewhere).reply, HasSubstr("without TLS"));
}

TEST(SmtpPostman, TheServerGetsTheVeryBytesDotsAndAll) {
    NodeServer server({}, "tests/support/mail_server.mjs");
    std::string bytes = ".Subject: x\r\n\r\n";
    for (int i = 0; i < 20000; ++i) bytes += std::string(static_cast<std::size_t>(i % 7), '.') + "line\r\n.\r\n";
    bytes += ".\r\nMAIL FROM:<evil@example.dk>\r\n..\r\n.\r\n";
    EXPECT_EQ(deliver(settingsFor(server.port), bytes).outcome, Outcome::sent);
    const auto message = server.message();
    EXPECT_EQ(message["hello"], "kommune.example.dk");
    EXPECT_EQ(message["from"], "from@example.dk");
    EXPECT_EQ(message["to"], json::array({"to@example.dk"}));
    EXPECT_EQ(unBase64(message["raw"]), bytes);
    EXPECT_EQ(server.commands, (std::vector<std::string>{"EHLO", "MAIL", "RCPT", "DATA"}));
}

TEST(SmtpPostman, TheEndOfAMailLeavesOnlyOnceItMay) {
    NodeServer server({}, "tests/support/mail_server.mjs");
    const auto settings = settingsFor(server.port);
    // As long as one piece libcurl reads, and longer: what left before must not be taken for the mail.
    for (const int lines : {1, 20'000}) {
        std::string bytes = "Subject: x\r\n\r\n";
        for (int n = 0; n < lines; ++n) bytes += "line\r\n";
        Envelope envelope{"from@example.dk", "to@example.dk", bytes, "x"};
        envelope.beforeHandingOver = [] { throw std::runtime_error("the disk is full"); };
        const auto held = makeSmtpPostman(settings)->deliver(envelope);
        EXPECT_EQ(held.outcome, Outcome::tryLater);
        EXPECT_FALSE(held.serverAway);
        EXPECT_EQ(held.reply, "the disk is full");
        int asked = 0;
        envelope.beforeHandingOver = [&] { ++asked; };
        EXPECT_EQ(makeSmtpPostman(settings)->deliver(envelope).outcome, Outcome::sent);
        EXPECT_EQ(asked, 1);
        EXPECT_EQ(unBase64(server.message()["raw"]), bytes); // the first message there is, and whole
    }
}

TEST(SmtpPostman, NoFieldSmugglesACommandOrAHeader) {
    NodeServer server;
    const auto good = settingsFor(server.port);
    const std::string evil[] = {"x\r\nRCPT TO:<evil@example.dk>",
                                "x>\r\nRSET\r\nMAIL FROM:<evil@example.dk>",
                                "x\nBcc: evil@example.dk",
                                "x\rDATA",
                                "x\r\n.\r\nQUIT\r\n",
                                std::string("x\0\r\nNOOP", 8),
                                "x> SIZE=1 <y"};
    for (const auto& text : evil) {
        auto postman = makeSmtpPostman(good);
        for (const auto& address : {text, text + "@example.dk", "to@example.dk" + text, "to@" + text + ".dk"}) {
            EXPECT_EQ(postman->deliver({"from@example.dk", address, plainMail, "x"}).outcome, Outcome::refused)
                << address;
            EXPECT_EQ(postman->deliver({address, "to@example.dk", plainMail, "x"}).outcome, Outcome::tryLater)
                << address;
        }
        auto settings = good;
        settings.helloName = text;
        EXPECT_EQ(deliver(settings).outcome, Outcome::tryLater);
        settings = good;
        settings.host = "127.0.0.1" + text;
        EXPECT_EQ(deliver(settings).outcome, Outcome::tryLater);
    }
    for (const char* smuggle :
         {"a\r\n\r\nx\n.\nMAIL FROM:<evil@example.dk>\r\n", "a\r\n\r\nx\r.\r\n", "a\n", "a\r\n.\n"})
        EXPECT_EQ(deliver(good, smuggle).outcome, Outcome::refused);
    EXPECT_EQ(server.commandsSoFar(good), std::vector<std::string>{}); // none of them even connected

    // Where such text is allowed (bodies, names without line breaks, passwords), it stays text.
    Message m;
    m.from = {"a\" <evil@example.dk>, \"b", "from@example.dk"};
    m.to = {"x> SIZE=1 <y", "to@example.dk"};
    m.subject = "x\\r\\nBcc: evil@example.dk =?utf-8?Q?=0D=0ABcc:_evil@example.dk?=";
    m.text = "x\r\n.\r\nMAIL FROM:<evil@example.dk>\r\nRCPT TO:<evil@example.dk>\r\n\n.\nQUIT\r\n";
    m.messageId = "1@example.dk";
    auto bytes = toBytes(m);
    ASSERT_TRUE(bytes.ok());
    server.commands.clear();
    EXPECT_EQ(deliver(good, *bytes).outcome, Outcome::sent);
    const auto message = server.message();
    EXPECT_EQ(unBase64(message["raw"]), *bytes);
    EXPECT_EQ(message["to"], json::array({"to@example.dk"}));
    EXPECT_EQ(std::count(server.commands.begin(), server.commands.end(), "MAIL"), 1);
    EXPECT_EQ(std::count(server.commands.begin(), server.commands.end(), "RCPT"), 1);
    const auto head = bytes->substr(0, bytes->find("\r\n\r\n"));
    EXPECT_EQ(lowerAscii(head).find("\nbcc"), std::string::npos);
}

TEST(SmtpPostman, WithoutTlsOnlyToThisMachine) {
    for (const char* host :
         {"mail.example.dk", "10.0.0.1", "127.0.0.1.example.dk", "1270.0.0.1", "localhost.example.dk", "::2"}) {
        auto settings = settingsFor(25);
        settings.host = host;
        const auto delivery = deliver(settings);
        EXPECT_EQ(delivery.outcome, Outcome::tryLater);
        EXPECT_THAT(delivery.reply, HasSubstr("without TLS")) << host;
    }
    NodeServer server;
    auto settings = settingsFor(server.port);
    settings.host = "localhost";
    EXPECT_EQ(deliver(settings).outcome, Outcome::sent);
}

TEST(SmtpPostman, AServerThatStopsAfterTheMessageLeavesItUnknown) {
    for (const char* manners : {"drop-after-dot", "garbage-after-dot", "stall-after-dot"}) {
        NodeServer server({"--manners", manners});
        auto settings = settingsFor(server.port);
        if (startsWith(manners, "stall")) settings.totalSeconds = 2;
        const auto delivery = deliver(settings);
        EXPECT_EQ(delivery.outcome, Outcome::unknown) << manners << " " << delivery.reply;
        EXPECT_EQ(delivery.code, 354);
    }
}

TEST(SmtpPostman, AServerThatStopsBeforeTheMessageIsTriedLater) {
    NodeServer server({"--manners", "stall-greeting"});
    auto settings = settingsFor(server.port);
    settings.connectSeconds = 1;
    settings.totalSeconds = 2;
    const auto delivery = deliver(settings);
    EXPECT_EQ(delivery.outcome, Outcome::tryLater);
    EXPECT_EQ(delivery.code, 0);
}

TEST(SmtpPostman, AServerThatStopsWithinTheMessageIsTriedLater) {
    NodeServer server({"--manners", "stall-in-body"});
    auto settings = settingsFor(server.port);
    settings.totalSeconds = 3;
    std::string big = "Subject: x\r\n\r\n"; // far more than the buffers between here and there hold
    while (big.size() < 48u << 20) big += std::string(998, 'x') + "\r\n";
    const auto delivery = deliver(settings, big);
    EXPECT_EQ(delivery.outcome, Outcome::tryLater) << delivery.reply;
    EXPECT_EQ(delivery.code, 354);
}

TEST(SmtpPostman, AServerThatDoesNotSayGoodbyeIsNotWaitedFor) {
    NodeServer server({"--manners", "stall-at-quit"});
    const auto postman = makeSmtpPostman(settingsFor(server.port));
    const auto delivery = send(*postman, "1");
    EXPECT_EQ(delivery.outcome, Outcome::sent);
    EXPECT_EQ(delivery.code, 250);
    const auto begun = std::chrono::steady_clock::now();
    postman->rest();
    EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::seconds(20)); // the server's own limit is 40
}

} // namespace
} // namespace hoering::smtp
