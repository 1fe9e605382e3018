#include "domain/personal_data.h"

#include <algorithm>
#include <array>

#include "common/utf8.h"

namespace hoering {
namespace {

bool isDigit(char c) { return c >= '0' && c <= '9'; }
bool isSpace(char32_t c) {
    return c == ' ' || (c >= '\t' && c <= '\r') || c == 0xA0 || (c >= 0x2000 && c <= 0x200A) || c == 0x202F ||
           c == 0x205F || c == 0x3000;
}
bool isDash(char32_t c) {
    return c == '-' || (c >= 0x2010 && c <= 0x2015) || c == 0x2212 || c == 0xFE58 || c == 0xFE63 || c == 0xFF0D;
}
bool isInvisible(char32_t c) {
    return c == 0xAD || (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x2069) ||
           c == 0xFEFF;
}

/// One sign per character as a reader takes it: digits as they are, ' ' for any space and line break, '-' for any dash,
/// the other separators ". / _ ( )" as they are, 'x' for the rest; what is not seen is left out.
std::string signsOf(std::string_view text) {
    std::string signs;
    signs.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const char32_t c = utf8::next(text, at);
        if (isInvisible(c)) continue;
        if (c >= '0' && c <= '9') signs += static_cast<char>(c);
        else if (c >= 0xFF10 && c <= 0xFF19) signs += static_cast<char>('0' + (c - 0xFF10)); // full width
        else if (isSpace(c)) signs += ' ';
        else if (isDash(c)) signs += '-';
        else if (c == '.' || c == '/' || c == '_' || c == '(' || c == ')') signs += static_cast<char>(c);
        else signs += 'x';
    }
    return signs;
}

struct Match {
    std::size_t end = 0; // 0: none
    std::string date;    // ddmmåå
};

class Finder {
  public:
    explicit Finder(std::string_view signs) : signs_(signs) {}

    /// A number that begins here and is not part of a longer one; another may follow at once, as where the cells of a
    /// table have run together.
    Match at(std::size_t i) const {
        for (const auto read : {&Finder::compact, &Finder::parted}) {
            Match found = (this->*read)(i);
            if (found.end != 0 && endsAt(found.end)) return found;
        }
        return {};
    }

  private:
    /// No digit follows, or the beginning of another number, with its whole length or up to its dash.
    bool endsAt(std::size_t i) const {
        std::size_t digits = 0; // at most three more numbers: what is longer is none of them
        while (digits <= 30 && isDigit(sign(i + digits))) ++digits;
        return digits == 0 || (digits <= 30 && (digits % 10 == 0 || digits % 10 == 6) && isDay(two(i), two(i + 2)));
    }
    char sign(std::size_t i) const { return i < signs_.size() ? signs_[i] : '\0'; }
    int two(std::size_t i) const { // -1: no two digits
        return isDigit(sign(i)) && isDigit(sign(i + 1)) ? (sign(i) - '0') * 10 + (sign(i + 1) - '0') : -1;
    }
    bool four(std::size_t i) const { return two(i) >= 0 && two(i + 2) >= 0; }
    /// A replacement number ("erstatningspersonnummer") has 60 added to its day.
    static bool isDay(int day, int month) {
        static constexpr std::array days{31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
        if (month < 1 || month > 12) return false;
        const int real = day > 60 ? day - 60 : day;
        return real >= 1 && real <= days[static_cast<std::size_t>(month - 1)];
    }
    std::string dateOf(std::size_t day, std::size_t month, std::size_t year) const {
        return std::string(signs_.substr(day, 2)) + std::string(signs_.substr(month, 2)) +
               std::string(signs_.substr(year, 2));
    }

    /// ddmmåå, at most five separators, nnnn.
    Match compact(std::size_t i) const {
        if (two(i + 4) < 0 || !isDay(two(i), two(i + 2))) return {};
        std::size_t at = i + 6;
        for (int n = 0; n < 5 && sign(at) != 'x' && sign(at) != '\0' && !isDigit(sign(at)); ++n) ++at;
        if (!four(at)) return {};
        return {at + 4, dateOf(i, i + 2, i + 4)};
    }

    /// dd.mm.åå or dd.mm.åååå with "." "-" "/" or " ", or ddmmåååå; then a dash, with spaces around it, and nnnn. Only
    /// a date parted by spaces may have one for the dash: after another comes a postal code or a sum as often.
    Match parted(std::size_t i) const {
        const bool together = isDigit(sign(i + 2));
        const char mark = together ? '\0' : sign(i + 2);
        if (!together && mark != '.' && mark != '-' && mark != '/' && mark != ' ') return {};
        const std::size_t month = together ? i + 2 : i + 3, year = together ? i + 4 : i + 6;
        if (!isDay(two(i), two(month)) || (!together && sign(i + 5) != mark)) return {};
        const bool whole = (two(year) == 18 || two(year) == 19 || two(year) == 20) && two(year + 2) >= 0;
        for (const bool wholeYear : {true, false}) {
            if (wholeYear ? !whole : together) continue;
            std::size_t at = year + (wholeYear ? 4 : 2);
            if (two(at - 2) < 0) continue;
            const std::size_t end = at;
            while (sign(at) == ' ' && at < end + 2) ++at;
            const bool dashed = sign(at) == '-';
            if (dashed) ++at;
            while (dashed && sign(at) == ' ' && at < end + 5) ++at;
            if ((dashed || (!wholeYear && mark == ' ' && at == end + 1)) && four(at))
                return {at + 4, dateOf(i, month, wholeYear ? year + 2 : year)};
        }
        return {};
    }

    std::string_view signs_;
};

} // namespace

std::vector<std::string> cprNumbersIn(std::string_view text) {
    const std::string signs = signsOf(text);
    const Finder finder(signs);
    std::vector<std::string> found;
    for (std::size_t i = 0; i < signs.size();) {
        if (!isDigit(signs[i])) {
            ++i;
            continue;
        }
        const Match match = finder.at(i);
        if (match.end == 0) { // a number begins where its digits do
            while (i < signs.size() && isDigit(signs[i])) ++i;
            continue;
        }
        std::string masked = match.date + "-xxxx";
        if (std::find(found.begin(), found.end(), masked) == found.end()) found.push_back(std::move(masked));
        i = match.end;
    }
    return found;
}

} // namespace hoering
