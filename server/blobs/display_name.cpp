// Of server/blobs/inspect.h: file names from outside.
#include "blobs/inspect.h"
#include "common/strings.h"
#include "common/utf8.h"

namespace hoering::blobs {

namespace {
constexpr std::size_t mostCodePoints = 120, longestExtension = 8;

bool isHidden(char32_t c) { // marks that are allowed in texts but only mislead in a name
    return (c >= 0x200B && c <= 0x200F) || c == 0x061C || c == 0x00AD || (c >= 0x2060 && c <= 0x2064);
}
} // namespace

std::string displayName(std::string_view originalName) {
    std::string_view last = originalName;
    if (const auto slash = last.find_last_of("/\\"); slash != std::string_view::npos) last.remove_prefix(slash + 1);
    std::string visible;
    for (std::size_t at = 0; at < last.size();) {
        const char32_t c = utf8::next(last, at);
        if (c == utf8::malformed || isHidden(c)) continue;
        if (c < 0x80 && std::string_view("<>:\"|?*").find(static_cast<char>(c)) != std::string_view::npos)
            visible += '_';
        else utf8::append(visible, c);
    }
    std::string name = cleanLine(visible);
    while (!name.empty() && (name.back() == '.' || name.back() == ' ')) name.pop_back();
    const auto dot = name.rfind('.');
    std::string stem = name.substr(0, dot), extension = dot == std::string::npos ? "" : name.substr(dot);
    if (countCodePoints(extension) > longestExtension + 1) stem = std::exchange(name, {}), extension.clear();
    stem = trim(stem);
    while (!stem.empty() && stem.front() == '.') stem.erase(0, 1); // hidden on Unix
    if (stem.empty()) stem = "fil";
    stem = firstCodePoints(stem, mostCodePoints - countCodePoints(extension));
    return std::string(trim(stem)) + extension;
}

} // namespace hoering::blobs
