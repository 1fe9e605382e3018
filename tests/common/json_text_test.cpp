#include "common/json_text.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

using namespace hoering;

namespace {

TEST(JsonText, IsByteForByteWhatTheLibraryWrites) {
    std::string all;
    for (int i = 0; i < 128; ++i) all += static_cast<char>(i);
    const std::string texts[] = {
        "",      "plain words", "blåbærgrød \u2028 😀", "\"quoted\"", "back\\slash", "two\nlines",
        "tab\t", "\x7F",        "gr\xF8n, cut \xC3",   all};
    for (const auto& text : texts) {
        std::string utf8 = "before ", ascii;
        appendJson(utf8, text);
        appendJson(ascii, text, JsonText::ascii);
        constexpr auto replace = nlohmann::json::error_handler_t::replace;
        EXPECT_EQ(utf8, "before " + nlohmann::json(text).dump(-1, ' ', false, replace));
        EXPECT_EQ(ascii, nlohmann::json(text).dump(-1, ' ', true, replace));
    }
}

} // namespace
