#include "common/strings.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <iterator>
#include <utility>

#include "common/utf8.h"

namespace hoering {

namespace {
constexpr std::string_view blanks = " \t\r\n\f\v";
}

std::string_view trim(std::string_view text) {
    const auto first = text.find_first_not_of(blanks);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

std::string lowerAscii(std::string_view text) {
    std::string out(text);
    for (char& c : out)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return out;
}

std::vector<std::string_view> split(std::string_view text, char separator) {
    std::vector<std::string_view> parts;
    for (;;) {
        const auto at = text.find(separator);
        parts.push_back(text.substr(0, at));
        if (at == std::string_view::npos) return parts;
        text.remove_prefix(at + 1);
    }
}

std::string join(const std::vector<std::string>& parts, std::string_view separator) {
    std::string out;
    bool first = true;
    for (const auto& part : parts) {
        if (!first) out += separator;
        out += part;
        first = false;
    }
    return out;
}

bool startsWith(std::string_view text, std::string_view prefix) { return text.starts_with(prefix); }
bool endsWith(std::string_view text, std::string_view suffix) { return text.ends_with(suffix); }

std::string replaceAll(std::string text, std::string_view from, std::string_view to) {
    if (from.empty() || text.find(from) == std::string::npos) return text;
    std::string out;
    out.reserve(text.size());
    std::size_t at = 0;
    for (;;) {
        const auto hit = text.find(from, at);
        out.append(text, at, hit - at);
        if (hit == std::string::npos) return out;
        out += to;
        at = hit + from.size();
    }
}

bool isUtf8(std::string_view text) {
    for (std::size_t at = utf8::plainRun(text, 0); at < text.size(); at += utf8::plainRun(text, at))
        if (utf8::next(text, at) == utf8::malformed) return false;
    return true;
}

std::size_t countCodePoints(std::string_view text) {
    std::size_t n = 0;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t plain = utf8::plainRun(text, at);
        n += plain;
        at += plain;
        if (at < text.size()) n += !utf8::isContinuation(text[at++]);
    }
    return n;
}

std::string_view firstCodePoints(std::string_view text, std::size_t n) {
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (utf8::isContinuation(text[at])) continue;
        if (n == 0) return text.substr(0, at);
        --n;
    }
    return text;
}

namespace {

bool isBidiOrInvisible(char32_t c) {
    return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0xFEFF;
}
bool isNoncharacter(char32_t c) { return (c >= 0xFDD0 && c <= 0xFDEF) || (c & 0xFFFE) == 0xFFFE; }
bool isControl(char32_t c) { return c < 0x20 || (c >= 0x7F && c <= 0x9F); }

} // namespace

bool isBlank(std::string_view text) {
    static constexpr std::pair<char32_t, char32_t> unseen[] = {
        {0x09, 0x0D},     {0x20, 0x20},     {0x85, 0x85},      {0xA0, 0xA0},     {0xAD, 0xAD},     {0x34F, 0x34F},
        {0x61C, 0x61C},   {0x115F, 0x1160}, {0x1680, 0x1680},  {0x17B4, 0x17B5}, {0x180B, 0x180F}, {0x2000, 0x200F},
        {0x2028, 0x202F}, {0x205F, 0x206F}, {0x2800, 0x2800},  {0x3000, 0x3000}, {0x3164, 0x3164}, {0xFE00, 0xFE0F},
        {0xFEFF, 0xFEFF}, {0xFFA0, 0xFFA0}, {0xE0000, 0xE0FFF}};
    for (std::size_t at = 0; at < text.size();) {
        const char32_t c = utf8::next(text, at);
        const auto range = std::find_if(std::begin(unseen), std::end(unseen),
                                        [&](const auto& each) { return c >= each.first && c <= each.second; });
        if (range == std::end(unseen)) return false;
    }
    return true;
}

std::string cleanText(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    std::size_t kept = 0; // what stays is copied in runs; this one begins here
    for (std::size_t at = utf8::plainRun(text, 0); at < text.size(); at += utf8::plainRun(text, at)) {
        if (text[at] == '\n' || text[at] == '\t') {
            ++at;
            continue;
        }
        const std::size_t start = at;
        const char32_t c = utf8::next(text, at);
        if (c != utf8::malformed && !isBidiOrInvisible(c) && !isNoncharacter(c) && !isControl(c)) continue;
        out.append(text, kept, start - kept);
        if (c == '\r') {
            out += '\n';
            if (at < text.size() && text[at] == '\n') ++at;
        }
        kept = at;
    }
    out.append(text, kept);
    return out;
}

std::string cleanLine(std::string_view text) {
    std::string line = cleanText(text);
    for (char& c : line)
        if (c == '\n' || c == '\t') c = ' ';
    line = replaceAll(replaceAll(std::move(line), "\u2028", " "), "\u2029", " ");
    const auto trimmed = trim(line);
    return trimmed.size() == line.size() ? line : std::string(trimmed);
}

} // namespace hoering
