// Mail as others read it: every message is parsed back by mailparser (npm) and by Python's email package.
#include <fstream>
#include <random>

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include "common/strings.h"
#include "smtp/child_process.h"
#include "smtp/encodings.h"
#include "smtp/mime.h"

namespace hoering::smtp {
namespace {

using nlohmann::json;

/// Messages written to a folder and read back by another program.
class ReadBack {
  public:
    void add(const std::string& name, const Message& message) {
        auto bytes = toBytes(message);
        ASSERT_TRUE(bytes.ok()) << name;
        std::ofstream(folder_.path() / (name + ".eml"), std::ios::binary) << *bytes;
    }
    json byMailparser() { return run({"node", sourcePath("tests/smtp/parse_mail.mjs"), folder_.path().string()}); }
    json byPython() { return run({"python3", sourcePath("tests/smtp/parse_mail.py"), folder_.path().string()}); }

  private:
    json run(const std::vector<std::string>& command) {
        ChildProcess child(command);
        int status = 0;
        const auto out = child.readAll(status);
        EXPECT_EQ(status, 0) << command[0] << " " << command[1] << " failed; npm packages: npm ci in tests/browser";
        return json::parse(out, nullptr, false);
    }

    TempFolder folder_;
};

json mailboxes(const Mailbox& m) {
    if (m.address.empty()) return json::array();
    return json::array({json{{"name", m.name}, {"address", m.address}}});
}

/// What a perfect reader says about a message.
json expectation(const Message& m) {
    json attachments = json::array(), references = json::array();
    for (const auto& a : m.attachments)
        attachments.push_back(json{{"name", a.name}, {"type", a.contentType}, {"bytes", base64(a.bytes)}});
    for (const auto& r : m.references) references.push_back("<" + r + ">");
    const auto lf = [](std::string_view text) {
        auto lines = replaceAll(withCrlf(text), "\r\n", "\n");
        return endsWith(lines, "\n") ? lines : lines + "\n";
    };
    return json{{"subject", m.subject},
                {"from", mailboxes(m.from)},
                {"to", mailboxes(m.to)},
                {"replyTo", mailboxes(m.replyTo)},
                {"messageId", "<" + m.messageId + ">"},
                {"inReplyTo", m.references.empty() ? "" : "<" + m.references.back() + ">"},
                {"references", references},
                {"text", lf(m.text)},
                {"html", m.html.empty() ? "" : lf(m.html)},
                {"attachments", attachments}};
}

/// The first part that differs, "" if none.
std::string difference(const json& expected, const json& read) {
    if (!read.is_object()) return "not read at all";
    for (const auto& [part, value] : expected.items())
        if (read.value(part, json()) != value) return part + ": " + value.dump() + " read as " + read[part].dump();
    return "";
}

Message invitation() {
    Message m;
    m.from = {"Næstved Kommune, Center for Børn & Unge", "hoering@naestved.example.dk"};
    m.to = {"LokalMED \"Søhøj\" <vest>", "lokalmed.soehoej@naestved.example.dk"};
    m.replyTo = {"Åse Ærø", "aase@naestved.example.dk"};
    m.subject =
        "Høring: ændret organisering af dagtilbud på Fåborgvej – svar senest mandag den 30. november 2026 kl. 10";
    m.text = "Kære LokalMED\n\nI inviteres til høring.\n.\n..\n.skjult\nFrom Søren\n  indrykket "
             "\t\nhttps://x.example/h?a=b\n";
    m.html = "<p>Kære LokalMED</p>\n<p>I inviteres til <a href=\"https://x.example/h?a=b&amp;c\">høring</a>.</p>\n";
    m.messageId = "0123456789abcdef@naestved.example.dk";
    m.references = {"first@naestved.example.dk", "second@naestved.example.dk"};
    m.date = fromMillis(1795312265123); // 2026-11-22T01:51:05.123Z
    m.attachments = {
        {"Høringsmateriale – \"bilag 1\"; 100 % færdigt.pdf", "application/pdf", std::string("%PDF\0\r\n.\r\n", 10)},
        {"plain.txt", "text/plain", ""},
        {std::string(40, 'a') + std::string("ærøåbent 🏫 ") + std::string(90, 'b') + ".docx", "application/msword",
         std::string(5000, '\xFF')}};
    m.language = "da";
    return m;
}

TEST(MimeRead, AnInvitationIsReadAlikeByMailparserAndPython) {
    const auto m = invitation();
    ReadBack back;
    back.add("invitation", m);
    const auto expected = expectation(m);
    const std::vector<std::string> headers = {
        "date",       "from",           "to",           "reply-to",         "subject",     "message-id", "in-reply-to",
        "references", "auto-submitted", "mime-version", "content-language", "content-type"};
    for (const auto& read : {back.byMailparser(), back.byPython()}) {
        ASSERT_TRUE(read.contains("invitation.eml"));
        const auto& mail = read["invitation.eml"];
        EXPECT_EQ(difference(expected, mail), "");
        EXPECT_EQ(mail["headers"].get<std::vector<std::string>>(), headers);
        EXPECT_EQ(mail["date"], "2026-11-22T01:51:05.000Z");
        EXPECT_EQ(mail.value("defects", json::array()), json::array());
    }
}

TEST(MimeRead, ACalendarEntryKeepsItsMethodAndItsBytes) {
    auto m = invitation();
    m.attachments = {{"hoeringsfrist.ics", "text/calendar; charset=utf-8; method=PUBLISH",
                      "BEGIN:VCALENDAR\r\nSUMMARY:Høringsfrist\r\nEND:VCALENDAR\r\n"}};
    ReadBack back;
    back.add("calendar", m);
    auto expected = expectation(m);
    expected["attachments"][0]["type"] = "text/calendar";
    for (const auto& read : {back.byMailparser(), back.byPython()})
        EXPECT_EQ(difference(expected, read["calendar.eml"]), "");
}

TEST(MimeRead, ACalendarIsFoundByItsMethodAndAsAFile) {
    const std::string object =
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nUID:1@example.dk\r\n"
        "SUMMARY:Høringsfrist\\, Fåborgvej – svar senest\r\n"
        "DESCRIPTION:Kære LokalMED. Det er en lang linje\\, som er foldet over to l\r\n injer.\r\n"
        "END:VEVENT\r\nEND:VCALENDAR\r\n";
    auto asks = invitation(), tells = invitation(), alone = invitation();
    asks.calendar = object;
    tells.calendar = replaceAll(object, "REQUEST", "PUBLISH");
    alone.html.clear();
    alone.attachments.clear();
    alone.calendar = replaceAll(object, "REQUEST", "CANCEL");
    ReadBack back;
    back.add("asks", asks);
    back.add("tells", tells);
    back.add("alone", alone);
    const auto expected = [](Message m, const std::string& fileType) {
        m.attachments.push_back({"hoering.ics", fileType, m.calendar});
        return expectation(m);
    };
    for (const auto& read : {back.byMailparser(), back.byPython()}) {
        EXPECT_EQ(difference(expected(asks, "application/ics"), read["asks.eml"]), "");
        EXPECT_EQ(read["asks.eml"]["calendar"], object);
        EXPECT_EQ(read["asks.eml"]["method"], "REQUEST");
        EXPECT_EQ(difference(expected(tells, "text/calendar"), read["tells.eml"]), "");
        EXPECT_EQ(read["tells.eml"]["calendar"], "");
        EXPECT_EQ(difference(expected(alone, "application/ics"), read["alone.eml"]), "");
        EXPECT_EQ(read["alone.eml"]["calendar"], alone.calendar);
        EXPECT_EQ(read["alone.eml"]["method"], "CANCEL");
        for (const char* mail : {"asks.eml", "tells.eml", "alone.eml"})
            EXPECT_EQ(read[mail].value("defects", json::array()), json::array()) << mail;
    }
}

/// Text of pieces that have broken somebody's mail.
class Hostile {
  public:
    explicit Hostile(unsigned seed) : random_(seed) {}
    std::size_t upTo(std::size_t n) { return std::uniform_int_distribution<std::size_t>(0, n)(random_); }

    std::string line(std::size_t pieces) {
        static const std::vector<std::string> odd = {"æ",
                                                     "ø",
                                                     "å",
                                                     "Æ",
                                                     "Ø",
                                                     "Å",
                                                     "é",
                                                     "ß",
                                                     "漢字",
                                                     "🏫",
                                                     "👩‍👩‍👧",
                                                     "a\u0301\u0302\u0303",
                                                     "עברית",
                                                     "\u202Eevil",
                                                     "\u200B",
                                                     "\u00A0",
                                                     "\uFEFF",
                                                     "=?utf-8?Q?x?=",
                                                     "=?",
                                                     "?=",
                                                     "=20",
                                                     "=",
                                                     "_",
                                                     "?",
                                                     "\"",
                                                     "\\",
                                                     "\\\"",
                                                     "<",
                                                     ">",
                                                     "<x@y.dk>",
                                                     ",",
                                                     ";",
                                                     ":",
                                                     "@",
                                                     "(",
                                                     ")",
                                                     "(c)",
                                                     "[",
                                                     "]",
                                                     "  ",
                                                     " ",
                                                     "\t",
                                                     ".",
                                                     "..",
                                                     "'",
                                                     "%0d%0aBcc: x@y.dk",
                                                     "Bcc: x@y.dk",
                                                     "From ",
                                                     "--",
                                                     "--=_a_",
                                                     "<script>",
                                                     "&amp;",
                                                     "\x01",
                                                     "\x1b",
                                                     "\x7f",
                                                     "\u0085",
                                                     "\u2028",
                                                     "\uFFFD",
                                                     "\U0010FFFF",
                                                     "0",
                                                     "a",
                                                     "Z",
                                                     "høringssvar ",
                                                     "kommune"};
        std::string out;
        for (std::size_t n = upTo(pieces); n > 0; --n) out += odd[upTo(odd.size() - 1)];
        return out;
    }
    std::string text(std::size_t lines) {
        static const std::vector<std::string> ends = {"\n",     "\r\n", "\r", "\n\n", " \n", "\n.\n", "\n.\r\nQUIT\r\n",
                                                      "\nFrom "};
        std::string out;
        for (std::size_t n = upTo(lines); n > 0; --n) out += line(60) + ends[upTo(ends.size() - 1)];
        return out;
    }
    std::string fileName() {
        // mailparser decodes encoded-words even in a decoded RFC 2231 value, which none may (RFC 2047 5).
        return "f" + replaceAll(line(25), "=?utf-8?Q?x?=", "=?") + "x.pdf";
    }
    std::string bytes(std::size_t size) {
        std::string out(upTo(size), '\0');
        for (auto& c : out) c = static_cast<char>(upTo(255));
        return out;
    }

  private:
    std::mt19937 random_;
};

Message hostileMessage(unsigned seed) {
    Hostile any(seed);
    Message m;
    m.from = {any.line(30), "from@example.dk"};
    m.to = {any.line(30), "to.one+x@example.dk"};
    if (any.upTo(1)) m.replyTo = {any.line(10), "reply@example.dk"};
    m.subject = any.line(60);
    m.text = any.text(12);
    if (any.upTo(1)) m.html = "<p>" + any.text(12) + "</p>";
    m.messageId = "message" + std::to_string(seed) + "@example.dk";
    for (auto n = any.upTo(3); n > 0; --n) m.references.push_back("r" + std::to_string(n) + "@example.dk");
    m.date = fromMillis(1795312265000LL + seed * 86'400'000LL);
    for (auto n = any.upTo(2); n > 0; --n) m.attachments.push_back({any.fileName(), "application/pdf", any.bytes(300)});
    return m;
}

TEST(MimeRead, AThousandHostileMessagesComeBackEqual) {
    constexpr unsigned count = 1000;
    ReadBack back;
    for (unsigned seed = 0; seed < count; ++seed) back.add(std::to_string(seed), hostileMessage(seed));
    const auto mailparser = back.byMailparser(), python = back.byPython();
    ASSERT_EQ(mailparser.size(), count);
    ASSERT_EQ(python.size(), count);
    int differing = 0;
    for (unsigned seed = 0; seed < count; ++seed) {
        const auto expected = expectation(hostileMessage(seed));
        const auto file = std::to_string(seed) + ".eml";
        for (const auto* read : {&mailparser, &python}) {
            const auto found = difference(expected, (*read)[file]);
            if (!found.empty() && ++differing <= 20)
                ADD_FAILURE() << (read == &python ? "python " : "mailparser ") << seed << " " << found;
        }
    }
    EXPECT_EQ(differing, 0);
}

} // namespace
} // namespace hoering::smtp
