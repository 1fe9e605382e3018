// Reading UTF-8 one code point at a time.
// Not here: whole texts (common/strings.h), collation and case of real languages (ICU, server/text).
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace hoering::utf8 {

constexpr char32_t malformed = 0xFFFFFFFF;

inline bool isContinuation(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

/// How many bytes from `at` on are printable ASCII (0x20 to 0x7E), as nearly all of most texts is: eight at a time.
inline std::size_t plainRun(std::string_view text, std::size_t at) {
    const std::size_t start = at;
    if constexpr (std::endian::native == std::endian::little) {
        constexpr std::uint64_t ones = 0x0101010101010101;
        for (std::uint64_t eight = 0; text.size() - at >= sizeof eight; at += sizeof eight) {
            std::memcpy(&eight, text.data() + at, sizeof eight);
            // The top bit of each byte that is over 0x7F, under 0x20 or 0x7F; exact up to the first of them.
            const std::uint64_t odd = (eight | (eight - 0x20 * ones) | (eight + ones)) & 0x80 * ones;
            if (odd != 0) return at - start + static_cast<std::size_t>(std::countr_zero(odd)) / 8;
        }
    }
    while (at < text.size() && text[at] >= 0x20 && text[at] < 0x7F) ++at;
    return at - start;
}

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
