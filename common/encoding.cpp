// Of common/strings.h: texts as other alphabets - slugs, percent-encoding, hex, base64.
#include <array>
#include <cstdint>

#include "common/strings.h"
#include "common/utf8.h"

namespace hoering {

namespace {

/// Latin-1 and Latin Extended-A letters that turn up in Danish titles, in ASCII; "" for anything else.
std::string_view asciiOf(char32_t c) {
    switch (c) {
    case U'æ':
    case U'Æ':
    case U'ä':
    case U'Ä': return "ae";
    case U'ø':
    case U'Ø':
    case U'ö':
    case U'Ö':
    case U'œ':
    case U'Œ': return "oe";
    case U'å':
    case U'Å': return "aa";
    case U'à':
    case U'á':
    case U'â':
    case U'ã':
    case U'À':
    case U'Á':
    case U'Â':
    case U'Ã': return "a";
    case U'è':
    case U'é':
    case U'ê':
    case U'ë':
    case U'È':
    case U'É':
    case U'Ê':
    case U'Ë': return "e";
    case U'ì':
    case U'í':
    case U'î':
    case U'ï':
    case U'Ì':
    case U'Í':
    case U'Î':
    case U'Ï': return "i";
    case U'ò':
    case U'ó':
    case U'ô':
    case U'õ':
    case U'Ò':
    case U'Ó':
    case U'Ô':
    case U'Õ': return "o";
    case U'ù':
    case U'ú':
    case U'û':
    case U'Ù':
    case U'Ú':
    case U'Û': return "u";
    case U'ü':
    case U'Ü': return "ue";
    case U'ý':
    case U'ÿ':
    case U'Ý': return "y";
    case U'ç':
    case U'Ç': return "c";
    case U'ñ':
    case U'Ñ': return "n";
    case U'ð':
    case U'Ð': return "d";
    case U'þ':
    case U'Þ': return "th";
    case U'ß': return "ss";
    case U'š':
    case U'Š': return "s";
    case U'ž':
    case U'Ž': return "z";
    case U'ł':
    case U'Ł': return "l";
    default: return {};
    }
}

constexpr std::size_t longestSlug = 60;

} // namespace

std::string slugFrom(std::string_view title) {
    std::string slug;
    bool gap = false;
    for (std::size_t at = 0; at < title.size();) {
        const char32_t c = utf8::next(title, at);
        char one[1];
        std::string_view letters = asciiOf(c);
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z')) {
            one[0] = static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
            letters = {one, 1};
        }
        if (letters.empty()) {
            // An apostrophe or a soft hyphen does not part a word.
            if (c != U'\'' && c != U'’' && c != 0xAD) gap = true;
            continue;
        }
        if (gap && !slug.empty()) slug += '-';
        gap = false;
        slug += letters;
        if (slug.size() > longestSlug) break;
    }
    if (slug.size() > longestSlug) {
        const auto dash = slug.rfind('-', longestSlug);
        slug.resize(dash != std::string::npos && dash >= longestSlug / 2 ? dash : longestSlug);
    }
    while (!slug.empty() && slug.back() == '-') slug.pop_back();
    return slug.empty() ? "hoering" : slug;
}

namespace {

constexpr auto hexValues = [] {
    std::array<signed char, 256> values{};
    values.fill(-1);
    for (int i = 0; i < 10; ++i) values['0' + i] = static_cast<signed char>(i);
    for (int i = 0; i < 6; ++i) values['a' + i] = values['A' + i] = static_cast<signed char>(10 + i);
    return values;
}();
int hexValue(char c) { return hexValues[static_cast<unsigned char>(c)]; }

std::string base64With(std::string_view bytes, const char* alphabet, bool pad) {
    std::string out;
    out.reserve((bytes.size() + 2) / 3 * 4);
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        const std::size_t n = std::min<std::size_t>(3, bytes.size() - i);
        std::uint32_t bits = 0;
        for (std::size_t k = 0; k < 3; ++k) bits = bits << 8 | (k < n ? static_cast<unsigned char>(bytes[i + k]) : 0U);
        for (std::size_t k = 0; k < 4; ++k) {
            if (k <= n) out += alphabet[bits >> (18 - 6 * k) & 63];
            else if (pad) out += '=';
        }
    }
    return out;
}

} // namespace

std::string percentDecode(std::string_view text, bool plusIsSpace) {
    std::string out(text.size(), '\0'); // never longer; written through a pointer, as whole answers come this way
    char* to = out.data();
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%' && i + 2 < text.size()) {
            const int high = hexValue(text[i + 1]), low = hexValue(text[i + 2]);
            if (high >= 0 && low >= 0) {
                *to++ = static_cast<char>(high << 4 | low);
                i += 2;
                continue;
            }
        }
        *to++ = text[i] == '+' && plusIsSpace ? ' ' : text[i];
    }
    out.resize(static_cast<std::size_t>(to - out.data()));
    return out;
}

std::string percentEncode(std::string_view text) {
    static constexpr char digits[] = "0123456789ABCDEF";
    std::string out;
    out.reserve(text.size());
    for (const char c : text) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
                           c == '.' || c == '_' || c == '~';
        if (plain) {
            out += c;
        } else {
            out += '%';
            out += digits[static_cast<unsigned char>(c) >> 4];
            out += digits[static_cast<unsigned char>(c) & 15];
        }
    }
    return out;
}

std::string toHex(std::string_view bytes) {
    static constexpr char digits[] = "0123456789abcdef";
    std::string out;
    out.reserve(bytes.size() * 2);
    for (const char c : bytes) {
        out += digits[static_cast<unsigned char>(c) >> 4];
        out += digits[static_cast<unsigned char>(c) & 15];
    }
    return out;
}

std::string base64(std::string_view bytes) {
    return base64With(bytes, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/", true);
}
std::string base64Url(std::string_view bytes) {
    return base64With(bytes, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_", false);
}

} // namespace hoering
