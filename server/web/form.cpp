#include "web/form.h"

#include "common/strings.h"

namespace hoering::web {

std::string mendUtf8(std::string_view text) {
    if (isUtf8(text)) return std::string(text);
    std::string out;
    for (std::size_t i = 0; i < text.size();) {
        std::size_t length = 1;
        while (length <= 4 && i + length <= text.size() && !isUtf8(text.substr(i, length))) ++length;
        if (length <= 4 && i + length <= text.size()) {
            out += text.substr(i, length);
            i += length;
        } else {
            out += "\xEF\xBF\xBD";
            ++i;
        }
    }
    return out;
}

std::string Form::value(std::string_view field, std::string_view stored) const {
    if (!typed_) return std::string(stored);
    return mendUtf8(typed_->field(field));
}

bool Form::checked(std::string_view field, bool stored) const { return typed_ ? typed_->has(field) : stored; }

std::optional<std::string> Form::error(std::string_view field) const {
    if (error_)
        for (const auto& each : error_->fields)
            if (each.field == field) return words_.sentence(each.key, each.args);
    return std::nullopt;
}

} // namespace hoering::web
