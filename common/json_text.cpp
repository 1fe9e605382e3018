#include "common/json_text.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "common/strings.h"
#include "common/utf8.h"

namespace hoering {

void appendJson(std::string& out, std::string_view text, JsonText as) {
    // Nearly every text stands for itself; the others are the library's.
    const bool quiet = text.find('"') == std::string_view::npos && text.find('\\') == std::string_view::npos;
    const auto isControl = [](char c) { return static_cast<unsigned char>(c) < 0x20; };
    const bool plain = quiet && (utf8::plainRun(text, 0) == text.size() ||
                                 (as == JsonText::utf8 && std::ranges::none_of(text, isControl) && isUtf8(text)));
    if (plain) out.append("\"").append(text).append("\"");
    else out += nlohmann::json(text).dump(-1, ' ', as == JsonText::ascii, nlohmann::json::error_handler_t::replace);
}

} // namespace hoering
