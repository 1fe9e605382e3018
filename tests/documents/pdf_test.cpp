#include "documents/pdf.h"

#include <stdexcept>

#include <gmock/gmock.h>
#define POINTERHOLDER_TRANSITION 4
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFOutlineDocumentHelper.hh>
#include <qpdf/QPDFPageDocumentHelper.hh>

#include "documents/hostile.h"
#include "documents/read_back.h"
#include "documents/sample.h"

namespace hoering::documents {
namespace {

using testing::HasSubstr;
using testing::Not;

std::size_t pagesOf(const std::string& bytes) {
    QPDF pdf;
    pdf.processMemoryFile("test", bytes.data(), bytes.size());
    return QPDFPageDocumentHelper(pdf).getAllPages().size();
}

TEST(Pdf, SaysWhatItIs) {
    const std::string bytes = toPdf(sample());
    QPDF pdf;
    pdf.processMemoryFile("sample", bytes.data(), bytes.size());
    EXPECT_TRUE(pdf.getWarnings().empty());
    auto root = pdf.getRoot();
    EXPECT_EQ(root.getKey("/Lang").getUTF8Value(), "da");
    EXPECT_TRUE(root.getKey("/ViewerPreferences").getKey("/DisplayDocTitle").getBoolValue());
    EXPECT_TRUE(root.getKey("/MarkInfo").getKey("/Marked").getBoolValue());
    EXPECT_EQ(pdf.getTrailer().getKey("/Info").getKey("/Title").getUTF8Value(), sample().title);
    EXPECT_EQ(pdf.getTrailer().getKey("/Info").getKey("/CreationDate").getStringValue().substr(0, 16),
              "D:20231031000000");
    for (auto& page : QPDFPageDocumentHelper(pdf).getAllPages())
        EXPECT_EQ(page.getObjectHandle().getKey("/Tabs").getName(), "/S");
}

TEST(Pdf, IsTaggedForThoseWhoListen) {
    const std::string tags = tagsOf(toPdf(sample()));
    for (const char* tag : {"Document", "H1", "H2", "H3", "H4", "P", "BlockQuote", "LI", "Lbl", "LBody", "Table", "TR",
                            "TH", "TD", "Caption", "Figure", "Link", "/Scope /Column"})
        EXPECT_THAT(tags, HasSubstr(tag));
    EXPECT_THAT(tags,
                HasSubstr("\"Høringsnotat: Ændret organisering af det trygheds- og kriminalpræventive arbejde\""));
    EXPECT_THAT(tags, Not(HasSubstr("Side 1"))) << "page numbers are artifacts";
    EXPECT_THAT(tags, Not(HasSubstr("NonStruct")));
}

TEST(Pdf, MarksAllInkAsContentOrArtifact) {
    const std::string bytes = toPdf(sample());
    QPDF pdf;
    pdf.processMemoryFile("sample", bytes.data(), bytes.size());
    std::string figure;
    for (auto& object : pdf.getAllObjects())
        if (object.isDictionary() && object.getKey("/S").isName() && object.getKey("/S").getName() == "/Figure")
            figure = object.getKey("/Alt").getUTF8Value();
    EXPECT_THAT(figure, HasSubstr("3 hørt, 2 har svaret"));
    for (auto& page : QPDFPageDocumentHelper(pdf).getAllPages()) {
        int depth = 0, unmarked = 0;
        class Ink : public QPDFObjectHandle::ParserCallbacks {
          public:
            Ink(int& d, int& u) : depth_(d), unmarked_(u) {}
            void handleObject(QPDFObjectHandle object) override {
                if (!object.isOperator()) return;
                const std::string op = object.getOperatorValue();
                if (op == "BDC" || op == "BMC") ++depth_;
                if (op == "EMC") --depth_;
                if ((op == "Tj" || op == "TJ" || op == "f" || op == "Do") && depth_ == 0) ++unmarked_;
            }
            void handleEOF() override {}

          private:
            int &depth_, &unmarked_;
        } ink(depth, unmarked);
        page.parseContents(&ink);
        EXPECT_EQ(depth, 0);
        EXPECT_EQ(unmarked, 0);
    }
}

TEST(Pdf, HasAnOutlineOfItsHeadings) {
    const std::string bytes = toPdf(sample());
    QPDF pdf;
    pdf.processMemoryFile("sample", bytes.data(), bytes.size());
    auto top = QPDFOutlineDocumentHelper(pdf).getTopLevelOutlines();
    ASSERT_EQ(top.size(), 1U);
    EXPECT_EQ(top[0].getTitle(), "Sammenfatning i tal");
    auto second = top[0].getKids();
    ASSERT_EQ(second.size(), 2U);
    EXPECT_EQ(second[1].getTitle(), "Høringssvar");
    EXPECT_EQ(second[1].getKids().at(0).getKids().at(0).getTitle(), "Forvaltningens bemærkninger");
    EXPECT_TRUE(second[1].getDestPage().isDictionary());
}

TEST(Pdf, CountsItsPages) {
    const std::string bytes = toPdf(manyAnswers(8, 2000));
    const std::size_t pages = pagesOf(bytes);
    ASSERT_GT(pages, 3U);
    const std::string text = textOf(bytes);
    for (std::size_t i = 1; i <= pages; ++i)
        EXPECT_THAT(text, HasSubstr("Side " + std::to_string(i) + " / " + std::to_string(pages)));
}

TEST(Pdf, KeepsAQuoteWordForWord) {
    Document d;
    d.title = "Svar";
    d.blocks = {Quote{danishText(20000, 11)}};
    std::string expected, found;
    for (const char c : std::get<Quote>(d.blocks[0]).text)
        if (c != ' ' && c != '\n' && c != '-') expected += c;
    const std::string bytes = toPdf(d);
    const TemporaryFile file(bytes);
    // Only the body: footers stand between two pages. pdftotext takes hyphens at line ends out.
    for (const char c : outputOf("pdftotext -x 0 -y 60 -W 596 -H 725 -enc UTF-8 " + file.path() + " - 2>&1"))
        if (c != ' ' && c != '\n' && c != '\f' && c != '-') found += c;
    EXPECT_EQ(found, "Svar" + expected);
}

TEST(Pdf, RepeatsATablesHeadOnEachPageButTagsItOnce) {
    Document d;
    d.title = "Parter";
    Table t;
    t.head = {"Nummer", "Bemærkning"};
    for (int i = 0; i < 120; ++i) t.rows.push_back({{{{std::to_string(i)}}, true}, {{{"Linje " + std::to_string(i)}}}});
    t.rows.push_back({{{{"120"}}, true}, {{{danishText(9000, 3)}}}}); // a row taller than a page
    d.blocks = {t};
    const std::string bytes = toPdf(d);
    const std::string text = textOf(bytes);
    EXPECT_GT(pagesOf(bytes), 4U);
    EXPECT_EQ(count(text, "Bemærkning"), pagesOf(bytes));
    EXPECT_EQ(count(tagsOf(bytes), "\"Bemærkning\""), 1U);
    for (int i = 0; i < 120; ++i) EXPECT_THAT(text, HasSubstr("Linje " + std::to_string(i)));
}

TEST(Pdf, GivesTheSameBytesForTheSameDocument) {
    const std::string first = toPdf(manyAnswers(5, 2000));
    EXPECT_EQ(first, toPdf(manyAnswers(5, 2000)));
    Document later = manyAnswers(5, 2000);
    later.asOf += std::chrono::seconds(1);
    EXPECT_NE(first, toPdf(later));
}

TEST(Pdf, TakesAnEmptyDocument) {
    const std::string bytes = toPdf(Document{});
    EXPECT_EQ(pagesOf(bytes), 1U);
    EXPECT_THAT(textOf(bytes), HasSubstr("Side 1 / 1"));
}

TEST(Pdf, LeavesOutAHeadingThatRepeatsTheTitle) {
    Document d;
    d.title = "Notat om tryghed";
    d.blocks = {Heading{1, d.title}, Paragraph{{{"Tekst"}}}};
    EXPECT_EQ(count(textOf(toPdf(d)), "Notat om tryghed"), 1U);
}

TEST(Pdf, NeverLeavesAHeadingAloneAtTheFootOfAPage) {
    for (int lines = 30; lines < 50; ++lines) {
        Document d;
        d.title = "T";
        for (int i = 0; i < lines; ++i) d.blocks.push_back(Paragraph{{{"linje"}}});
        d.blocks.push_back(Heading{2, "Overskrift"});
        d.blocks.push_back(Paragraph{{{"under overskriften"}}});
        const std::string text = textOf(toPdf(d));
        const auto heading = text.find("Overskrift"), under = text.find("under overskriften");
        ASSERT_NE(heading, std::string::npos);
        EXPECT_EQ(text.substr(heading, under - heading).find('\f'), std::string::npos) << lines;
    }
}

TEST(Pdf, KeepsAHeadingWithTheFirstRowOfTheTableUnderIt) {
    for (const auto& [words, lead] :
         {std::pair(1, false), {30, false}, {30, true}}) // a first row of one line, of several
        for (int lines = 30; lines < 50; ++lines) {
            Document d;
            d.title = "T";
            for (int i = 0; i < lines; ++i) d.blocks.push_back(Paragraph{{{"linje"}}});
            d.blocks.push_back(Heading{2, "Overskrift"});
            if (lead) d.blocks.push_back(Paragraph{{{"Tabellen viser det."}}});
            Table table;
            table.caption = "Tabellens navn";
            table.head = {"Høringspart", "Hvad der blev svaret og af hvem"};
            std::string cell = "forrest";
            for (int i = 0; i < words; ++i) cell += " høringssvar";
            table.rows = {{{{{cell + " bagest"}}}, {{{"ja"}}}}, {{{{"anden"}}}, {{{"nej"}}}}};
            d.blocks.push_back(table);
            const std::string text = textOf(toPdf(d));
            const auto heading = text.find("Overskrift"), under = text.find("bagest");
            ASSERT_NE(heading, std::string::npos);
            ASSERT_NE(under, std::string::npos);
            EXPECT_EQ(text.substr(heading, under - heading).find('\f'), std::string::npos)
                << words << lead << " " << lines;
        }
}

TEST(Pdf, TakesAnyText) {
    for (const auto& [name, text] : hostileTexts()) {
        SCOPED_TRACE(name);
        // A megabyte in each of thirty places would only repeat itself: it goes where answers go.
        Document d = filledWith(text.size() > 100000 ? text.substr(0, 3000) : text);
        if (text.size() > 100000) d.blocks.push_back(Quote{text});
        const std::string bytes = toPdf(d);
        QPDF pdf;
        pdf.processMemoryFile("hostile", bytes.data(), bytes.size());
        EXPECT_TRUE(pdf.getWarnings().empty());
        EXPECT_NO_THROW(textOf(bytes));
    }
    EXPECT_THAT(textOf(toPdf(filledWith("<script>alert(1)</script>"))), HasSubstr("<script>alert(1)</script>"));
}

TEST(Pdf, TellsHowFarItIsAndCanBeStopped) {
    std::size_t calls = 0;
    const Document d = sample();
    toPdf(d, [&](std::size_t done, std::size_t total) {
        EXPECT_EQ(done, ++calls);
        EXPECT_EQ(total, d.blocks.size());
    });
    EXPECT_EQ(calls, d.blocks.size());
    EXPECT_THROW(toPdf(d, [](std::size_t, std::size_t) { throw std::runtime_error("stop"); }), std::runtime_error);
}

} // namespace
} // namespace hoering::documents
