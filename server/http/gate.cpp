#include "http/gate.h"

#include <algorithm>

namespace hoering::http {
namespace {

constexpr std::size_t targetLimit = 8000; // RFC 9112 section 3: at least 8000 octets
constexpr std::size_t fieldCountLimit = 100;

bool same(std::string_view a, std::string_view b) {
    auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
    return a.size() == b.size() &&
           std::equal(a.begin(), a.end(), b.begin(), [&](char x, char y) { return lower(x) == lower(y); });
}
bool alnum(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }
bool isToken(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
        return alnum(c) || std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
    });
}
bool isValue(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](unsigned char c) { return c == '\t' || (c >= 0x20 && c != 0x7f); });
}
bool isDigits(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}
int hexDigit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

/// The next character, percent escapes resolved; -1 for a bad escape. Moves `i` to its last byte.
int decoded(std::string_view text, std::size_t& i) {
    if (text[i] != '%') return static_cast<unsigned char>(text[i]);
    if (i + 2 >= text.size()) return -1;
    const int high = hexDigit(text[i + 1]), low = hexDigit(text[i + 2]);
    if (high < 0 || low < 0) return -1;
    i += 2;
    return high * 16 + low;
}

/// Dots and slashes are judged after decoding, so that "%2e%2e%2f" is no way around.
const char* whyBadPath(std::string_view path) {
    std::size_t segment = 0; // length so far
    bool onlyDots = true;
    for (std::size_t i = 0; i < path.size(); ++i) {
        const int c = decoded(path, i);
        if (c < 0) return "bad percent escape in the path";
        if (c < 0x20 || c == 0x7f) return "control character in the path";
        if (c == '/') {
            if (i > 0 && segment == 0) return "empty path segment";
            if (segment > 0 && onlyDots && segment <= 2) return "dot segment";
            segment = 0;
            onlyDots = true;
        } else {
            ++segment;
            onlyDots = onlyDots && c == '.';
        }
    }
    if (segment > 0 && onlyDots && segment <= 2) return "dot segment";
    return nullptr;
}

const char* whyBadTarget(std::string_view target) {
    if (target.empty() || target.front() != '/') return "target not in origin form";
    for (unsigned char c : target)
        if (c <= 0x20 || c >= 0x7f || c == '#' || c == '\\') return "character not allowed in the target";
    const std::size_t mark = target.find('?');
    if (const char* why = whyBadPath(target.substr(0, mark))) return why;
    if (mark == std::string_view::npos) return nullptr;
    for (std::size_t i = mark + 1; i < target.size(); ++i)
        if (decoded(target, i) <= 0) return "bad percent escape or NUL in the query";
    return nullptr;
}

/// The host without its port; "" when the field is not valid (RFC 9110 section 7.2, RFC 3986 section 3.2.2).
std::string_view hostName(std::string_view field) {
    std::string_view name = field, rest;
    if (!field.empty() && field.front() == '[') {
        const std::size_t end = field.find(']');
        if (end == std::string_view::npos) return {};
        name = field.substr(0, end + 1);
        rest = field.substr(end + 1);
        for (char c : name.substr(1, name.size() - 2))
            if (hexDigit(c) < 0 && c != ':' && c != '.') return {};
    } else {
        const std::size_t colon = field.find(':');
        name = field.substr(0, colon);
        if (colon != std::string_view::npos) rest = field.substr(colon);
        for (char c : name)
            if (!alnum(c) && c != '-' && c != '.' && c != '_') return {};
    }
    if (!rest.empty() && (rest.front() != ':' || rest.size() > 6 || !isDigits(rest.substr(1)))) return {};
    return name;
}

Verdict no(int status, const char* why) { return {status, true, why}; }

} // namespace

Verdict gate(const RawHead& head, const std::vector<std::string>& hosts) {
    if (head.version != 10 && head.version != 11) return no(505, "HTTP version");
    if (head.fields.size() > fieldCountLimit) return no(431, "too many fields");
    int hostCount = 0, lengthCount = 0, codingCount = 0, typeCount = 0;
    std::string_view host, length, coding;
    bool strangeExpect = false;
    for (const auto& [name, value] : head.fields) {
        if (!isToken(name)) return no(400, "field name is no token");
        if (!isValue(value)) return no(400, "control character or line folding in a field");
        if (same(name, "host")) ++hostCount, host = value;
        else if (same(name, "content-length")) ++lengthCount, length = value;
        else if (same(name, "transfer-encoding")) ++codingCount, coding = value;
        else if (same(name, "content-type")) ++typeCount;
        else if (same(name, "expect")) strangeExpect = strangeExpect || !same(value, "100-continue");
    }
    if (codingCount > 0) {
        if (head.version == 10) return no(400, "Transfer-Encoding on HTTP/1.0");
        if (lengthCount > 0) return no(400, "Transfer-Encoding with Content-Length");
        if (codingCount > 1) return no(400, "two Transfer-Encodings");
        if (!same(coding, "chunked")) return no(501, "Transfer-Encoding other than chunked");
    }
    if (lengthCount > 1) return no(400, "two Content-Lengths");
    if (lengthCount == 1 && (!isDigits(length) || length.size() > 18)) return no(400, "Content-Length is no number");
    if (typeCount > 1) return no(400, "two Content-Types");
    if (!isToken(head.method)) return no(400, "method is no token");
    const bool reads = head.method == "GET" || head.method == "HEAD";
    if (!reads && head.method != "POST") {
        for (std::string_view known : {"PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT"})
            if (head.method == known) return no(405, "method not used here");
        return no(501, "unknown method");
    }
    if (head.target.size() > targetLimit) return no(414, "target too long");
    if (const char* why = whyBadTarget(head.target)) return no(400, why);
    if (hostCount != 1) return no(400, hostCount == 0 ? "no Host" : "two Hosts");
    const std::string_view name = hostName(host);
    if (name.empty()) return no(400, "Host is not valid");
    // A body on GET has no meaning (RFC 9110 section 9.3.1) and is a way to smuggle.
    if (reads && (codingCount > 0 || (lengthCount == 1 && length.find_first_not_of('0') != std::string_view::npos)))
        return no(400, "a body on GET or HEAD");
    if (strangeExpect && head.version == 11) return no(417, "Expect other than 100-continue");
    if (std::none_of(hosts.begin(), hosts.end(), [&](const std::string& ours) { return same(ours, name); }))
        return no(421, "Host is not one of ours");
    return {0, false, ""};
}

} // namespace hoering::http
