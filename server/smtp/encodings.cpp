#include "smtp/encodings.h"

#include <algorithm>
#include <array>

#include "common/strings.h"

namespace hoering::smtp {

namespace {

constexpr std::size_t wordLimit = 75; // RFC 2047 2: an encoded-word
constexpr std::size_t lineLimit = 76; // RFC 2047 2: a line that holds one; RFC 2045 6.7, 6.8: a line of a body
constexpr std::size_t bytesPerLine = lineLimit / 4 * 3; // of base64
constexpr std::string_view qStart = "=?utf-8?Q?", bStart = "=?utf-8?B?", wordEnd = "?=";

bool isAlnum(unsigned char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }
bool isOneOf(char c, std::string_view set) { return set.find(c) != std::string_view::npos; }
bool isPrintable(unsigned char c) { return c >= 0x20 && c < 0x7F; }

/// Bytes of the UTF-8 character that starts at `at`: at most four, also of what is none.
std::size_t characterSize(std::string_view text, std::size_t at) {
    std::size_t n = 1;
    while (n < 4 && at + n < text.size() && (static_cast<unsigned char>(text[at + n]) & 0xC0) == 0x80) ++n;
    return n;
}

std::string hexEscape(char mark, unsigned char c) {
    static constexpr std::string_view digits = "0123456789ABCDEF";
    return {mark, digits[c >> 4], digits[c & 15]};
}

std::string qByte(unsigned char c) {
    if (c == ' ') return "_";
    if (isAlnum(c) || isOneOf(static_cast<char>(c), "!*+-/")) return std::string(1, static_cast<char>(c));
    return hexEscape('=', c);
}

bool isBlank(char c) { return c == ' ' || c == '\t'; }

/// Whether a byte may stand for itself in quoted-printable (RFC 2045 6.7 (2), (3)), but for a blank at a line's end.
constexpr auto literals = [] {
    std::array<bool, 256> table{};
    for (int c = 0x20; c < 0x7F; ++c) table[static_cast<std::size_t>(c)] = c != '=';
    table['\t'] = true;
    return table;
}();
bool isLiteral(char c) { return literals[static_cast<unsigned char>(c)]; }

/// Whether a header reader gives the text back unchanged: no double or outer blanks, nothing like an encoded-word.
bool isPlain(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), isPrintable) && text.front() != ' ' &&
           text.back() != ' ' && text.find("  ") == std::string_view::npos && text.find("=?") == std::string_view::npos;
}

} // namespace

std::string encodedWords(std::string_view text, std::size_t used) {
    std::size_t qSize = 0;
    for (unsigned char c : text) qSize += qByte(c).size();
    const bool q = qSize <= (text.size() + 2) / 3 * 4;
    const std::size_t frame = qStart.size() + wordEnd.size();
    // A first line so full that not even one character fits starts with a fold.
    std::string out = used + frame + 16 > lineLimit ? "\r\n " : "";
    std::size_t room = std::min(out.empty() ? lineLimit - used : lineLimit - 1, wordLimit) - frame;
    std::string raw;      // bytes of the word being filled
    std::size_t cost = 0; // what they take when encoded
    const auto close = [&] {
        out += q ? qStart : bStart;
        if (q) {
            for (unsigned char c : raw) out += qByte(c);
        } else {
            out += base64(raw);
        }
        out += wordEnd;
        raw.clear();
        cost = 0;
    };
    for (std::size_t at = 0; at < text.size();) {
        const auto character = text.substr(at, characterSize(text, at));
        std::size_t next = 0;
        if (q) {
            next = cost;
            for (unsigned char c : character) next += qByte(c).size();
        } else {
            next = (raw.size() + character.size() + 2) / 3 * 4;
        }
        if (next > room && !raw.empty()) {
            close();
            out += "\r\n ";
            room = wordLimit - frame;
            continue;
        }
        raw += character;
        cost = next;
        at += character.size();
    }
    if (!raw.empty()) close();
    return out;
}

std::string unstructured(std::string_view text, std::size_t used) {
    if (text.empty()) return {};
    if (isPlain(text) && used + text.size() <= 78) return std::string(text);
    return encodedWords(text, used);
}

std::string phrase(std::string_view name, std::size_t used) {
    if (!isPlain(name) || used + name.size() > 72) return encodedWords(name, used);
    if (std::all_of(name.begin(), name.end(), [](char c) { return isAlnum(c) || c == ' ' || c == '-'; }))
        return std::string(name);
    std::string out = "\"";
    for (char c : name) {
        if (c == '"' || c == '\\') out += '\\';
        out += c;
    }
    return used + out.size() > 77 ? encodedWords(name, used) : out + '"';
}

std::string withCrlf(std::string_view text) {
    std::string out;
    out.reserve(text.size() + text.size() / 16);
    const bool onlyLf = text.find('\r') == std::string_view::npos;
    while (!text.empty()) {
        const auto end = onlyLf ? text.find('\n') : text.find_first_of("\r\n");
        out += text.substr(0, end);
        if (end == std::string_view::npos) break;
        out += "\r\n";
        text.remove_prefix(end + (text.substr(end, 2) == "\r\n" ? 2 : 1));
    }
    return out;
}

std::string quotedPrintable(std::string_view text) {
    std::string out;
    out.reserve(text.size() + text.size() / 8);
    std::array<char, lineLimit> line;
    std::size_t column = 0;
    const auto endLine = [&](std::string_view end) {
        out.append(line.data(), column).append(end);
        column = 0;
    };
    for (std::size_t at = 0; at < text.size();) {
        if (text.substr(at, 2) == "\r\n") {
            endLine("\r\n");
            at += 2;
            continue;
        }
        const auto blankAtEnd = [&] { return isBlank(text[at]) && (at + 1 == text.size() || text[at + 1] == '\r'); };
        // Most of a letter: plain bytes in the middle of a line.
        const auto before = at;
        while (column > 0 && column + 1 < lineLimit && at < text.size() && isLiteral(text[at]) && !blankAtEnd())
            line[column++] = text[at++];
        if (at > before) continue;
        const auto character = text.substr(at, characterSize(text, at));
        const bool literal = character.size() == 1 && isLiteral(text[at]) && !blankAtEnd();
        const std::size_t cost = literal ? 1 : 3 * character.size();
        at += character.size();
        const bool endsLine = at == text.size() || text.substr(at, 2) == "\r\n";
        if (column + cost > (endsLine ? lineLimit : lineLimit - 1)) endLine("=\r\n");
        // A line that starts so is mangled by some relays and mailboxes.
        const auto rest = text.substr(at - character.size());
        const bool guarded = column == 0 && (startsWith(rest, ".") || startsWith(rest, "From "));
        if (literal && !guarded) line[column++] = character[0];
        else
            for (unsigned char c : character)
                for (char digit : hexEscape('=', c)) line[column++] = digit;
    }
    endLine("");
    return out;
}

std::size_t base64LinesSize(std::size_t bytes) {
    const std::size_t lines = (bytes + bytesPerLine - 1) / bytesPerLine, rest = bytes % bytesPerLine;
    return bytes / bytesPerLine * lineLimit + (rest + 2) / 3 * 4 + 2 * lines;
}

std::string base64Lines(std::string_view bytes) {
    std::string out;
    out.reserve(base64LinesSize(bytes.size()));
    for (std::size_t at = 0; at < bytes.size(); at += bytesPerLine)
        out.append(base64(bytes.substr(at, bytesPerLine))).append("\r\n");
    return out;
}

std::string asciiFileName(std::string_view name) {
    std::string out;
    for (std::size_t at = 0; at < name.size();) {
        const auto character = name.substr(at, characterSize(name, at));
        at += character.size();
        if (character == "æ") out += "ae";
        else if (character == "ø") out += "oe";
        else if (character == "å") out += "aa";
        else if (character == "Æ") out += "Ae";
        else if (character == "Ø") out += "Oe";
        else if (character == "Å") out += "Aa";
        else if (isAlnum(character[0]) || isOneOf(character[0], " ._-()")) out += character;
        else out += '_';
    }
    if (out.size() > 60) {
        const auto dot = out.rfind('.');
        const auto ending = dot == std::string::npos || out.size() - dot > 10 ? std::string() : out.substr(dot);
        out = out.substr(0, 60 - ending.size()) + ending;
    }
    return out;
}

std::string fileNameParameter(std::string_view parameter, std::string_view value) {
    const std::string start = ";\r\n " + std::string(parameter);
    if (isPlain(value) && asciiFileName(value) == value) return start + "=\"" + std::string(value) + "\"";

    // RFC 2231 4.1: name*=charset'language'bytes; RFC 2231 3: name*0*=, name*1*= when one line is not enough.
    constexpr std::size_t pieceLimit = 50;
    std::vector<std::string> pieces(1);
    for (std::size_t at = 0; at < value.size();) {
        std::string encoded;
        const auto size = characterSize(value, at);
        for (unsigned char c : value.substr(at, size))
            encoded += isAlnum(c) || c == '.' || c == '-' || c == '_' ? std::string(1, static_cast<char>(c))
                                                                      : hexEscape('%', c);
        if (pieces.back().size() + encoded.size() > pieceLimit) pieces.emplace_back();
        pieces.back() += encoded;
        at += size;
    }
    if (pieces.size() == 1) return start + "*=utf-8''" + pieces[0];
    std::string out;
    for (std::size_t i = 0; i < pieces.size(); ++i)
        out += start + "*" + std::to_string(i) + "*=" + (i == 0 ? "utf-8''" : "") + pieces[i];
    return out;
}

} // namespace hoering::smtp
