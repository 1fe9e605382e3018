#include "text/markdown.h"

#include <gmock/gmock.h>

using namespace hoering::text;
using testing::HasSubstr;
using testing::Not;

namespace {

TEST(Markdown, BecomesParagraphsListsAndEmphasis) {
    EXPECT_EQ(markdownToHtml("Et *vigtigt* forslag\n\n- en\n- to"),
              "<p>Et <em>vigtigt</em> forslag</p>\n<ul>\n<li>en</li>\n<li>to</li>\n</ul>\n");
    EXPECT_EQ(markdownToHtml(""), "");
}

TEST(Markdown, StartsItsHeadingsWhereThePageWantsThem) {
    EXPECT_EQ(markdownToHtml("# A\n\n## B"), "<h2>A</h2>\n<h3>B</h3>\n");
    EXPECT_EQ(markdownToHtml("# A", 3), "<h3>A</h3>\n");
    EXPECT_EQ(markdownToHtml("# A", 1), "<h1>A</h1>\n");
    EXPECT_EQ(markdownToHtml("###### A", 4), "<h6>A</h6>\n");
}

TEST(Markdown, MarksLinksThatLeadAway) {
    EXPECT_EQ(markdownToHtml("[a](https://ishoj.dk)"),
              "<p><a rel=\"noopener noreferrer\" href=\"https://ishoj.dk\">a</a></p>\n");
    EXPECT_EQ(markdownToHtml("[a](/hoering)"), "<p><a href=\"/hoering\">a</a></p>\n");
    EXPECT_EQ(markdownToHtml("<a@ishoj.dk>"), "<p><a href=\"mailto:a@ishoj.dk\">a@ishoj.dk</a></p>\n");
    // Its words stay words.
    EXPECT_EQ(markdownToHtml("`<a href=\"https://x\">`"), "<p><code>&lt;a href=&quot;https://x&quot;&gt;</code></p>\n");
}

TEST(Markdown, OfAnEnemyIsHarmless) {
    for (const char* hostile : {"<script>alert(1)</script>",
                                "<img src=x onerror=alert(1)>",
                                "a <b onclick=alert(1)>b</b>",
                                "[x](javascript:alert(1))",
                                "[x](JaVaScRiPt:alert(1))",
                                "[x](java&#x73;cript:alert(1))",
                                "[x](vbscript:x)",
                                "[x](data:text/html;base64,PHNjcmlwdD4=)",
                                "[x](file:///etc/passwd)",
                                "[x](&#1;javascript:alert(1))",
                                "<javascript:alert(1)>",
                                "[x](//evil.example)",
                                "![x](https://evil.example/p.png)",
                                "![x](data:image/svg+xml;base64,AAAA)",
                                "[x](https://a \"t\\\" onclick=alert(1) x=\\\"\")",
                                "[a]: javascript:alert(1)\n\n[a]",
                                "<!-- --><script>x</script>",
                                "<iframe src=https://evil.example>",
                                "```\"><script>\n<script>alert(1)</script>\n```",
                                "\\<script>x",
                                "<style>*{display:none}</style>"}) {
        const auto html = markdownToHtml(hostile);
        for (const char* bad : {"<script", "<img", "<iframe", "<style", "<b ", "href=\"java", "href=\"vb",
                                "href=\"data", "href=\"file", "href=\"//", "src=\"", "\" onclick"})
            EXPECT_THAT(html, Not(HasSubstr(bad))) << hostile;
    }
    // A picture's words are kept, the picture is not fetched.
    EXPECT_EQ(markdownToHtml("![Kort over *byen*](https://evil.example/p.png)"), "<p>Kort over <em>byen</em></p>\n");
}

TEST(Markdown, OfAnyShapeEndsSoon) {
    for (const std::string& unit :
         std::vector<std::string>{">", "*", "[", "![", "- ", "`", "<", "**a *a ", "\xFF", "[a](", "&"}) {
        std::string text;
        while (text.size() < 50'000) text += unit;
        EXPECT_FALSE(markdownToHtml(text).empty()) << unit;
        markdownToPlain(text);
    }
    EXPECT_THAT(markdownToHtml(std::string("a\0b\xC3", 4)), Not(HasSubstr(std::string(1, '\0'))));
}

TEST(PlainMarkdown, HasNoMarks) {
    EXPECT_EQ(markdownToPlain("# Baggrund\n\nEt *vigtigt* [forslag](https://x) med\n`kode`\n\n- en\n- to\n\nSlut"),
              "Baggrund\n\nEt vigtigt forslag med kode\n\n- en\n- to\n\nSlut");
    EXPECT_EQ(markdownToPlain("Et  \nto<br>tre <script>x</script>"), "Et\ntotre x");
    EXPECT_EQ(markdownToPlain(""), "");
    EXPECT_EQ(markdownToPlain("![Kort](https://x)"), "Kort");
}

} // namespace
