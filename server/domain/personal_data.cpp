#include "domain/personal_data.h"

#include <algorithm>

namespace hoering {
namespace {

bool isDigit(char c) { return c >= '0' && c <= '9'; }
int number(std::string_view two) { return (two[0] - '0') * 10 + (two[1] - '0'); }

/// Length of a separator at `i`: "", "-", " ", " - ", "–", "‑", NBSP …; at most three characters wide.
std::size_t separatorAt(std::string_view text, std::size_t i) {
    static constexpr std::string_view marks[] = {"-",
                                                 " ",
                                                 "\xE2\x80\x90",
                                                 "\xE2\x80\x91",
                                                 "\xE2\x80\x92",
                                                 "\xE2\x80\x93",
                                                 "\xE2\x80\x94",
                                                 "\xE2\x88\x92",
                                                 "\xC2\xA0",
                                                 ".",
                                                 "/"};
    std::size_t length = 0;
    for (int n = 0; n < 3; ++n)
        for (auto mark : marks)
            if (text.substr(i + length, mark.size()) == mark) {
                length += mark.size();
                break;
            }
    return length;
}

} // namespace

std::vector<std::string> cprNumbersIn(std::string_view text) {
    std::vector<std::string> found;
    for (std::size_t i = 0; i + 10 <= text.size(); ++i) {
        if (!isDigit(text[i]) || (i > 0 && isDigit(text[i - 1]))) continue;
        const auto date = text.substr(i, 6);
        if (!std::all_of(date.begin(), date.end(), isDigit)) continue;
        const int day = number(date.substr(0, 2)), month = number(date.substr(2, 2));
        if (day < 1 || day > 31 || month < 1 || month > 12) continue;
        const std::size_t at = i + 6 + separatorAt(text, i + 6);
        const auto serial = text.substr(std::min(at, text.size()), 4);
        if (serial.size() < 4 || !std::all_of(serial.begin(), serial.end(), isDigit)) continue;
        if (at + 4 < text.size() && isDigit(text[at + 4])) continue;
        std::string masked = std::string(date) + "-xxxx";
        if (std::find(found.begin(), found.end(), masked) == found.end()) found.push_back(masked);
    }
    return found;
}

} // namespace hoering
