#include "blobs/file_text.h"

#include <gmock/gmock.h>

#include "blobs/blob_store.h"
#include "blobs/markup_text.h"
#include "support.h"

namespace hoering::blobs {
namespace {

using namespace std::string_literals;
using testing::ElementsAre;
using testing::IsEmpty;

struct AFilesText : testing::Test {
    TempFolder folder;
    FileSearch search(std::string_view extension, std::string_view bytes) {
        return searchFile(folder.write("upload", bytes), extension, std::chrono::seconds{30}).search;
    }
    /// The numbers found, "page:number".
    std::vector<std::string> numbers(std::string_view extension, std::string_view bytes) {
        std::vector<std::string> all;
        for (const auto& hit : search(extension, bytes).hits)
            if (hit.kind == FileHit::Kind::cpr) all.push_back(std::to_string(hit.page) + ":" + hit.what);
        return all;
    }
};

TEST_F(AFilesText, OfAPdfIsReadPageByPage) {
    const auto file = pdfSaying({"Forslag til ny organisering", "Ida, 010203-1234, bor her", "Udfyldes: XX"}, "Notat");
    EXPECT_THAT(numbers("pdf", file), ElementsAre("2:010203-xxxx"));
    const auto found = search("pdf", file);
    EXPECT_EQ(found.reading, Reading::whole);
    EXPECT_EQ(found.hits.back(), (FileHit{FileHit::Kind::placeholder, "XX", 3}));
}

TEST_F(AFilesText, OfAPdfIncludesItsProperties) {
    EXPECT_THAT(numbers("pdf", pdfSaying({"Intet"}, "Sag om 040506-1234")), ElementsAre("0:040506-xxxx"));
}

TEST_F(AFilesText, OfAPdfWithoutTextIsNotThere) {
    EXPECT_EQ(search("pdf", pdf(2)).reading, Reading::nothing);
    EXPECT_EQ(search("pdf", pdfSaying({"Tekst", "", "Tekst"}, "")).reading, Reading::partly);
    EXPECT_EQ(search("pdf", "%PDF-1.7\nbroken").reading, Reading::nothing);
    EXPECT_EQ(search("pdf", lockedPdf(false)).reading, Reading::nothing);
}

const std::string wordPart =
    "<?xml version=\"1.0\"?><w:document xmlns:w=\"x\"><w:body><w:p w:id=\"0506070809\"><w:r><w:t>Ida 0102</w:t></w:r>"
    "<w:r><w:rPr><w:b/></w:rPr><w:t>03</w:t></w:r><w:r><w:noBreakHyphen/><w:t>1234 bor</w:t></w:r></w:p>"
    "<w:p><w:r><w:t>side 5</w:t></w:r></w:p><w:p><w:del><w:r><w:delText>040506-4321</w:delText></w:r></w:del></w:p>"
    "</w:body></w:document>";

TEST_F(AFilesText, OfAWordFileIsReadAcrossItsRunsWithCommentsAndProperties) {
    const auto file =
        zipOf({{"word/document.xml", wordPart},
               {"word/comments.xml", "<w:comment><w:p><w:t>Er 070809&#45;1111 rigtigt?</w:t></w:p></w:comment>"},
               {"word/footer1.xml", "<w:p><w:t>Side 1</w:t></w:p>"},
               {"docProps/core.xml", "<cp:x><dc:title>101112-2222</dc:title><dc:creator>Ida</dc:creator></cp:x>"},
               {"word/media/image1.png", "131415-1234"}});
    EXPECT_THAT(numbers("docx", file), ElementsAre("0:010203-xxxx", "0:040506-xxxx", "0:070809-xxxx", "0:101112-xxxx"));
    EXPECT_EQ(search("docx", file).reading, Reading::whole);
}

TEST_F(AFilesText, OfAWordFileIsReadAsItStandsAndAsItStoodBefore) {
    const auto numbersOf = [&](const std::string& inside) {
        return numbers("docx", zipOf({{"word/document.xml", "<w:p>" + inside + "</w:p>"}}));
    };
    const auto text = [](const std::string& t) { return "<w:r><w:t>" + t + "</w:t></w:r>"; };
    const auto deleted = [](const std::string& t) {
        return "<w:del><w:r><w:delText>" + t + "</w:delText></w:r></w:del>";
    };
    EXPECT_THAT(numbersOf(text("010203-12") + deleted("4") + text("34")), ElementsAre("0:010203-xxxx"));
    EXPECT_THAT(numbersOf(text("0102") + deleted("05-9999") + text("03-1234")), ElementsAre("0:010203-xxxx"));
    EXPECT_THAT(numbersOf(text("ny ") + deleted("0102") + deleted("03-1234")), ElementsAre("0:010203-xxxx"));
    EXPECT_THAT(
        numbersOf("<w:tbl><w:tc>" + text("27.09.23") + "</w:tc><w:tc>" + text("2635 Ishoej") + "</w:tc></w:tbl>"),
        IsEmpty());
}

TEST_F(AFilesText, OfAWordFileWithOnlyAPictureOrAnotherDocumentInItIsNotWhole) {
    EXPECT_EQ(search("docx", zipOf({{"word/document.xml", "<w:p><w:drawing/></w:p>"},
                                    {"word/media/image1.png", "x"},
                                    {"docProps/app.xml", "<Application>Microsoft Office Word</Application>"}}))
                  .reading,
              Reading::nothing);
    EXPECT_EQ(search("docx", zipOf({{"word/document.xml", "<w:p>Tekst</w:p>"}, {"word/embeddings/sheet1.xlsx", "x"}}))
                  .reading,
              Reading::partly);
}

TEST_F(AFilesText, OfASpreadsheetHasTheNoughtsThatItLost) {
    EXPECT_THAT(numbers("xlsx", zipOf({{"xl/worksheets/sheet1.xml", "<row><c r=\"A1\"><v>102031234</v></c></row>"}})),
                ElementsAre("0:010203-xxxx"));
    EXPECT_THAT(numbers("xlsx", zipOf({{"xl/worksheets/sheet1.xml", "<row><c t=\"s\"><v>102031234</v></c></row>"}})),
                IsEmpty());
    EXPECT_THAT(numbers("xlsx", zipOf({{"xl/worksheets/sheet1.xml",
                                        "<row><c><v>120412</v></c><c><v>1500</v></c></row><row><c><v>210522</v></c>"
                                        "<c><v>2300</v></c></row>"}})),
                IsEmpty())
        << "an account and its budget";
}

TEST_F(AFilesText, TakesNoLongerThanItMay) {
    const auto file = folder.write("many.pdf", pdfSaying(std::vector<std::string>(2000, "Tekst"), ""));
    const auto outcome = searchFile(file, "pdf", std::chrono::milliseconds{1});
    EXPECT_TRUE(outcome.outOfTime);
    EXPECT_NE(outcome.search.reading, Reading::whole);
}

TEST_F(AFilesText, OfASpreadsheetKeepsItsCellsApart) {
    const auto file = zipOf(
        {{"xl/sharedStrings.xml", "<sst><si><t>010203</t></si><si><r><t>0405</t></r><r><t>06-1234</t></r></si></sst>"},
         {"xl/worksheets/sheet1.xml", "<row><c t=\"s\"><v>0</v></c><c><v>1010991234</v></c><c><v>12</v></c></row>"}});
    EXPECT_THAT(numbers("xlsx", file), ElementsAre("0:040506-xxxx", "0:101099-xxxx"));
}

TEST_F(AFilesText, OfAnOpenDocumentIsRead) {
    const auto file = zipOf({{"content.xml", "<text:p>Ida <text:span>0102</text:span>03-1234</text:p>"},
                             {"meta.xml", "<dc:subject>040506-1234</dc:subject>"}});
    EXPECT_THAT(numbers("odt", file), ElementsAre("0:010203-xxxx", "0:040506-xxxx"));
}

TEST_F(AFilesText, ThatIsCutIsNotWhole) {
    auto bytes = zipOf({{"word/document.xml", wordPart + std::string(200'000, ' ') + "<w:t>slut</w:t>"}});
    EXPECT_EQ(search("docx", bytes).reading, Reading::whole);
    const auto at = bytes.find("word/document.xml") + 60;
    for (std::size_t i = 0; i < 40; ++i) bytes[at + i] = static_cast<char>(~bytes[at + i]);
    EXPECT_NE(search("docx", bytes).reading, Reading::whole);
    EXPECT_NE(search("docx", zipOf({{"word/document.xml", "\xFF\xFE<\0w\0"s}, {"x.xml", "<a>t</a>"}})).reading,
              Reading::whole);
    EXPECT_EQ(search("docx", "no zip").reading, Reading::nothing);
}

TEST_F(AFilesText, OfRtfIsRead) {
    EXPECT_THAT(numbers("rtf", "{\\rtf1\\ansi{\\fonttbl{\\f0 Arial 050607-1111;}}{\\info{\\title 101112-2222}}"
                               "{\\pict\\pngblip 0102031234}\\pard Ida 0102{\\b 03}\\_1234\\par "
                               "{\\*\\annotation \\u48?\\u52?0506-1234}\\'30\\'37\\'30\\'38\\'30\\'39\\'961234}"),
                ElementsAre("0:101112-xxxx", "0:010203-xxxx", "0:040506-xxxx", "0:070809-xxxx"));
    EXPECT_THAT(numbers("rtf", "{\\rtf1\\bin11 010203-1234 x}"), IsEmpty());
    EXPECT_THAT(numbers("rtf", "{\\rtf1 " + std::string(500'000, '{') + "010203-1234}"), ElementsAre("0:010203-xxxx"));
    for (const auto* broken : {"{\\rtf1 \\", "{\\rtf1 \\'", "{\\rtf1 \\'f", "}}}}",
                               "{\\rtf1\\bin99999999999999999999 x", "{\\rtf1\\uc-5\\u-1 a", "{\\rtf1\\bin-7 abc"})
        EXPECT_THAT(numbers("rtf", broken), IsEmpty()) << broken;
}

TEST_F(AFilesText, OfRtfIsReadAcrossItsGroups) {
    for (const auto* number :
         {"{\\insrsid1 0102}{\\insrsid2 03-1234}", "010203-12{\\b 34}",
          "0102{\\*\\bkmkstart _Toc1}03-1234{\\*\\bkmkend _Toc1}", "{\\*\\shpinst{\\shptxt 010203-1234}}"})
        EXPECT_THAT(numbers("rtf", "{\\rtf1 " + std::string(number) + "}"), ElementsAre("0:010203-xxxx")) << number;
    EXPECT_THAT(numbers("rtf", "{\\rtf1 010203{\\footnote 1234}{\\*\\unknown 010203-1234}}"), IsEmpty());
}

TEST_F(AFilesText, OfPlainTextIsReadInItsEncoding) {
    EXPECT_THAT(numbers("txt", "Bl\xC3\xA5 010203-1234"), ElementsAre("0:010203-xxxx"));
    EXPECT_THAT(numbers("txt", "Bl\xE5 mand\n010203\x96"
                               "1234"),
                ElementsAre("0:010203-xxxx"));
    EXPECT_THAT(numbers("txt", "\xFF\xFE"
                               "0\0001\0000\0002\0000\0003\0-\0001\0002\0003\0004\0"s),
                ElementsAre("0:010203-xxxx"));
    EXPECT_THAT(numbers("txt", "\xFE\xFF\0000\0001\0000\0002\0000\0003\0-\0001\0002\0003\0004"s),
                ElementsAre("0:010203-xxxx"));
}

TEST_F(AFilesText, OfAPictureIsNothing) { EXPECT_EQ(search("png", "\x89PNG").reading, Reading::nothing); }

TEST_F(AFilesText, OfAFileThatIsGoneIsAnError) {
    EXPECT_THROW(searchFile(folder.path / "none", "txt", std::chrono::seconds{1}), BlobFailed);
    EXPECT_THROW(searchFile(folder.path / "none", "rtf", std::chrono::seconds{1}), BlobFailed);
}

TEST(XmlTextIs, WhatStandsBetweenTagsHoweverItIsCut) {
    const std::string xml =
        "<a:p>A &amp; B&#x2D;C &unknown; &notanentityatall; x<!-- 1 > 2 -->y<![CDATA[<z>]]></a:p><br/>&";
    std::string whole;
    XmlText once([&](std::string_view text) { whole += text; });
    once.feed(xml);
    once.finish();
    EXPECT_EQ(whole, "\nA & B-C  &notanentityatall; xy]]>\n\n\n");
    for (std::size_t step = 1; step < 9; ++step) {
        std::string pieces;
        XmlText cut([&](std::string_view text) { pieces += text; });
        for (std::size_t at = 0; at < xml.size(); at += step) cut.feed(std::string_view(xml).substr(at, step));
        cut.finish();
        EXPECT_EQ(pieces, whole) << step;
    }
}

} // namespace
} // namespace hoering::blobs
