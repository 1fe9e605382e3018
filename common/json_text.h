// Texts as JSON strings, where a whole document of nlohmann::json would cost more than what it says.
// Not here: JSON that is read, or has more than texts in it (nlohmann::json).
#pragma once

#include <string>
#include <string_view>

namespace hoering {

enum class JsonText {
    utf8,  // as it is
    ascii, // everything else escaped, so that no control character of any alphabet reaches a terminal
};

/// Appends `text` as a JSON string (RFC 8259, section 7), byte for byte as nlohmann::json writes it. What is not UTF-8
/// becomes U+FFFD.
void appendJson(std::string& out, std::string_view text, JsonText as = JsonText::utf8);

} // namespace hoering
