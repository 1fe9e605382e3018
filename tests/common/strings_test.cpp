#include "common/strings.h"

#include <gmock/gmock.h>

#include "common/utf8.h"

using namespace hoering;
using testing::ElementsAre;

namespace {

TEST(Strings, AreBlankWhenThereIsNothingToSee) {
    for (const char* text : {"", " \t\r\n", "\u00a0", "\u200b\u200b", "\u2060 \u00ad", "\u3164", "\u2800", "\u200d"})
        EXPECT_TRUE(isBlank(text)) << text;
    for (const char* text : {"x", " . ", "\u00e6", "\u200b-", "\U0001f600"}) EXPECT_FALSE(isBlank(text)) << text;
}

TEST(Strings, AreTrimmedSplitAndJoined) {
    EXPECT_EQ(trim(" \t a b\r\n"), "a b");
    EXPECT_EQ(trim(" \n "), "");
    EXPECT_EQ(lowerAscii("ABCæØ"), "abcæØ");
    EXPECT_THAT(split("a,,b", ','), ElementsAre("a", "", "b"));
    EXPECT_THAT(split("", ','), ElementsAre(""));
    EXPECT_EQ(join({"a", "b"}, ", "), "a, b");
    EXPECT_EQ(join({}, ", "), "");
    EXPECT_EQ(replaceAll("aaa", "a", "aa"), "aaaaaa");
    EXPECT_EQ(replaceAll("abc", "", "x"), "abc");
    EXPECT_EQ(replaceAll("{x}y{x}", "{x}", ""), "y");
    EXPECT_TRUE(startsWith("abc", "ab"));
    EXPECT_FALSE(startsWith("a", "ab"));
    EXPECT_TRUE(endsWith("abc", "bc"));
}

TEST(Utf8, IsToldFromWhatIsNot) {
    for (const auto* good : {"", "abc", "æøå", "\u20AC", "\U0001F600", "\xF4\x8F\xBF\xBF", "\xED\x9F\xBF"})
        EXPECT_TRUE(isUtf8(good)) << good;
    const std::string_view bad[] = {
        "\x80",             // a continuation alone
        "\xC3",             // cut short
        "a\xE2\x82",        // cut short
        "\xC0\xAF",         // overlong '/'
        "\xC1\x81",         // overlong
        "\xE0\x80\xAF",     // overlong
        "\xF0\x80\x80\xAF", // overlong
        "\xED\xA0\x80",     // a surrogate
        "\xF4\x90\x80\x80", // beyond U+10FFFF
        "\xF8\x88\x80\x80\x80",
        "\xFF",
        "\xFE",
        "gr\xF8n" /* Latin-1 */,
    };
    for (const auto text : bad) EXPECT_FALSE(isUtf8(text)) << testing::PrintToString(text);
    EXPECT_TRUE(isUtf8(std::string_view("\0", 1)));
}

TEST(Utf8, IsCountedAndCutByCodePoints) {
    EXPECT_EQ(countCodePoints("blåbær"), 6U);
    EXPECT_EQ(firstCodePoints("blåbær", 3), "blå");
    EXPECT_EQ(firstCodePoints("blå", 3), "blå");
    EXPECT_EQ(firstCodePoints("blå", 0), "");
    EXPECT_EQ(firstCodePoints("", 5), "");
}

TEST(Utf8, PlainBytesAreCountedWhereverTheyEnd) {
    for (int byte = 0; byte < 256; ++byte) {
        const bool plain = byte >= 0x20 && byte < 0x7F;
        for (std::size_t place = 0; place < 20; ++place) {
            std::string text(20, 'a');
            text[place] = static_cast<char>(byte);
            for (std::size_t from : {0U, 1U, 7U, 8U, 20U})
                EXPECT_EQ(utf8::plainRun(text, from), plain || place < from ? 20 - from : place - from)
                    << byte << " at " << place;
        }
    }
}

TEST(Utf8, IsWrittenAsItWasRead) {
    for (const char32_t c : {U'a', U'å', U'€', U'😀', static_cast<char32_t>(0x10FFFF)}) {
        std::string text;
        utf8::append(text, c);
        std::size_t at = 0;
        EXPECT_EQ(utf8::next(text, at), c);
        EXPECT_EQ(at, text.size());
    }
}

TEST(CleanText, TakesOutWhatMustNotBeKept) {
    const std::pair<std::string, std::string> rows[] = {
        {"linje 1\r\nlinje 2\rlinje 3\n", "linje 1\nlinje 2\nlinje 3\n"},
        {std::string("a\0b\x01\x1F\x7F", 6), "ab"},
        {"a\tb", "a\tb"},
        {"a\u0085\u009Fb", "ab"},                 // C1
        {"a\u202Eb\u202Ac\u2066d\u2069", "abcd"}, // bidi controls
        {"\uFEFFa", "a"},                         // byte order mark
        {"a\uFFFE\uFFFF\uFDD0\U0001FFFFb", "ab"}, // noncharacters
        {"\u200Dfamilie\u200F", "\u200Dfamilie\u200F"},
        {"æøå é 😀", "æøå é 😀"},
        {"a\xFFz", "az"}, // not UTF-8 at all: dropped, never passed on
        {"\r\r\n\n", "\n\n\n"},
    };
    for (const auto& [typed, kept] : rows) EXPECT_EQ(cleanText(typed), kept);
    const std::string flood(1'000'000, '\x01');
    EXPECT_EQ(cleanText(flood), "");
}

TEST(CleanLine, IsOneLine) {
    EXPECT_EQ(cleanLine("  a\r\nb\tc\u2028d  "), "a b c d");
    EXPECT_EQ(cleanLine("\n\n"), "");
}

TEST(Slugs, AreMadeFromTitles) {
    const std::pair<std::string, std::string> rows[] = {
        {"Ændret organisering", "aendret-organisering"},
        {"Øget åbenhed", "oeget-aabenhed"},
        {"  Café -- 2023!  ", "cafe-2023"},
        {"Børne- og ungepolitik", "boerne-og-ungepolitik"},
        {"Ishøjs SSP's fremtid", "ishoejs-ssps-fremtid"},
        {"", "hoering"},
        {"!!!", "hoering"},
        {"日本語", "hoering"},
        {"\xFF\xFE", "hoering"},
        {"../../etc/passwd", "etc-passwd"},
    };
    for (const auto& [title, slug] : rows) EXPECT_EQ(slugFrom(title), slug);
}

TEST(Slugs, AreCutAtAWord) {
    const auto slug =
        slugFrom("Omorganisering af kommunens arbejde med tryghed og kriminalitetsforebyggelse i alle byområder");
    EXPECT_LE(slug.size(), 60U);
    EXPECT_EQ(slug, "omorganisering-af-kommunens-arbejde-med-tryghed-og");
    EXPECT_EQ(slugFrom(std::string(500, 'x')).size(), 60U);
    EXPECT_LE(slugFrom(std::string(59, 'x') + "æ").size(), 60U);
}

TEST(Encodings, GoThereAndBack) {
    EXPECT_EQ(percentEncode("a b/ø~"), "a%20b%2F%C3%B8~");
    EXPECT_EQ(percentDecode("a%20b%2F%C3%B8+%", false), "a b/ø+%");
    EXPECT_EQ(percentDecode("a+b%2B", true), "a b+");
    EXPECT_EQ(percentDecode("%zz%4", false), "%zz%4");
    std::string all;
    for (int i = 0; i < 256; ++i) all += static_cast<char>(i);
    EXPECT_EQ(percentDecode(percentEncode(all), true), all);
    EXPECT_EQ(toHex("\x01\xAB"), "01ab");
    const std::pair<std::string, std::string> rfc4648[] = {{"", ""},
                                                           {"f", "Zg=="},
                                                           {"fo", "Zm8="},
                                                           {"foo", "Zm9v"},
                                                           {"foob", "Zm9vYg=="},
                                                           {"fooba", "Zm9vYmE="},
                                                           {"foobar", "Zm9vYmFy"}};
    for (const auto& [bytes, text] : rfc4648) EXPECT_EQ(base64(bytes), text);
    EXPECT_EQ(base64Url("\xFB\xFF\xFE"), "-__-");
    EXPECT_EQ(base64Url("f"), "Zg");
}

} // namespace
