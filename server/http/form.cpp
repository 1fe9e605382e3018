#include "http/form.h"

#include "common/strings.h"

namespace hoering::http {

bool parseUrlEncoded(std::string_view text, Pairs& pairs) {
    pairs.reserve(pairs.size() + 8);
    std::size_t begin = 0;
    while (begin <= text.size()) {
        std::size_t end = text.find('&', begin);
        if (end == std::string_view::npos) end = text.size();
        const std::string_view pair = text.substr(begin, end - begin);
        begin = end + 1;
        if (pair.empty()) continue;
        if (pairs.size() >= formFieldLimit) return false;
        const std::size_t equals = pair.find('=');
        const std::string_view value = equals == std::string_view::npos ? std::string_view{} : pair.substr(equals + 1);
        pairs.emplace_back(percentDecode(pair.substr(0, equals), true), percentDecode(value, true));
    }
    return true;
}

std::string mediaType(std::string_view contentType) {
    return lowerAscii(trim(contentType.substr(0, contentType.find(';'))));
}

std::string parameter(std::string_view field, std::string_view name, bool& found) {
    found = false;
    std::size_t i = field.find(';');
    while (i < field.size()) {
        ++i; // past ';'
        while (i < field.size() && (field[i] == ' ' || field[i] == '\t')) ++i;
        const std::size_t start = i;
        while (i < field.size() && field[i] != '=' && field[i] != ';') ++i;
        const std::string key = lowerAscii(trim(field.substr(start, i - start)));
        std::string value;
        if (i < field.size() && field[i] == '=') {
            ++i;
            if (i < field.size() && field[i] == '"') {
                ++i;
                while (i < field.size() && field[i] != '"') {
                    // Only \" is an escape: old browsers send Windows paths with bare backslashes.
                    if (field[i] == '\\' && i + 1 < field.size() && field[i + 1] == '"') ++i;
                    value += field[i++];
                }
                while (i < field.size() && field[i] != ';') ++i;
                value = replaceAll(std::move(value), "%22", "\"");
            } else {
                const std::size_t from = i;
                while (i < field.size() && field[i] != ';') ++i;
                value = std::string(trim(field.substr(from, i - from)));
            }
        }
        if (key == name) {
            found = true;
            return value;
        }
    }
    return {};
}

} // namespace hoering::http
