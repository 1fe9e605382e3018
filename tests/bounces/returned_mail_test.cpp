// Returned mails as servers write them (tests/bounces/corpus), and what nobody should send.
#include "bounces/returned_mail.h"

#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "bounces/report.h"
#include "common/crypto.h"
#include "common/strings.h"

namespace hoering::bounces {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

const std::string ours = "00112233445566778899aabbccddeeff@hoering.example";

std::string corpus(const std::string& name) {
    std::ifstream in(std::string(HOERING_SOURCE_DIR) + "/tests/bounces/corpus/" + name + ".eml", std::ios::binary);
    EXPECT_TRUE(in) << name;
    return {std::istreambuf_iterator<char>(in), {}};
}

struct Expected {
    const char *file, *action, *status, *recipient, *diagnostic;
};
class Corpus : public ::testing::TestWithParam<Expected> {};

TEST_P(Corpus, IsReadAsItIsMeant) {
    const auto& expected = GetParam();
    const std::string bytes = corpus(expected.file);
    // As a pipe gives it, with CRLF, and with the line an mbox begins with.
    for (const std::string& form : {bytes, replaceAll(bytes, "\n", "\r\n"), "From x  Tue Nov  3 2026\n" + bytes}) {
        const auto reading = readReturnedMail(form);
        ASSERT_EQ(reading.verdict, Verdict::returned);
        EXPECT_EQ(reading.mail.action, expected.action);
        EXPECT_EQ(reading.mail.status, expected.status);
        EXPECT_EQ(reading.mail.recipient, expected.recipient);
        EXPECT_THAT(reading.mail.diagnostic, HasSubstr(expected.diagnostic));
        if (std::string(expected.file) == "nothing_returned") EXPECT_THAT(reading.mail.messageIds, IsEmpty());
        else EXPECT_EQ(reading.mail.messageIds.at(0), ours);
        EXPECT_EQ(reading.mail.fingerprint.size(), 64u);
    }
}
INSTANTIATE_TEST_SUITE_P(
    Servers, Corpus,
    ::testing::Values(
        Expected{"postfix_unknown_user", "failed", "5.1.1", "ole@ungdomsskolen.example",
                 "550 5.1.1 <ole@ungdomsskolen.example>: Recipient address rejected"},
        Expected{"postfix_delayed", "delayed", "4.4.1", "ole@ungdomsskolen.example", "Connection timed out"},
        Expected{"relayed", "relayed", "2.0.0", "ole@ungdomsskolen.example", "250 2.0.0 Ok"},
        Expected{"exim_report", "failed", "5.0.0", "raadet@part2.example", "550 5.7.1 Message rejected"},
        Expected{"exim_old_plain", "failed", "5.2.2", "raadet@part2.example", "552 5.2.2 Mailbox is full"},
        Expected{"office365", "failed", "5.1.10", "med@skolen.example", "550 5.1.10 RESOLVER.ADR.RecipientNotFound"},
        Expected{"exchange_plain", "failed", "5.1.1", "med@skolen.example", "550 5.1.1 User unknown"},
        Expected{"gmail", "failed", "5.1.1", "formand@gmail.example", "The email account that you tried to reach"},
        Expected{"qmail", "failed", "5.1.1", "formand@boligforening.example", "550 5.1.1"},
        Expected{"nothing_returned", "failed", "5.7.1", "ole@ungdomsskolen.example", ""},
        Expected{"several_recipients", "failed", "5.2.2", "sekretaer@list.example", "552 5.2.2 Over quota"}),
    [](const auto& each) { return std::string(each.param.file); });

TEST(ReturnedMails, AreNoAutomaticRepliesAndNoLetters) {
    for (const char* file : {"out_of_office_exchange", "vacation", "read_receipt"})
        EXPECT_EQ(readReturnedMail(corpus(file)).verdict, Verdict::automaticReply) << file;
    EXPECT_EQ(readReturnedMail(corpus("person")).verdict, Verdict::otherMail);
    EXPECT_EQ(readReturnedMail("Hej med dig\n\nVi er enige.\n").verdict, Verdict::nonsense);
    EXPECT_EQ(readReturnedMail("").verdict, Verdict::nonsense);
    EXPECT_EQ(readReturnedMail("From x\n").verdict, Verdict::nonsense);
    EXPECT_EQ(readReturnedMail(" \r\n\r\n").verdict, Verdict::nonsense);
}

TEST(ReturnedMails, GiveTheSameFingerprintForTheSameMessageOnly) {
    const auto once = readReturnedMail(corpus("qmail")).mail, again = readReturnedMail(corpus("qmail")).mail;
    EXPECT_EQ(once.fingerprint, again.fingerprint);
    EXPECT_EQ(readReturnedMail("From y@z Wed\n" + corpus("qmail")).mail.fingerprint, once.fingerprint);
    EXPECT_NE(readReturnedMail(corpus("gmail")).mail.fingerprint, once.fingerprint);
}

/// Whatever is read: every fact is one clean line of bounded length.
void expectSound(const Reading& reading) {
    const auto& mail = reading.mail;
    EXPECT_LE(mail.messageIds.size(), 40u);
    for (const auto& id : mail.messageIds) {
        EXPECT_LE(id.size(), 250u);
        EXPECT_EQ(id.find_first_of(" <>\r\n"), std::string::npos);
    }
    EXPECT_THAT((std::vector<std::string>{"failed", "delayed", "delivered", "relayed", "expanded"}),
                Contains(mail.action));
    EXPECT_LE(mail.status.size(), 9u);
    EXPECT_LE(countCodePoints(mail.diagnostic), 300u);
    EXPECT_LE(mail.recipient.size(), 254u);
    for (const auto& text : {mail.status, mail.diagnostic, mail.recipient}) {
        EXPECT_TRUE(isUtf8(text));
        EXPECT_EQ(cleanLine(text), text);
    }
}

TEST(ReturnedMails, CutOffAnywhereAreReadToTheirEnd) {
    for (const auto& entry :
         std::filesystem::directory_iterator(std::string(HOERING_SOURCE_DIR) + "/tests/bounces/corpus")) {
        const std::string bytes = corpus(entry.path().stem().string());
        for (std::size_t length = 0; length < bytes.size(); length += 7)
            expectSound(readReturnedMail(bytes.substr(0, length)));
    }
}

TEST(ReturnedMails, ChangedAnywhereAreReadToTheirEnd) {
    unsigned state = 1;
    const auto random = [&](std::size_t n) {
        state = state * 1664525u + 1013904223u;
        return static_cast<std::size_t>(state >> 8) % n;
    };
    for (const char* file : {"postfix_unknown_user", "exim_old_plain", "office365", "gmail", "several_recipients"}) {
        const std::string bytes = corpus(file);
        for (int round = 0; round < 400; ++round) {
            std::string changed = bytes;
            for (std::size_t n = 0; n <= random(8); ++n) {
                const auto at = random(changed.size());
                switch (random(4)) {
                case 0: changed[at] = static_cast<char>(random(256)); break;
                case 1: changed.erase(at, random(60)); break;
                case 2: changed.insert(at, changed.substr(random(changed.size()), random(200))); break;
                case 3: changed.insert(at, std::string(random(5), "\0\n\r\xff:"[random(5)])); break;
                }
                if (changed.empty()) changed = "x";
            }
            expectSound(readReturnedMail(changed));
        }
    }
}

std::string report(const std::string& status) {
    return "From: MAILER-DAEMON@x.example\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\n\n"
           "--b\nContent-Type: message/delivery-status\n\n" +
           status + "\n--b--\n";
}

TEST(ReturnedMails, AreNotFeltByThoseWhoAttack) {
    std::string deep = "From: MAILER-DAEMON@x.example\nSubject: Undelivered\n";
    for (int i = 0; i < 20'000; ++i) {
        const std::string mark = "b" + std::to_string(i);
        deep += "Content-Type: multipart/mixed; boundary=" + mark + "\n\n--" + mark + "\n";
    }
    std::string nested = "From: MAILER-DAEMON@x.example\n";
    for (int i = 0; i < 20'000; ++i) nested += "Content-Type: message/rfc822\n\n";
    std::string wide = "From: MAILER-DAEMON@x.example\nContent-Type: multipart/report; boundary=b\n\n";
    for (int i = 0; i < 50'000; ++i)
        wide += "--b\nContent-Type: text/plain\n\nundeliverable <a" + std::to_string(i) + "@b>\n";
    const std::string mega(2'000'000, 'a');
    const std::string header =
        "From: MAILER-DAEMON@x.example\nSubject: " + mega + "\nX-Failed-Recipients: " + mega + "@" + mega + "\n\nx\n";
    using namespace std::string_literals; // the whole literal, not up to its first NUL
    const std::string nul = "From: MAILER-DAEMON@x.example\nSubject: Unde\0liverable\n\nfailed\0 550 5.1.1\0 no\n"s;
    std::string ats = "From: MAILER-DAEMON@x.example\nSubject: Undeliverable\n\n";
    for (int i = 0; i < 200'000; ++i) ats += "<@@>message-id:";
    std::string fields;
    for (int i = 0; i < 100'000; ++i) fields += "Final-Recipient: x\n folded\n\n";
    for (const auto& hostile : {deep, nested, wide, header, nul, ats, report(fields),
                                report("Action: failed\nDiagnostic-Code: smtp; " + mega),
                                report("Action: failed\nFinal-Recipient: rfc822; \x01\x02@\xff\nStatus: 5.1.1\n"),
                                report("Action: exploded\n"), std::string(100'000, '\n'), std::string(100'000, ':')})
        expectSound(readReturnedMail(hostile));
    EXPECT_EQ(readReturnedMail(report("Action: exploded\n")).verdict, Verdict::otherMail);
}

TEST(Words, AreSearchedForAnOutcomeAndNotForNumbers) {
    EXPECT_EQ(fromWords("host 5.1.1.9 said 550 5.7.1 no").status, "5.7.1"); // an address is no status
    EXPECT_EQ(fromWords("version 15.1.2 is fine").status, "");
    EXPECT_EQ(fromWords("ring 55012345").diagnostic, "");
    EXPECT_EQ(fromWords("said: 452 4.2.2 full\n").diagnostic, "452 4.2.2 full");
    EXPECT_EQ(fromWords("it is delayed").action, "delayed");
    EXPECT_EQ(oneLine("a\r\n\tb\x01  c"), "a b c");
    EXPECT_EQ(oneLine("\xff\xfe kort"), "?? kort");
    std::vector<std::string> ids;
    addMessageIds(ids, "Message-ID: <a@b>\nX: <c@d>\n ref " + ours + ".\n");
    EXPECT_THAT(ids, ::testing::ElementsAre("a@b", ours));
}

} // namespace
} // namespace hoering::bounces
