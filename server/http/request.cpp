#include "http/request.h"

#include <algorithm>
#include <system_error>

namespace hoering::http {
namespace {

std::string_view first(const Pairs& pairs, std::string_view name) {
    for (const auto& [key, value] : pairs)
        if (key == name) return value;
    return {};
}
void removeFiles(std::vector<Upload>& list) {
    for (const Upload& upload : list) {
        if (upload.path.empty()) continue; // adopted by somebody else
        std::error_code ignored;
        std::filesystem::remove(upload.path, ignored);
    }
    list.clear();
}

} // namespace

Uploads& Uploads::operator=(Uploads&& other) noexcept {
    if (this != &other) {
        removeFiles(list);
        list = std::move(other.list);
        other.list.clear();
    }
    return *this;
}
Uploads::~Uploads() { removeFiles(list); }

std::string_view Request::header(std::string_view name) const { return first(headers, name); }
std::string_view Request::cookie(std::string_view name) const { return first(cookies, name); }
std::string_view Request::queryValue(std::string_view name) const { return first(query, name); }
std::string_view Request::field(std::string_view name) const { return first(form, name); }
bool Request::has(std::string_view formField) const {
    return std::any_of(form.begin(), form.end(), [&](const auto& pair) { return pair.first == formField; });
}
std::vector<std::string_view> Request::fields(std::string_view name) const {
    std::vector<std::string_view> found;
    for (const auto& [key, value] : form)
        if (key == name) found.push_back(value);
    return found;
}

} // namespace hoering::http
