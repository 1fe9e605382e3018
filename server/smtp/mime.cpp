#include "smtp/mime.h"

#include <algorithm>
#include <cstdio>
#include <optional>

#include "common/crypto.h"
#include "common/strings.h"
#include "smtp/encodings.h"

namespace hoering::smtp {

namespace {

Error blame(std::string part) {
    return Error{ErrorKind::invalid, "error.mail.header", {}, {{std::move(part), "error.mail.header", {}}}};
}

bool isHeaderText(std::string_view text) {
    return isUtf8(text) && text.find_first_of(std::string_view("\r\n\0", 3)) == std::string_view::npos;
}

bool isAsciiAlnum(char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }

// RFC 2045 5.1 token, without the characters nobody uses in a type.
bool isToken(std::string_view text) {
    return !text.empty() && text.size() <= 127 && std::all_of(text.begin(), text.end(), [](char c) {
        return isAsciiAlnum(c) || std::string_view("!#$&-^_.+").find(c) != std::string_view::npos;
    });
}

bool isContentType(std::string_view type) {
    const auto semicolon = type.find(';');
    const auto parts = split(type.substr(0, semicolon), '/');
    if (type.size() > 300 || parts.size() != 2 || !isToken(parts[0]) || !isToken(trim(parts[1]))) return false;
    // A composite type would let the attachment's bytes act as more parts (and must not be base64, RFC 2045 6.4).
    const auto top = lowerAscii(parts[0]);
    if (top == "multipart" || top == "message") return false;
    return std::all_of(type.begin(), type.end(), [](unsigned char c) { return c >= 0x20 && c < 0x7F; });
}

// RFC 5322 3.6.4 msg-id, narrowed to dot-atoms.
bool isMessageId(std::string_view id) {
    const auto at = id.find('@');
    if (id.size() > 250 || at == std::string_view::npos || at == 0 || at + 1 == id.size()) return false;
    return std::count(id.begin(), id.end(), '@') == 1 && std::all_of(id.begin(), id.end(), [](char c) {
               return isAsciiAlnum(c) || std::string_view("@!#$%&'*+-/=?^_`{|}~.").find(c) != std::string_view::npos;
           });
}

bool isLanguage(std::string_view language) {
    return language.size() <= 35 &&
           std::all_of(language.begin(), language.end(), [](char c) { return isAsciiAlnum(c) || c == '-'; });
}

/// The calendar's METHOD (RFC 5545 3.7.2), upper case, "" if it has none.
std::string methodOf(std::string_view calendar) {
    for (auto line : split(calendar, '\n')) {
        const auto name = lowerAscii(line.substr(0, 7));
        if (name == "method:") {
            std::string value(trim(line.substr(7)));
            for (char& c : value)
                if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
            return value;
        }
        if (name == "begin:v" && lowerAscii(trim(line)) != "begin:vcalendar") break; // a property of the whole
    }
    return "";
}

bool isMethod(std::string_view method) { // RFC 5545 3.1 iana-token
    return method.size() <= 40 && std::all_of(method.begin(), method.end(), [](char c) {
               return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
           });
}

std::optional<Error> findFault(const Message& m) {
    const std::pair<const char*, const Mailbox*> mailboxes[] = {
        {"from", &m.from}, {"to", &m.to}, {"replyTo", &m.replyTo}};
    for (const auto& [part, mailbox] : mailboxes) {
        const bool none = mailbox == &m.replyTo && mailbox->address.empty();
        if (!isHeaderText(mailbox->name) || (!none && !isMailAddress(mailbox->address))) return blame(part);
    }
    if (!isHeaderText(m.subject)) return blame("subject");
    if (!isMessageId(m.messageId)) return blame("messageId");
    if (!std::all_of(m.references.begin(), m.references.end(), isMessageId)) return blame("references");
    if (!isLanguage(m.language)) return blame("language");
    if (!isUtf8(m.text)) return blame("text");
    if (!isUtf8(m.html)) return blame("html");
    if (!isUtf8(m.calendar) || !isMethod(methodOf(m.calendar))) return blame("calendar");
    for (const auto& a : m.attachments)
        if (a.name.empty() || !isHeaderText(a.name) || !isContentType(a.contentType)) return blame("attachments");
    return std::nullopt;
}

/// RFC 5322 3.3, always in UTC.
std::string dateHeader(Instant instant) {
    static constexpr const char* days[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static constexpr const char* months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                             "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const auto day = std::chrono::floor<std::chrono::days>(instant);
    const std::chrono::year_month_day date{day};
    const std::chrono::hh_mm_ss time{std::chrono::floor<std::chrono::seconds>(instant - day)};
    char out[64];
    std::snprintf(out, sizeof out, "%s, %02u %s %04d %02d:%02d:%02d +0000",
                  days[std::chrono::weekday{day}.c_encoding()], static_cast<unsigned>(date.day()),
                  months[static_cast<unsigned>(date.month()) - 1], static_cast<int>(date.year()),
                  static_cast<int>(time.hours().count()), static_cast<int>(time.minutes().count()),
                  static_cast<int>(time.seconds().count()));
    return out;
}

std::string mailboxHeader(std::string_view field, const Mailbox& mailbox) {
    std::string out = std::string(field) + ": ";
    if (mailbox.name.empty()) return out + mailbox.address + "\r\n";
    out += phrase(mailbox.name, out.size());
    const auto lineStart = out.rfind('\n') == std::string::npos ? 0 : out.rfind('\n') + 1;
    // Folded also when it would just fit: a line that holds an encoded-word is limited to 76 (RFC 2047 2).
    out += out.size() - lineStart + mailbox.address.size() + 3 > 76 ? "\r\n <" : " <";
    return out + mailbox.address + ">\r\n";
}

/// "Content-Type: …" up to and with the empty line, then the body, which ends in CRLF.
std::string textPart(std::string_view type, std::string_view parameters, std::string_view text) {
    auto lines = withCrlf(text);
    if (!endsWith(lines, "\r\n")) lines += "\r\n";
    const auto quoted = quotedPrintable(lines);
    const bool useQuoted = quoted.size() <= base64LinesSize(lines.size());
    std::string out;
    out.reserve(quoted.size() + 200);
    out.append("Content-Type: ").append(type).append("; charset=utf-8").append(parameters);
    out += "\r\nContent-Transfer-Encoding: ";
    if (useQuoted) out.append("quoted-printable\r\n\r\n").append(quoted);
    else out.append("base64\r\n\r\n").append(base64Lines(lines));
    return out;
}

/// The name stands twice: whole in Content-Disposition (RFC 2183, 2231), in ASCII in Content-Type for old readers.
std::string attachmentPart(const Attachment& a) {
    std::string out = "Content-Type: " + a.contentType + fileNameParameter("name", asciiFileName(a.name));
    out += "\r\nContent-Disposition: attachment" + fileNameParameter("filename", a.name);
    out += "\r\nContent-Transfer-Encoding: base64\r\n\r\n";
    return out.append(base64Lines(a.bytes));
}

std::string multipart(std::string_view kind, const std::string& boundary, const std::vector<std::string>& parts) {
    std::string out = "Content-Type: multipart/" + std::string(kind) + ";\r\n boundary=\"" + boundary + "\"\r\n\r\n";
    std::size_t size = out.size() + boundary.size() + 8;
    for (const auto& part : parts) size += part.size() + boundary.size() + 6;
    out.reserve(size);
    for (const auto& part : parts) out.append("--").append(boundary).append("\r\n").append(part).append("\r\n");
    return out.append("--").append(boundary).append("--\r\n");
}

void addCalendar(std::string_view calendar, std::vector<std::string>& alternatives,
                 std::vector<std::string>& attachments) {
    const auto method = methodOf(calendar);
    const auto parameter = method.empty() ? std::string() : "; method=" + method;
    const bool asks = !method.empty() && method != "PUBLISH";
    if (asks) alternatives.push_back(textPart("text/calendar", parameter, calendar));
    auto lines = withCrlf(calendar); // RFC 5545 3.1
    if (!endsWith(lines, "\r\n")) lines += "\r\n";
    // The second copy is a file to keep; as text/calendar some readers would show the entry twice.
    attachments.push_back(attachmentPart(
        {"hoering.ics", asks ? "application/ics" : "text/calendar; charset=utf-8" + parameter, std::move(lines)}));
}

} // namespace

Result<std::string> toBytes(const Message& m) {
    if (auto fault = findFault(m)) return *fault;

    std::string out = "Date: " + dateHeader(m.date) + "\r\n";
    out += mailboxHeader("From", m.from) + mailboxHeader("To", m.to);
    if (!m.replyTo.address.empty()) out += mailboxHeader("Reply-To", m.replyTo);
    out += "Subject: " + unstructured(m.subject, 9) + "\r\n";
    out += "Message-ID: <" + m.messageId + ">\r\n";
    if (!m.references.empty()) {
        out += "In-Reply-To: <" + m.references.back() + ">\r\nReferences:";
        for (std::size_t i = 0; i < m.references.size(); ++i) out += (i == 0 ? " <" : "\r\n <") + m.references[i] + ">";
        out += "\r\n";
    }
    out += "Auto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\n";
    if (!m.language.empty()) out += "Content-Language: " + m.language + "\r\n";

    // "=_" cannot occur in quoted-printable nor in base64, so no body can hold a boundary (RFC 2045 6.7).
    const auto mark = sha256Hex(m.messageId).substr(0, 32);
    std::vector<std::string> alternatives{textPart("text/plain", "", m.text)};
    if (!m.html.empty()) alternatives.push_back(textPart("text/html", "", m.html));
    std::vector<std::string> attachments;
    for (const auto& a : m.attachments) attachments.push_back(attachmentPart(a));
    if (!m.calendar.empty()) addCalendar(m.calendar, alternatives, attachments);
    auto body =
        alternatives.size() == 1 ? std::move(alternatives[0]) : multipart("alternative", "=_a_" + mark, alternatives);
    if (!attachments.empty()) {
        attachments.insert(attachments.begin(), std::move(body));
        body = multipart("mixed", "=_m_" + mark, attachments);
    }
    return out.append(body);
}

} // namespace hoering::smtp
