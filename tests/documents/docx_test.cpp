#include "documents/docx.h"

#include <gmock/gmock.h>
#include <pugixml.hpp>

#include "documents/hostile.h"
#include "documents/read_back.h"
#include "documents/sample.h"

namespace hoering::documents {
namespace {

using testing::HasSubstr;

void expectWellFormed(const std::string& docx) {
    for (const auto& [name, content] : unzipped(docx)) {
        pugi::xml_document xml;
        const auto result = xml.load_buffer(content.data(), content.size(), pugi::parse_full);
        EXPECT_TRUE(result) << name << ": " << result.description() << " at " << result.offset;
        for (const char c : content)
            ASSERT_TRUE(static_cast<unsigned char>(c) >= 0x20 || c == '\n' || c == '\t') << name << " has a control";
    }
}

TEST(Docx, HasThePartsThatWordAsksFor) {
    const auto files = unzipped(toDocx(sample()));
    for (const char* name : {"[Content_Types].xml", "_rels/.rels", "docProps/core.xml", "word/document.xml",
                             "word/_rels/document.xml.rels", "word/styles.xml", "word/numbering.xml",
                             "word/settings.xml", "word/header1.xml", "word/footer1.xml"})
        EXPECT_TRUE(files.contains(name)) << name;
    expectWellFormed(toDocx(sample()));
}

TEST(Docx, UsesRealStyles) {
    const auto files = unzipped(toDocx(sample()));
    pugi::xml_document styles, document;
    ASSERT_TRUE(styles.load_string(files.at("word/styles.xml").c_str()));
    ASSERT_TRUE(document.load_string(files.at("word/document.xml").c_str()));
    std::size_t used = 0;
    for (const auto& node : document.select_nodes("//w:pStyle | //w:rStyle | //w:tblStyle")) {
        const std::string id = node.node().attribute("w:val").value();
        EXPECT_TRUE(styles.select_node(("//w:style[@w:styleId='" + id + "']").c_str())) << id;
        ++used;
    }
    EXPECT_GT(used, 20U);
    for (const char* id :
         {"Title", "Heading1", "Heading2", "Heading3", "Heading4", "Quote", "ListBullet", "ListNumber"})
        EXPECT_TRUE(document.select_node((std::string("//w:pStyle[@w:val='") + id + "']").c_str())) << id;
    EXPECT_EQ(document.select_nodes("//w:tblHeader").size(), 1U);
    EXPECT_EQ(document.select_nodes("//w:tbl[.//w:tblHeader]//w:cantSplit").size(), 4U);
    EXPECT_THAT(files.at("word/styles.xml"), HasSubstr("w:lang w:val=\"da-DK\""));
}

TEST(Docx, HoldsTheWords) {
    const auto files = unzipped(toDocx(sample()));
    const std::string& body = files.at("word/document.xml");
    EXPECT_THAT(body, HasSubstr("LokalMED, Center for Børn og Forebyggelse"));
    EXPECT_THAT(body, HasSubstr("<w:t xml:space=\"preserve\">Med venlig hilsen</w:t><w:br/>"));
    EXPECT_THAT(files.at("word/_rels/document.xml.rels"),
                HasSubstr("https://www.example.dk/h%C3%B8ring?a=1&amp;b=%272%27"));
    EXPECT_THAT(files.at("word/footer1.xml"), HasSubstr(" PAGE "));
    EXPECT_THAT(files.at("word/footer1.xml"), HasSubstr(" NUMPAGES "));
    EXPECT_THAT(files.at("docProps/core.xml"), HasSubstr("2023-10-31T00:00:00Z"));
    EXPECT_THAT(files.at("docProps/core.xml"), HasSubstr("<dc:language>da-DK</dc:language>"));
}

TEST(Docx, StartsEachNumberedListAtOne) {
    Document d;
    d.blocks = {List{true, {{{"a"}}}}, List{true, {{{"b"}}}}};
    const auto files = unzipped(toDocx(d));
    EXPECT_THAT(files.at("word/document.xml"), HasSubstr("<w:numId w:val=\"3\"/>"));
    EXPECT_EQ(count(files.at("word/numbering.xml"), "startOverride"), 2U);
}

TEST(Docx, GivesTheSameBytesForTheSameDocument) { EXPECT_EQ(toDocx(manyAnswers(5, 900)), toDocx(manyAnswers(5, 900))); }

TEST(Docx, TakesAnyText) {
    expectWellFormed(toDocx(Document{}));
    for (const auto& [name, text] : hostileTexts()) {
        SCOPED_TRACE(name);
        expectWellFormed(toDocx(filledWith(text)));
    }
}

} // namespace
} // namespace hoering::documents
