// What a conversation means, as plain values; the same against real servers in smtp_postman_test.cpp.
#include <gtest/gtest.h>

#include "smtp/transcript.h"

namespace hoering::smtp {
namespace {

/// A conversation from the greeting to a point: what the server says to each command in turn.
Transcript upTo(std::initializer_list<const char*> replies, bool handedOver = false) {
    static const char* const commands[] = {
        "", "EHLO x\r\n", "MAIL FROM:<a@b.dk>\r\n", "RCPT TO:<c@d.dk>\r\n", "DATA\r\n", ""};
    Transcript t;
    int step = 0;
    for (const char* reply : replies) {
        if (commands[step][0] != '\0') t.sent(commands[step]);
        if (step == 5 && handedOver) t.handedOver();
        t.received(reply);
        ++step;
    }
    return t;
}

TEST(Transcript, ANoBeforeMailIsOurTroubleAndAfterItTheRecipients) {
    EXPECT_EQ(Transcript().outcome(false), Outcome::tryLater);
    EXPECT_EQ(upTo({"554 no\r\n"}).outcome(false), Outcome::tryLater);
    EXPECT_EQ(upTo({"220 hi\r\n", "550 no\r\n"}).outcome(false), Outcome::tryLater);
    EXPECT_EQ(upTo({"220 hi\r\n", "250 x\r\n", "550 no\r\n"}).outcome(false), Outcome::refused);
    EXPECT_EQ(upTo({"220 hi\r\n", "250 x\r\n", "250 ok\r\n", "550 5.1.1 who?\r\n"}).outcome(false), Outcome::refused);
    EXPECT_EQ(upTo({"220 hi\r\n", "250 x\r\n", "250 ok\r\n", "450 later\r\n"}).outcome(false), Outcome::tryLater);
    EXPECT_EQ(upTo({"220 hi\r\n", "250 x\r\n", "250 ok\r\n", "250 ok\r\n", "554 no\r\n"}).outcome(false),
              Outcome::refused);
}

TEST(Transcript, AuthenticateFirstIsConfiguration) {
    for (const char* reply :
         {"530 5.7.0 authentication required\r\n", "535 bad\r\n", "538 encrypt\r\n", "534 weak\r\n"})
        EXPECT_EQ(upTo({"220 hi\r\n", "250 x\r\n", reply}).outcome(false), Outcome::tryLater);
}

TEST(Transcript, AfterTheMessageOnlyAFinalReplyDecides) {
    const auto after = [](const char* last, bool handed) {
        return upTo({"220 hi\r\n", "250 x\r\n", "250 ok\r\n", "250 ok\r\n", "354 go\r\n", last}, handed).outcome(false);
    };
    EXPECT_EQ(after("", true), Outcome::unknown);
    EXPECT_EQ(after("250-half an answer\r\n", true), Outcome::unknown);
    EXPECT_EQ(after("25", true), Outcome::unknown);
    EXPECT_EQ(after("what?\r\n", true), Outcome::unknown);
    EXPECT_EQ(after("", false), Outcome::tryLater); // the dot was never sent
    EXPECT_EQ(after("250 taken\r\n", true), Outcome::sent);
    EXPECT_EQ(after("550 spam\r\n", true), Outcome::refused);
    EXPECT_EQ(after("452 full\r\n", true), Outcome::tryLater);
    EXPECT_EQ(after("421 bye\r\n", true), Outcome::tryLater);
}

TEST(Transcript, KnowsWhenAConnectionTakesNoMoreMails) {
    const auto again = [](std::initializer_list<const char*> replies) { // without greeting and EHLO
        Transcript t;
        const char* const commands[] = {"MAIL FROM:<a@b.dk>\r\n", "RCPT TO:<c@d.dk>\r\n", "DATA\r\n"};
        for (int step = 0; const char* reply : replies) {
            t.sent(commands[step++]);
            t.received(reply);
        }
        return t.wantsNewConnection();
    };
    for (const auto& gone :
         {again({""}), again({"421 bye\r\n"}), again({"452 enough\r\n"}), again({"250 ok\r\n", "421 bye\r\n"})})
        EXPECT_TRUE(gone);
    for (const auto& verdict :
         {again({"550 no\r\n"}), again({"250 ok\r\n", "450 later\r\n"}),
          again({"250 ok\r\n", "250 ok\r\n", "451 later\r\n"}), again({"250 ok\r\n", "250 ok\r\n", "354 go\r\n"})})
        EXPECT_FALSE(verdict);
}

TEST(Transcript, ReadsRepliesInPiecesAndKeepsOnePrintableLine) {
    Transcript t;
    for (char c : std::string("220-first\r\n220 m\xC3\xB8rk\x1b[31m \t\r\n")) t.received(std::string_view(&c, 1));
    EXPECT_EQ(t.code(), 220);
    EXPECT_EQ(t.reply(), "220 m??rk?[31m");
    t.received(std::string(100000, 'x') + "\r\n");
    EXPECT_EQ(t.reply().size(), 300u);
    EXPECT_EQ(t.code(), 220);
    t.sent("QUIT\r\n");
    t.received("500 too late to matter\r\n");
    EXPECT_EQ(t.code(), 220);
}

TEST(Transcript, KnowsWhatMayGoOnTheWire) {
    EXPECT_TRUE(isWireSafe("a\r\n\r\n.\r\n"));
    EXPECT_TRUE(isWireSafe(std::string(998, 'a') + "\r\n"));
    for (std::string bad :
         {std::string(""), std::string("a"), std::string("a\n"), std::string("a\r\n.\n"), std::string("\n.\r\n"),
          std::string("a\rb\r\n"), std::string("a\r"), std::string("a\0\r\n", 4), std::string(999, 'a') + "\r\n"})
        EXPECT_FALSE(isWireSafe(bad)) << bad;
}

} // namespace
} // namespace hoering::smtp
