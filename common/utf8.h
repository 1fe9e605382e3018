// Reading UTF-8 one code point at a time.
// Not here: whole texts (common/strings.h), collation and case of real languages (ICU, server/text).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace hoering::utf8 {

constexpr char32_t malformed = 0xFFFFFFFF;

inline bool isContinuation(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

/// The code point at `at`, which is moved behind it. `malformed` (RFC 3629, section 3: overlong, surrogate, beyond
/// U+10FFFF, cut short) moves by one byte. Precondition: at < text.size().
inline char32_t next(std::string_view text, std::size_t& at) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char lead = byte(at++);
    if (lead < 0x80) return lead;
    const int more = lead >= 0xC2 && lead <= 0xDF   ? 1
                     : (lead & 0xF0) == 0xE0        ? 2
                     : lead >= 0xF0 && lead <= 0xF4 ? 3
                                                    : 0;
    if (more == 0 || text.size() - at < static_cast<std::size_t>(more)) return malformed;
    char32_t c = lead & (0x3F >> more);
    for (int i = 0; i < more; ++i) {
        if (!isContinuation(text[at + i])) return malformed;
        c = (c << 6) | (byte(at + i) & 0x3F);
    }
    const bool overlong = (more == 2 && c < 0x800) || (more == 3 && c < 0x10000);
    if (overlong || (c >= 0xD800 && c <= 0xDFFF) || c > 0x10FFFF) return malformed;
    at += more;
    return c;
}

inline void append(std::string& out, char32_t c) {
    const auto put = [&](char32_t byte) { out += static_cast<char>(byte); };
    if (c < 0x80) put(c);
    else if (c < 0x800) put(0xC0 | c >> 6), put(0x80 | (c & 0x3F));
    else if (c < 0x10000) put(0xE0 | c >> 12), put(0x80 | (c >> 6 & 0x3F)), put(0x80 | (c & 0x3F));
    else put(0xF0 | c >> 18), put(0x80 | (c >> 12 & 0x3F)), put(0x80 | (c >> 6 & 0x3F)), put(0x80 | (c & 0x3F));
}

} // namespace hoering::utf8
