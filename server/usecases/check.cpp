#include "usecases/check.h"

#include <algorithm>

#include "common/strings.h"

namespace hoering {

void Check::fail(std::string field, std::string key, Args args) {
    error_.fields.push_back({std::move(field), std::move(key), std::move(args)});
}

std::string Check::line(const char* field, std::string_view typed, std::size_t longest, bool required) {
    std::string value = isUtf8(typed) ? cleanLine(typed) : std::string();
    if (!isUtf8(typed)) fail(field, "error.text.encoding");
    else if (required && value.empty()) fail(field, std::string("error.") + field + ".missing");
    else if (countCodePoints(value) > longest)
        fail(field, "error.text.too_long",
             {{"limit", std::to_string(longest)}, {"length", std::to_string(countCodePoints(value))}});
    return value;
}

std::string Check::text(const char* field, std::string_view typed, std::size_t longest, bool required) {
    std::string value = isUtf8(typed) ? cleanText(typed) : std::string();
    if (!isUtf8(typed)) fail(field, "error.text.encoding");
    else if (required && trim(value).empty()) fail(field, std::string("error.") + field + ".missing");
    else if (countCodePoints(value) > longest)
        fail(field, "error.text.too_long",
             {{"limit", std::to_string(longest)}, {"length", std::to_string(countCodePoints(value))}});
    return value;
}

std::string Check::mail(const char* field, std::string_view typed, bool required) {
    std::string value(trim(typed));
    if (value.empty()) {
        if (required) fail(field, std::string("error.") + field + ".missing");
    } else if (!looksLikeMailAddress(value)) {
        fail(field, "error.mail.address", {{"mail", isUtf8(value) ? cleanLine(value) : ""}});
    }
    return value;
}

bool looksLikeMailAddress(std::string_view address) {
    const auto at = address.find('@');
    if (at == 0 || at == std::string_view::npos || address.size() > 254 || at > 64) return false;
    const auto domain = address.substr(at + 1);
    const bool plain = std::all_of(address.begin(), address.end(), [](unsigned char c) {
        return c > 0x20 && c < 0x7F &&
               std::string_view("\"<>()[],;:\\").find(static_cast<char>(c)) == std::string_view::npos;
    });
    return plain && domain.find('@') == std::string_view::npos && domain.find('.') != std::string_view::npos &&
           domain.front() != '.' && domain.back() != '.' && domain.find("..") == std::string_view::npos &&
           address[at - 1] != '.' && address.front() != '.';
}

} // namespace hoering
