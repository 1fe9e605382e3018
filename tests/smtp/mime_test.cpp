// Mail as plain bytes: what RFC 5322, 2045 and 2047 say must hold for every line.
#include <gmock/gmock.h>

#include "common/strings.h"
#include "smtp/encodings.h"
#include "smtp/mime.h"
#include "smtp/transcript.h"

namespace hoering::smtp {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

Message letter() {
    Message m;
    m.from = {"Kommunen", "hoering@kommune.example.dk"};
    m.to = {"", "part@example.dk"};
    m.subject = "Subject";
    m.text = "Text\n";
    m.messageId = "key@kommune.example.dk";
    m.date = fromMillis(1709251199999); // 2024-02-29T23:59:59.999Z
    return m;
}

std::string bytesOf(const Message& m) {
    auto bytes = toBytes(m);
    EXPECT_TRUE(bytes.ok());
    return bytes.ok() ? *bytes : "";
}

/// The field that is to blame, "" if the message is taken.
std::string blamed(const Message& m) {
    auto bytes = toBytes(m);
    if (bytes.ok()) return "";
    EXPECT_EQ(bytes.error().key, "error.mail.header");
    EXPECT_EQ(bytes.error().kind, ErrorKind::invalid);
    return bytes.error().fields.at(0).field;
}

TEST(Mime, APlainLetterIsTheseBytes) {
    EXPECT_EQ(bytesOf(letter()), "Date: Thu, 29 Feb 2024 23:59:59 +0000\r\n"
                                 "From: Kommunen <hoering@kommune.example.dk>\r\n"
                                 "To: part@example.dk\r\n"
                                 "Subject: Subject\r\n"
                                 "Message-ID: <key@kommune.example.dk>\r\n"
                                 "Auto-Submitted: auto-generated\r\n"
                                 "MIME-Version: 1.0\r\n"
                                 "Content-Type: text/plain; charset=utf-8\r\n"
                                 "Content-Transfer-Encoding: quoted-printable\r\n"
                                 "\r\n"
                                 "Text\r\n");
}

TEST(Mime, SameInputSameBytesAndAnotherIdAnotherBoundary) {
    auto m = letter();
    m.html = "<p>Text</p>";
    m.attachments = {{"a.pdf", "application/pdf", "x"}};
    const auto first = bytesOf(m);
    EXPECT_EQ(first, bytesOf(m));
    const auto at = first.find("boundary=\"") + 10;
    const auto boundary = first.substr(at, first.find('"', at) - at);
    EXPECT_LE(boundary.size(), 70u); // RFC 2046 5.1.1
    m.messageId = "other@kommune.example.dk";
    EXPECT_THAT(bytesOf(m), Not(HasSubstr(boundary)));
}

TEST(Mime, EveryLineBreakNulAndBrokenUtf8InAHeaderIsRefused) {
    for (const std::string& evil : {std::string("a\r\nBcc: x@y.dk"), std::string("a\nb"), std::string("a\rb"),
                                    std::string("a\0b", 3), std::string("\xC3"), std::string("\xED\xA0\x80")}) {
        const auto with = [&](auto change) {
            auto m = letter();
            change(m);
            return blamed(m);
        };
        EXPECT_EQ(with([&](Message& m) { m.subject = evil; }), "subject");
        EXPECT_EQ(with([&](Message& m) { m.from.name = evil; }), "from");
        EXPECT_EQ(with([&](Message& m) { m.from.address = evil + "@y.dk"; }), "from");
        EXPECT_EQ(with([&](Message& m) { m.to.name = evil; }), "to");
        EXPECT_EQ(with([&](Message& m) { m.to.address = "x@y.dk" + evil; }), "to");
        EXPECT_EQ(with([&](Message& m) { m.replyTo = {evil, "x@y.dk"}; }), "replyTo");
        EXPECT_EQ(with([&](Message& m) { m.replyTo = {"", evil}; }), "replyTo");
        EXPECT_EQ(with([&](Message& m) { m.messageId = evil + "@y.dk"; }), "messageId");
        EXPECT_EQ(with([&](Message& m) { m.references = {"x@y.dk", "x@y.dk" + evil}; }), "references");
        EXPECT_EQ(with([&](Message& m) { m.language = evil; }), "language");
        EXPECT_EQ(with([&](Message& m) { m.attachments = {{evil, "application/pdf", ""}}; }), "attachments");
        EXPECT_EQ(with([&](Message& m) { m.attachments = {{"a", "application/pdf" + evil, ""}}; }), "attachments");
        EXPECT_EQ(with([&](Message& m) { m.attachments = {{"a", "a/b; name=" + evil, ""}}; }), "attachments");
    }
    auto m = letter();
    m.text = "\xC3";
    EXPECT_EQ(blamed(m), "text");
    m = letter();
    m.html = "\xFF";
    EXPECT_EQ(blamed(m), "html");
    m = letter();
    m.attachments = {{"a", "multipart/mixed; boundary=x", ""}};
    EXPECT_EQ(blamed(m), "attachments");
}

TEST(Mime, EncodedWordsAreShortWholeAndFolded) {
    for (std::size_t used : {0u, 5u, 9u, 40u, 60u, 76u}) {
        for (const char* character : {"æ", "漢", "🏫", "a "}) {
            std::string text;
            for (int i = 0; i < 200; ++i) text += character;
            const auto out = encodedWords(text, used);
            std::size_t column = used;
            for (auto line : split(out, '\n')) {
                line = trim(line);
                if (line.empty()) { // folded before the first word
                    column = 1;
                    continue;
                }
                EXPECT_TRUE(startsWith(line, "=?utf-8?") && endsWith(line, "?=")) << line;
                EXPECT_LE(line.size(), 75u);
                EXPECT_LE(line.size() + column, 76u) << used;
                column = 1;
                if (line[8] == 'Q') { // a character cut in two would leave a word that starts inside one
                    const auto second = line.substr(10, 3);
                    EXPECT_FALSE(second.size() == 3 && second[0] == '=' &&
                                 (second[1] == '8' || second[1] == '9' || second[1] == 'A' || second[1] == 'B'))
                        << line;
                } else {
                    EXPECT_EQ((line.size() - 12) % 4, 0u);
                }
            }
        }
    }
    EXPECT_EQ(unstructured("Høring", 9), "=?utf-8?Q?H=C3=B8ring?=");
    EXPECT_EQ(unstructured("=?utf-8?Q?x?=", 9), "=?utf-8?B?PT91dGYtOD9RP3g/PQ==?=");
    EXPECT_EQ(phrase("A \"B\" <c>", 6), "\"A \\\"B\\\" <c>\"");
}

TEST(Mime, QuotedPrintableKeepsItsLinesShortAndItsDotsHidden) {
    EXPECT_EQ(quotedPrintable("a=b\r\n"), "a=3Db\r\n");
    EXPECT_EQ(quotedPrintable("x \r\ny\t"), "x=20\r\ny=09");
    EXPECT_EQ(quotedPrintable(".\r\n..\r\nFrom x\r\nFro"), "=2E\r\n=2E.\r\n=46rom x\r\nFro");
    EXPECT_EQ(quotedPrintable(std::string(76, 'a') + "\r\n"), std::string(76, 'a') + "\r\n");
    EXPECT_EQ(quotedPrintable(std::string(77, 'a')), std::string(75, 'a') + "=\r\naa");
    std::string long_;
    for (int i = 0; i < 1000; ++i) long_ += "🏫.";
    const auto folded = quotedPrintable(long_);
    for (auto line : split(folded, '\n')) {
        EXPECT_LE(trim(line).size(), 76u);
        EXPECT_FALSE(startsWith(line, "."));
    }
}

TEST(Mime, NoLineIsEverTooLongHoweverBigThePieces) {
    auto m = letter();
    const std::string wide(10000, 'w');
    m.subject = wide;
    m.from.name = wide + "æ";
    m.to = {wide, std::string(64, 'l') + "@" + std::string(63, 'd') + "." + std::string(63, 'd') + ".dk"};
    m.text = wide + "\n" + wide;
    m.html = wide;
    m.references.assign(200, std::string(200, 'r') + "@example.dk");
    m.attachments = {{wide + "ø.pdf", "application/pdf", wide}};
    const auto bytes = bytesOf(m);
    EXPECT_TRUE(isWireSafe(bytes));
    const auto body = bytes.find("\r\n\r\n");
    for (auto line : split(std::string_view(bytes).substr(0, body), '\n'))
        EXPECT_TRUE(trim(line).size() <= 78 || startsWith(line, " <") || startsWith(line, "In-Reply-To") ||
                    startsWith(line, "References"))
            << line;
    for (auto line : split(std::string_view(bytes).substr(body), '\n')) EXPECT_LE(trim(line).size(), 78u);
    for (unsigned char c : bytes) ASSERT_TRUE((c >= 0x20 && c < 0x7F) || c == '\r' || c == '\n');
}

TEST(Mime, ACalendarThatAsksStandsAmongTheAlternativesAndOneThatTellsIsAttachedOnly) {
    auto m = letter();
    m.html = "<p>x</p>";
    m.calendar = "BEGIN:VCALENDAR\nMethod:request \nBEGIN:VEVENT\nEND:VEVENT\nEND:VCALENDAR\n";
    auto bytes = *toBytes(m);
    EXPECT_THAT(bytes, HasSubstr("Content-Type: text/calendar; charset=utf-8; method=REQUEST\r\n"));
    EXPECT_THAT(bytes, HasSubstr("Content-Type: application/ics;\r\n name=\"hoering.ics\"\r\n"));
    EXPECT_LT(bytes.find("text/html"), bytes.find("text/calendar")); // the last one is what a reader prefers
    m.calendar = replaceAll(m.calendar, "request", "PUBLISH");
    bytes = *toBytes(m);
    EXPECT_THAT(bytes,
                HasSubstr("Content-Type: text/calendar; charset=utf-8; method=PUBLISH;\r\n name=\"hoering.ics\""));
    EXPECT_EQ(bytes.find("text/calendar"), bytes.rfind("text/calendar"));
    m.calendar = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nMETHOD:REQUEST\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
    EXPECT_THAT(*toBytes(m), HasSubstr("Content-Type: text/calendar; charset=utf-8;\r\n name=")); // the event's is none
    m.calendar = "BEGIN:VCALENDAR\r\nMETHOD:REQUEST; x=\"\r\n";
    EXPECT_FALSE(toBytes(m).ok());
    m.calendar = "BEGIN:VCALENDAR\r\nSUMMARY:\xFF\r\n";
    EXPECT_FALSE(toBytes(m).ok());
}

TEST(Mime, TheLongestFieldsKeepEveryLineWithinTheLimits) {
    auto m = letter();
    const std::string name(5000, 'N'), words = replaceAll(std::string(2000, 'x'), "x", "høringssvar ");
    const std::string address = std::string(64, 'l') + "@" + std::string(63, 'd') + "." + std::string(63, 'd') + "." +
                                std::string(58, 'd') + ".dk";
    m.from = {name, address};
    m.to = {words, address};
    m.replyTo = {name, address};
    m.subject = std::string(9000, 'S');
    m.text = std::string(50'000, 't');
    m.html = "<p>" + std::string(50'000, 'h') + "</p>";
    m.messageId = std::string(200, 'i') + "@" + std::string(40, 'd') + ".dk";
    for (char c : {'a', 'b'}) m.references.push_back(std::string(200, c) + "@" + std::string(40, 'd') + ".dk");
    m.attachments = {{std::string(3000, 'f') + ".pdf", "application/pdf", std::string(5000, '\0')}};
    m.calendar = "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nX-LONG:" + std::string(20'000, 'c') + "\r\nEND:VCALENDAR\r\n";
    const auto bytes = toBytes(m);
    ASSERT_TRUE(bytes.ok());
    EXPECT_TRUE(isWireSafe(*bytes));
    for (auto line : split(*bytes, '\n')) EXPECT_LE(line.size(), 300u);
}

TEST(Mime, TheLengthOfBase64IsKnownBeforeItIsMade) {
    for (std::size_t size = 0; size < 400; ++size)
        EXPECT_EQ(base64Lines(std::string(size, 'x')).size(), base64LinesSize(size)) << size;
}

TEST(Mime, AFileNameKeepsItsEndingInAscii) {
    EXPECT_EQ(asciiFileName("Ændringsforslag (endeligt) åå.pdf"), "Aendringsforslag (endeligt) aaaa.pdf");
    EXPECT_EQ(asciiFileName("a\"b\\c/d漢.docx"), "a_b_c_d_.docx");
    EXPECT_EQ(asciiFileName(std::string(300, 'x') + ".docx"), std::string(55, 'x') + ".docx");
    EXPECT_EQ(fileNameParameter("filename", "ø.pdf"), ";\r\n filename*=utf-8''%C3%B8.pdf");
}

} // namespace
} // namespace hoering::smtp
