// Placeholders and contradictory weekdays in a text (declared in consultation.h). Placeholders are found by hand: a
// std::regex takes seconds for a long text, and its stack for a long line.
#include <algorithm>
#include <array>
#include <regex>

#include "common/strings.h"
#include "domain/consultation.h"

namespace hoering {
namespace {

void addOnce(std::vector<std::string>& found, std::string text) {
    if (std::find(found.begin(), found.end(), text) == found.end()) found.push_back(std::move(text));
}

constexpr std::size_t longestMark = 200; // bytes between brackets

bool isWord(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c & 0x80) != 0;
}
bool isX(char c) { return c == 'x' || c == 'X'; }
bool isLoneX(std::string_view text) { return text.size() == 1 && isX(text[0]); }
bool wordEndsAt(std::string_view line, std::size_t at) { return at >= line.size() || !isWord(line[at]); }

std::size_t runAt(std::string_view line, std::size_t at) {
    std::size_t end = at;
    while (end < line.size() && line[end] == line[at]) ++end;
    return end - at;
}

/// "[indsæt …]", "[dato]": the length, 0 for other brackets and for links.
std::size_t bracketAt(std::string_view line, std::size_t at) {
    const auto length = line.substr(at, longestMark).find(']'); // not the whole line each time
    if (length == std::string_view::npos) return 0;
    const auto end = at + length;
    if (line.substr(end + 1, 1) == "(") return 0;
    const std::string inside = lowerAscii(line.substr(at + 1, end - at - 1));
    for (std::string_view start : {"inds\xC3\xA6t", "indtast", "udfyld", "angiv", "skriv", "navn", "dato", "xx"})
        if (startsWith(inside, start) && wordEndsAt(inside, start.size())) return end + 1 - at;
    return 0;
}

/// "(x)", "xx", "x@kommune.dk": the length at an x or a bracket before one, 0 if it is something else.
std::size_t xMarkAt(std::string_view line, std::size_t at) {
    if (line[at] == '(') {
        const std::size_t n = at + 1 < line.size() && isX(line[at + 1]) ? runAt(line, at + 1) : 0;
        return n > 0 && n <= 3 && line.substr(at + 1 + n, 1) == ")" ? n + 2 : 0;
    }
    const std::size_t n = runAt(line, at), after = at + n;
    if (line.substr(after, 1) == "@") {
        if (at > 0 && std::string_view("._%+-").find(line[at - 1]) != std::string_view::npos) return 0;
        std::size_t end = after + 1;
        while (end < line.size() &&
               ((isWord(line[end]) && !(line[end] & 0x80)) || line[end] == '.' || line[end] == '-'))
            ++end;
        while (line[end - 1] == '.') --end;
        return end - at;
    }
    return n >= 2 && wordEndsAt(line, after) ? n : 0;
}

/// The length of the placeholder that starts here, 0 for none.
std::size_t markAt(std::string_view line, std::size_t at) {
    if (line[at] == '_') return runAt(line, at) >= 4 ? runAt(line, at) : 0; // three are a rule in Markdown
    if (line[at] == '[') return bracketAt(line, at);
    if (at > 0 && isWord(line[at - 1])) return 0;
    if (isX(line[at]) || line[at] == '(') return xMarkAt(line, at);
    // What Word's own templates show where nothing was written.
    for (std::string_view phrase : {"Klik eller tryk", "Click or tap", "Lorem ipsum"})
        if (startsWith(line.substr(at), phrase)) return std::min(line.size() - at, phrase.size() + 30);
    for (std::string_view word : {"TODO", "TBD"})
        if (startsWith(line.substr(at), word) && wordEndsAt(line, at + word.size())) return word.size();
    return 0;
}

/// "Telefon: x" at the end of a line: from the last word before the colon. "" if there is none.
std::string_view labelledX(std::string_view line) {
    if (line.empty() || !isX(line.back())) return {};
    const auto label = trim(line.substr(0, line.size() - 1));
    if (label.size() < 2 || label.back() != ':' || label[label.size() - 2] == ' ') return {};
    const auto space = label.rfind(' ');
    return line.substr(space == std::string_view::npos ? 0 : space + 1);
}

} // namespace

std::vector<std::string> placeholdersIn(std::string_view text) {
    std::vector<std::string> found;
    std::string_view label; // of a line that ends with a colon, until the next line with anything on it
    for (auto raw : split(text, '\n')) {
        const auto line = trim(raw);
        if (line.empty()) continue;
        if (!label.empty() && isLoneX(line)) addOnce(found, std::string(label) + " " + std::string(line));
        label = line.back() == ':' && line.size() <= 60 ? line : std::string_view{};
        for (std::size_t at = 0; at < line.size();) {
            const auto length = markAt(line, at);
            if (length) addOnce(found, std::string(line.substr(at, length)));
            // The rest of a run is not looked at again, so that a long one takes one look.
            at += length ? length : isX(line[at]) || line[at] == '_' ? runAt(line, at) : 1;
        }
        if (const auto labelled = labelledX(line); !labelled.empty()) addOnce(found, std::string(labelled));
    }
    return found;
}

std::vector<std::string> wrongWeekdaysIn(std::string_view text) {
    static const std::regex pattern("[^ ,\\s]+,?\\s+(?:den\\s+|d\\.\\s*)?"
                                    "([0-9]{1,2}\\. ?[a-z]+ [0-9]{4}|[0-9]{1,2}[.-][0-9]{1,2}[.-][0-9]{4})",
                                    std::regex::icase);
    static constexpr std::array<std::string_view, 7> names{"s\xC3\xB8ndag", "mandag", "tirsdag",      "onsdag",
                                                           "torsdag",       "fredag", "l\xC3\xB8rdag"};
    std::vector<std::string> found;
    const std::string lower = lowerAscii(text);
    for (auto dag = lower.find("dag"); dag != std::string::npos; dag = lower.find("dag", dag + 3)) {
        const auto name = std::find_if(names.begin(), names.end(), [&](auto day) {
            return endsWith(std::string_view(lower).substr(0, dag + 3), day);
        });
        if (name == names.end()) continue;
        const std::size_t start = dag + 3 - name->size();
        const std::string window(text.substr(start, 60));
        std::smatch match;
        if (!std::regex_search(window, match, pattern, std::regex_constants::match_continuous)) continue;
        const auto date = parseTypedDate(match[1].str());
        if (date && names[weekdayOf(*date).c_encoding()] != *name) addOnce(found, cleanLine(match.str()));
    }
    return found;
}

} // namespace hoering
