#include "documents/sanitize.h"

#include <algorithm>
#include <array>
#include <cctype>

#include <unicode/uchar.h>
#include <unicode/utf8.h>

namespace hoering::documents {
namespace {

constexpr int mostMarks = 30;

bool isDropped(UChar32 c) {
    if (c < 0x20) return c != '\t' && c != '\n';
    if (c >= 0x7F && c <= 0x9F) return true;
    return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0xFEFF || U_IS_UNICODE_NONCHAR(c);
}

bool isPlain(unsigned char c) { return (c >= 0x20 && c < 0x7F) || c == '\n' || c == '\t'; }

bool isMark(UChar32 c) {
    if (c < 0x300) return false;
    const auto type = u_charType(c);
    return type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK || type == U_COMBINING_SPACING_MARK;
}

void append(std::string& out, UChar32 c) {
    std::array<char, U8_MAX_LENGTH> bytes{};
    int32_t n = 0;
    U8_APPEND_UNSAFE(bytes.data(), n, c);
    out.append(bytes.data(), static_cast<std::size_t>(n));
}

} // namespace

std::string sanitize(std::string_view text) {
    if (std::all_of(text.begin(), text.end(), [](char c) { return isPlain(static_cast<unsigned char>(c)); }))
        return std::string(text);
    std::string out;
    out.reserve(text.size());
    int marks = 0;
    std::size_t i = 0;
    while (i < text.size()) {
        // ICU's index is 32 bits wide: step from a moving base, a character is at most four bytes.
        const auto* base = reinterpret_cast<const uint8_t*>(text.data()) + i;
        const auto left = static_cast<int32_t>(std::min<std::size_t>(text.size() - i, U8_MAX_LENGTH));
        int32_t step = 0;
        UChar32 c = 0;
        U8_NEXT(base, step, left, c);
        i += static_cast<std::size_t>(step);
        if (c < 0) c = 0xFFFD;
        if (c == '\r') {
            if (i < text.size() && text[i] == '\n') ++i;
            c = '\n';
        }
        if (c == 0x85 || c == 0x2028 || c == 0x2029) c = '\n';
        if (isDropped(c)) continue;
        marks = isMark(c) ? marks + 1 : 0;
        if (marks <= mostMarks) append(out, c);
    }
    return out;
}

std::string sanitizeLine(std::string_view text) {
    std::string line = sanitize(text);
    std::replace_if(
        line.begin(), line.end(), [](char c) { return c == '\n' || c == '\t'; }, ' ');
    return line;
}

std::string safeHref(std::string_view href) {
    if (href.size() > 2000) return {};
    const auto colon = href.find(':');
    if (colon == std::string_view::npos) return {};
    std::string scheme(href.substr(0, colon));
    std::transform(scheme.begin(), scheme.end(), scheme.begin(), [](unsigned char c) { return std::tolower(c); });
    const std::string_view rest = href.substr(colon + 1);
    const bool web = (scheme == "http" || scheme == "https") && rest.starts_with("//") && rest.size() > 2;
    if (!web && !((scheme == "mailto" || scheme == "tel") && !rest.empty())) return {};
    static constexpr std::string_view kept = "-._~:/?#[]@!$&()*+,;=%";
    static constexpr std::string_view hex = "0123456789ABCDEF";
    std::string out = scheme + ":";
    for (const char ch : rest) {
        const auto c = static_cast<unsigned char>(ch);
        if (c < 0x80 && (std::isalnum(c) != 0 || kept.find(ch) != std::string_view::npos)) out += ch;
        else ((out += '%') += hex[c >> 4U]) += hex[c & 15U];
    }
    return out;
}

std::string safeColour(std::string_view colour, std::string_view fallback) {
    const bool good = colour.size() == 7 && colour[0] == '#' &&
                      std::all_of(colour.begin() + 1, colour.end(), [](unsigned char c) { return std::isxdigit(c); });
    std::string out(good ? colour : fallback);
    std::transform(out.begin(), out.end(), out.begin(), [](unsigned char c) { return std::tolower(c); });
    return out;
}

std::string safeLanguage(std::string_view tag) {
    const bool good = !tag.empty() && tag.size() <= 35 && std::all_of(tag.begin(), tag.end(), [](unsigned char c) {
        return c < 0x80 && (std::isalnum(c) != 0 || c == '-');
    });
    return std::string(good ? tag : "da");
}

} // namespace hoering::documents
