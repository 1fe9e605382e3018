#include "documents/html.h"

#include <gmock/gmock.h>

#include "documents/chart.h"
#include "documents/hostile.h"
#include "documents/read_back.h"
#include "documents/sample.h"
#include "documents/sanitize.h"

namespace hoering::documents {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(Html, IsOnePageWithOneH1AndALanguage) {
    const std::string page = toHtml(sample());
    EXPECT_THAT(page, testing::StartsWith("<!doctype html>\n<html lang=\"da\">"));
    EXPECT_EQ(count(page, "<h1>"), 1U);
    EXPECT_EQ(count(page, "<title>"), 1U);
    EXPECT_THAT(page, HasSubstr("<h2>Sammenfatning i tal</h2>"));
    EXPECT_THAT(page, HasSubstr("<h5>Forvaltningens bemærkninger</h5>"));
    EXPECT_THAT(page, HasSubstr("<th scope=\"col\">Part</th>"));
    EXPECT_THAT(page, HasSubstr("href=\"https://www.example.dk/h%C3%B8ring?a=1&amp;b=%272%27\""));
    EXPECT_THAT(page, HasSubstr("<desc id=\"chart-1-desc\">Søjlediagram: 3 hørt"));
    EXPECT_THAT(page, HasSubstr("<summary>Tallene som tabel</summary>"));
    EXPECT_THAT(page, HasSubstr("<th scope=\"row\">Har svaret</th><td class=\"number\">2</td>"));
}

TEST(Html, ATableWiderThanTheScreenIsARegionThatKeysCanScroll) {
    const std::string page = toHtml(sample());
    EXPECT_THAT(page,
                HasSubstr("<div class=\"wide\" role=\"region\" tabindex=\"0\" aria-labelledby=\"table-1\"><table>\n"
                          "<caption id=\"table-1\">Parter og deres svar</caption>"));
    EXPECT_THAT(page, HasSubstr(".wide{overflow-x:auto;overflow-wrap:break-word}")) << "words stay whole";
    Document nameless;
    nameless.blocks.emplace_back(Table{});
    EXPECT_THAT(toHtml(nameless), Not(HasSubstr("role=\"region\""))) << "a region has a name";
}

TEST(Html, EscapesEverythingFromOutside) {
    const std::string evil = "<script>alert('x')</script>\"&";
    const std::string page = toHtml(filledWith(evil));
    EXPECT_THAT(page, Not(HasSubstr("<script")));
    EXPECT_THAT(page, HasSubstr("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&quot;&amp;"));
    EXPECT_THAT(page, HasSubstr("--brand:#1a5276"));
    EXPECT_THAT(page, HasSubstr("<html lang=\"da\">"));
}

TEST(Html, TakesAnyText) {
    for (const auto& [name, text] : hostileTexts()) {
        SCOPED_TRACE(name);
        const std::string page = toHtml(filledWith(text));
        EXPECT_EQ(sanitize(page), page) << "something forbidden came through";
        EXPECT_THAT(page, testing::EndsWith("</html>\n"));
    }
}

TEST(Sanitize, RemovesWhatBreaksWritersAndKeepsTheRest) {
    EXPECT_EQ(sanitize("Blåbær\tpå\n\xF0\x9F\x98\x80"), "Blåbær\tpå\n\xF0\x9F\x98\x80");
    EXPECT_EQ(sanitize(std::string("a\0b\x1B"
                                   "c\x7F",
                                   6)),
              "abc");
    EXPECT_EQ(sanitize("a\xE2\x80\xAE"
                       "b\xE2\x81\xA9"
                       "c\xEF\xBB\xBF"),
              "abc");
    EXPECT_EQ(sanitize("a\r\nb\rc\xC2\x85"
                       "d\xE2\x80\xA8"
                       "e"),
              "a\nb\nc\nd\ne");
    EXPECT_EQ(sanitize("\xEF\xBF\xBE\xEF\xBF\xBF\xF0\x9F\xBF\xBE"), "");
    EXPECT_EQ(sanitize("x\xC0y"), "x\xEF\xBF\xBDy");
    EXPECT_THAT(sanitize("\xED\xA0\x80"), Not(HasSubstr("\xED\xA0")));
    EXPECT_EQ(sanitize("x\xE2\x82"), "x\xEF\xBF\xBD");
    EXPECT_EQ(sanitizeLine("a\nb\tc"), "a b c");
}

TEST(Sanitize, KeepsAtMostThirtyMarksOnALetter) {
    std::string flood = "a";
    for (int i = 0; i < 100; ++i) flood += "\xCC\x81";
    EXPECT_EQ(sanitize(flood).size(), 1U + 30 * 2);
    EXPECT_EQ(sanitize("e\xCC\x81"
                       "e\xCC\x81"),
              "e\xCC\x81"
              "e\xCC\x81");
}

TEST(Sanitize, LetsOnlyHarmlessLinksThrough) {
    EXPECT_EQ(safeHref("HTTPS://a.dk/x y\"'\\\n"), "https://a.dk/x%20y%22%27%5C%0A");
    EXPECT_EQ(safeHref("mailto:a@b.dk"), "mailto:a@b.dk");
    for (const char* bad :
         {"javascript:alert(1)", "/x", "", "http:", "https://", "file:///etc/passwd", "data:text/html,x"})
        EXPECT_EQ(safeHref(bad), "") << bad;
}

TEST(Chart, KeepsTheScaleOfTheWholeInEachPiece) {
    const Chart chart{"t", "d", {{"a", 1000}, {"b", 250}, {"c", 0}, {"d", -5}}};
    const auto whole = layoutChart(chart, 400), piece = layoutChart(chart, 400, 1, 1);
    ASSERT_EQ(whole.bars.size(), 4U);
    ASSERT_EQ(piece.bars.size(), 1U);
    EXPECT_DOUBLE_EQ(piece.bars[0].barWidth, whole.bars[1].barWidth);
    EXPECT_DOUBLE_EQ(whole.bars[0].barWidth, 4 * whole.bars[1].barWidth);
    EXPECT_EQ(whole.bars[0].value, "1.000");
    EXPECT_EQ(whole.bars[3].value, "-5");
    EXPECT_EQ(whole.bars[3].barWidth, 0);
    EXPECT_LE(whole.bars[0].barWidth, 400);
    EXPECT_TRUE(layoutChart(chart, 400, 9, 1).bars.empty());
}

} // namespace
} // namespace hoering::documents
