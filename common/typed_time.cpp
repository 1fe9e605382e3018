// Of common/calendar.h: dates and times of day as people type them.
#include <algorithm>
#include <array>
#include <optional>

#include "common/calendar.h"
#include "common/strings.h"

namespace hoering {

namespace {

bool isDigit(char c) { return c >= '0' && c <= '9'; }

/// Takes between `least` and `most` digits off the front.
std::optional<int> takeNumber(std::string_view& text, std::size_t least, std::size_t most) {
    std::size_t n = 0;
    int value = 0;
    while (n < text.size() && isDigit(text[n])) {
        if (++n > most) return std::nullopt;
        value = value * 10 + (text[n - 1] - '0');
    }
    if (n < least) return std::nullopt;
    text.remove_prefix(n);
    return value;
}

bool take(std::string_view& text, std::string_view word) {
    if (!text.starts_with(word)) return false;
    text.remove_prefix(word.size());
    return true;
}

void skipSpaces(std::string_view& text) {
    while (take(text, " ") || take(text, "\u00A0")) {
    }
}

std::optional<LocalDate> existing(int year, int month, int day) {
    const LocalDate date{std::chrono::year{year}, std::chrono::month{static_cast<unsigned>(month)},
                         std::chrono::day{static_cast<unsigned>(day)}};
    return date.ok() ? std::optional(date) : std::nullopt;
}

/// A month's name, Danish or English, whole or its first three letters with or without a point.
std::optional<int> takeMonthName(std::string_view& text) {
    static constexpr std::array<std::array<std::string_view, 2>, 12> names{{{"januar", "january"},
                                                                            {"februar", "february"},
                                                                            {"marts", "march"},
                                                                            {"april", "april"},
                                                                            {"maj", "may"},
                                                                            {"juni", "june"},
                                                                            {"juli", "july"},
                                                                            {"august", "august"},
                                                                            {"september", "september"},
                                                                            {"oktober", "october"},
                                                                            {"november", "november"},
                                                                            {"december", "december"}}};
    std::size_t length = 0;
    while (length < text.size() && text[length] >= 'a' && text[length] <= 'z') ++length;
    const auto word = text.substr(0, length);
    for (std::size_t month = 0; month < names.size(); ++month)
        for (const auto name : names[month]) {
            const bool whole = word == name, isShort = word.size() == 3 && name.starts_with(word);
            if (!whole && !isShort) continue;
            text.remove_prefix(length);
            if (!whole) take(text, ".");
            return static_cast<int>(month) + 1;
        }
    return std::nullopt;
}

} // namespace

std::optional<LocalDate> parseIsoDate(std::string_view text) {
    const auto year = takeNumber(text, 4, 4);
    if (!year || !take(text, "-")) return std::nullopt;
    const auto month = takeNumber(text, 2, 2);
    if (!month || !take(text, "-")) return std::nullopt;
    const auto day = takeNumber(text, 2, 2);
    if (!day || !text.empty()) return std::nullopt;
    return existing(*year, *month, *day);
}

std::optional<LocalDate> parseTypedDate(std::string_view typed) {
    if (typed.size() > 64) return std::nullopt;
    const std::string lowered = lowerAscii(trim(typed));
    std::string_view text = lowered;
    if (const auto date = parseIsoDate(text)) return date;
    if (take(text, "den ")) skipSpaces(text);
    const auto day = takeNumber(text, 1, 2);
    if (!day) return std::nullopt;
    const bool parted = take(text, ".") || take(text, "-") || take(text, "/");
    const auto beforeSpaces = text.size();
    skipSpaces(text);
    const bool spaced = text.size() != beforeSpaces;
    std::optional<int> month = takeMonthName(text);
    if (!month) {
        if (!parted || text.empty()) return std::nullopt;
        month = takeNumber(text, 1, 2);
        if (!month) return std::nullopt;
    } else if (!parted && !spaced) {
        return std::nullopt;
    }
    const bool partedAgain = take(text, ".") || take(text, "-") || take(text, "/") || take(text, ",");
    const auto left = text.size();
    skipSpaces(text);
    if (!partedAgain && left == text.size()) return std::nullopt;
    const auto year = takeNumber(text, 4, 4);
    if (!year || !text.empty()) return std::nullopt;
    return existing(*year, *month, *day);
}

std::optional<std::chrono::minutes> parseTimeOfDay(std::string_view typed) {
    if (typed.size() > 32) return std::nullopt;
    const std::string lowered = lowerAscii(trim(typed));
    std::string_view text = lowered;
    if (take(text, "kl")) {
        take(text, ".");
        skipSpaces(text);
    }
    const auto hour = takeNumber(text, 1, 2);
    if (!hour || *hour > 23) return std::nullopt;
    if (text.empty()) return std::chrono::hours{*hour};
    if (!take(text, ".") && !take(text, ":")) return std::nullopt;
    const auto minute = takeNumber(text, 2, 2);
    if (!minute || *minute > 59 || !text.empty()) return std::nullopt;
    return std::chrono::hours{*hour} + std::chrono::minutes{*minute};
}

} // namespace hoering
