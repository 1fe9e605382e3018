#include "usecases/check.h"

#include "common/strings.h"
#include "domain/typed_mail.h"

namespace hoering {

namespace {

/// In code points, of which there are never more than bytes: most texts need not be counted.
bool isTooLong(std::string_view value, std::size_t longest) {
    return value.size() > longest && countCodePoints(value) > longest;
}

} // namespace

void Check::fail(std::string field, std::string key, Args args) {
    error_.fields.push_back({std::move(field), std::move(key), std::move(args)});
}

std::string Check::line(const char* field, std::string_view typed, std::size_t longest, bool required) {
    const bool readable = isUtf8(typed);
    std::string value = readable ? cleanLine(typed) : std::string();
    if (!readable) fail(field, "error.text.encoding");
    else if (required && isBlank(value)) fail(field, std::string("error.") + field + ".missing");
    else if (isTooLong(value, longest))
        fail(field, "error.text.too_long",
             {{"limit", std::to_string(longest)}, {"length", std::to_string(countCodePoints(value))}});
    return value;
}

std::string Check::text(const char* field, std::string_view typed, std::size_t longest, bool required) {
    const bool readable = isUtf8(typed);
    std::string value = readable ? cleanText(typed) : std::string();
    if (!readable) fail(field, "error.text.encoding");
    else if (required && isBlank(value)) fail(field, std::string("error.") + field + ".missing");
    else if (isTooLong(value, longest))
        fail(field, "error.text.too_long",
             {{"limit", std::to_string(longest)}, {"length", std::to_string(countCodePoints(value))}});
    return value;
}

std::string Check::mail(const char* field, std::string_view typed, bool required) {
    if (trim(typed).empty()) {
        if (required) fail(field, std::string("error.") + field + ".missing");
        return "";
    }
    auto address = mailAddressFrom(typed);
    if (address) return std::move(*address);
    fail(field, address.error().key, address.error().args);
    return std::string(trim(typed));
}

} // namespace hoering
