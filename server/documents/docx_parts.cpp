#include "documents/docx_parts.h"

#include <chrono>
#include <string_view>

#include <fmt/format.h>

#include "documents/sanitize.h"

namespace hoering::documents {
namespace {

constexpr std::string_view head = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
constexpr std::string_view package = "http://schemas.openxmlformats.org/package/2006";

std::string colourOf(const Document& document) { return safeColour(document.brandColour).substr(1); }

/// "da" is written "da-DK", as Word's proofing wants a region; other tags stay.
std::string wordLanguage(const Document& document) {
    const std::string tag = safeLanguage(document.language);
    return tag == "da" ? "da-DK" : tag == "en" ? "en-GB" : tag;
}

std::string paragraphStyle(std::string_view id, std::string_view name, std::string_view paragraph, std::string_view run,
                           std::string_view next = "Normal") {
    return fmt::format("<w:style w:type=\"paragraph\" w:styleId=\"{}\"><w:name w:val=\"{}\"/>"
                       "<w:basedOn w:val=\"Normal\"/><w:next w:val=\"{}\"/><w:qFormat/><w:pPr>{}</w:pPr>"
                       "<w:rPr>{}</w:rPr></w:style>",
                       id, name, next, paragraph, run);
}

std::string field(std::string_view code) {
    return fmt::format("<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText xml:space=\"preserve\"> {} "
                       "</w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>1</w:t></w:r>"
                       "<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>",
                       code);
}

std::string level(int number, std::string_view format, std::string_view text) {
    return fmt::format("<w:lvl w:ilvl=\"{}\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{}\"/><w:lvlText w:val=\"{}\"/>"
                       "<w:lvlJc w:val=\"left\"/><w:pPr><w:ind w:left=\"{}\" w:hanging=\"360\"/></w:pPr></w:lvl>",
                       number, format, text, 360 * (number + 1));
}

} // namespace

std::string escapeXml(std::string_view text) {
    std::string out;
    for (const char c : sanitize(text)) {
        switch (c) {
        case '&': out += "&amp;"; break;
        case '<': out += "&lt;"; break;
        case '>': out += "&gt;"; break;
        case '"': out += "&quot;"; break;
        default: out += c;
        }
    }
    return out;
}

std::string contentTypesPart() {
    std::string out = fmt::format("{}<Types xmlns=\"{}/content-types\">"
                                  "<Default Extension=\"rels\" "
                                  "ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
                                  "<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
                                  "<Override PartName=\"/docProps/core.xml\" "
                                  "ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/>",
                                  head, package);
    for (const auto& [part, type] : {std::pair{"document", "document.main"},
                                     {"styles", "styles"},
                                     {"numbering", "numbering"},
                                     {"settings", "settings"},
                                     {"header1", "header"},
                                     {"footer1", "footer"}})
        out += fmt::format("<Override PartName=\"/word/{}.xml\" ContentType=\"application/"
                           "vnd.openxmlformats-officedocument.wordprocessingml.{}+xml\"/>",
                           part, type);
    return out + "</Types>";
}

std::string packageRelationsPart() {
    return fmt::format("{0}<Relationships xmlns=\"{1}/relationships\"><Relationship Id=\"rId1\" "
                       "Type=\"{2}/officeDocument\" Target=\"word/document.xml\"/><Relationship Id=\"rId2\" "
                       "Type=\"{1}/relationships/metadata/core-properties\" Target=\"docProps/core.xml\"/>"
                       "</Relationships>",
                       head, package, relationNamespace);
}

std::string corePropertiesPart(const Document& document) {
    const auto day = std::chrono::floor<std::chrono::days>(document.asOf);
    const std::chrono::year_month_day date{day};
    const std::chrono::hh_mm_ss time{document.asOf - day};
    const std::string at =
        fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", int(date.year()), unsigned(date.month()),
                    unsigned(date.day()), time.hours().count(), time.minutes().count(), time.seconds().count());
    return fmt::format(
        "{0}<cp:coreProperties xmlns:cp=\"{1}/metadata/core-properties\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" "
        "xmlns:dcterms=\"http://purl.org/dc/terms/\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">"
        "<dc:title>{2}</dc:title><dc:subject>{3}</dc:subject><dc:creator>{4}</dc:creator>"
        "<dc:language>{5}</dc:language><dcterms:created xsi:type=\"dcterms:W3CDTF\">{6}</dcterms:created>"
        "<dcterms:modified xsi:type=\"dcterms:W3CDTF\">{6}</dcterms:modified></cp:coreProperties>",
        head, package, escapeXml(sanitizeLine(document.title)), escapeXml(sanitizeLine(document.subject)),
        escapeXml(sanitizeLine(document.author)), wordLanguage(document), at);
}

std::string stylesPart(const Document& document) {
    const std::string brand = colourOf(document);
    const std::string language = wordLanguage(document);
    std::string out = fmt::format(
        "{0}<w:styles xmlns:w=\"{1}\"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii=\"Calibri\" "
        "w:hAnsi=\"Calibri\" w:eastAsia=\"Calibri\" w:cs=\"Calibri\"/><w:color w:val=\"212121\"/><w:sz w:val=\"21\"/>"
        "<w:szCs w:val=\"21\"/><w:lang w:val=\"{2}\" w:eastAsia=\"{2}\" w:bidi=\"ar-SA\"/></w:rPr></w:rPrDefault>"
        "<w:pPrDefault><w:pPr><w:spacing w:after=\"140\" w:line=\"276\" w:lineRule=\"auto\"/></w:pPr></w:pPrDefault>"
        "</w:docDefaults><w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/>"
        "<w:qFormat/></w:style><w:style w:type=\"character\" w:default=\"1\" w:styleId=\"DefaultParagraphFont\">"
        "<w:name w:val=\"Default Paragraph Font\"/></w:style>"
        "<w:style w:type=\"table\" w:default=\"1\" w:styleId=\"TableNormal\"><w:name w:val=\"Normal Table\"/><w:tblPr>"
        "<w:tblInd w:w=\"0\" w:type=\"dxa\"/><w:tblCellMar><w:top w:w=\"0\" w:type=\"dxa\"/><w:left w:w=\"108\" "
        "w:type=\"dxa\"/><w:bottom w:w=\"0\" w:type=\"dxa\"/><w:right w:w=\"108\" w:type=\"dxa\"/></w:tblCellMar>"
        "</w:tblPr></w:style>",
        head, wordNamespace, language);
    const auto coloured = [&](int halfPoints) {
        return fmt::format("<w:b/><w:color w:val=\"{}\"/><w:sz w:val=\"{}\"/><w:szCs w:val=\"{}\"/>", brand, halfPoints,
                           halfPoints);
    };
    out += paragraphStyle("Title", "Title",
                          fmt::format("<w:keepNext/><w:pBdr><w:top w:val=\"single\" w:sz=\"36\" w:space=\"12\" "
                                      "w:color=\"{}\"/></w:pBdr><w:spacing w:before=\"0\" w:after=\"80\" "
                                      "w:line=\"252\" w:lineRule=\"auto\"/>",
                                      brand),
                          coloured(48));
    out += paragraphStyle("Subtitle", "Subtitle", "<w:spacing w:after=\"60\"/>",
                          "<w:color w:val=\"595959\"/><w:sz w:val=\"24\"/><w:szCs w:val=\"24\"/>");
    static constexpr int sizes[] = {32, 26, 23, 21}, before[] = {400, 320, 240, 180};
    for (int i = 0; i < 4; ++i)
        out += paragraphStyle(fmt::format("Heading{}", i + 1), fmt::format("heading {}", i + 1),
                              fmt::format("<w:keepNext/><w:keepLines/><w:spacing w:before=\"{}\" w:after=\"80\"/>"
                                          "<w:outlineLvl w:val=\"{}\"/>",
                                          before[i], i),
                              coloured(sizes[i]));
    out += paragraphStyle("Quote", "Quote",
                          fmt::format("<w:pBdr><w:left w:val=\"single\" w:sz=\"18\" w:space=\"10\" w:color=\"{}\"/>"
                                      "</w:pBdr><w:ind w:left=\"284\"/>",
                                      brand),
                          "", "Quote");
    out += paragraphStyle("ListBullet", "List Bullet",
                          "<w:numPr><w:numId w:val=\"1\"/></w:numPr><w:spacing w:after=\"60\"/>", "", "ListBullet");
    out += paragraphStyle("ListNumber", "List Number", "<w:spacing w:after=\"60\"/>", "", "ListNumber");
    out += paragraphStyle("Caption", "caption", "<w:keepNext/><w:spacing w:before=\"160\" w:after=\"60\"/>", "<w:b/>");
    out += paragraphStyle("TableText", "Table Text",
                          "<w:spacing w:before=\"40\" w:after=\"40\" w:line=\"252\" "
                          "w:lineRule=\"auto\"/>",
                          "<w:sz w:val=\"19\"/><w:szCs w:val=\"19\"/>", "TableText");
    out += paragraphStyle("Header", "header", "<w:spacing w:after=\"0\"/>",
                          "<w:color w:val=\"595959\"/><w:sz w:val=\"16\"/><w:szCs w:val=\"16\"/>", "Header");
    out += paragraphStyle("Footer", "footer",
                          "<w:pBdr><w:top w:val=\"single\" w:sz=\"4\" w:space=\"6\" w:color=\"C7C7C7\"/></w:pBdr>"
                          "<w:tabs><w:tab w:val=\"right\" w:pos=\"9072\"/></w:tabs><w:spacing w:after=\"0\"/>",
                          "<w:color w:val=\"595959\"/><w:sz w:val=\"16\"/><w:szCs w:val=\"16\"/>", "Footer");
    out += fmt::format("<w:style w:type=\"character\" w:styleId=\"Hyperlink\"><w:name w:val=\"Hyperlink\"/><w:rPr>"
                       "<w:color w:val=\"{}\"/><w:u w:val=\"single\"/></w:rPr></w:style>",
                       brand);
    out +=
        "<w:style w:type=\"table\" w:styleId=\"TableGrid\"><w:name w:val=\"Table Grid\"/>"
        "<w:basedOn w:val=\"TableNormal\"/><w:tblPr><w:tblBorders>"
        "<w:bottom w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"C7C7C7\"/>"
        "<w:insideH w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"C7C7C7\"/></w:tblBorders></w:tblPr></w:style>";
    return out + "</w:styles>";
}

std::string numberingPart(std::size_t numberedLists) {
    std::string out = fmt::format("{}<w:numbering xmlns:w=\"{}\"><w:abstractNum w:abstractNumId=\"0\">"
                                  "<w:multiLevelType w:val=\"hybridMultilevel\"/>",
                                  head, wordNamespace);
    out += level(0, "bullet", "•") + "</w:abstractNum><w:abstractNum w:abstractNumId=\"1\">"
                                     "<w:multiLevelType w:val=\"hybridMultilevel\"/>";
    out += level(0, "decimal", "%1.") + "</w:abstractNum>";
    out += "<w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num>";
    for (std::size_t i = 0; i < numberedLists; ++i)
        out += fmt::format("<w:num w:numId=\"{}\"><w:abstractNumId w:val=\"1\"/><w:lvlOverride w:ilvl=\"0\">"
                           "<w:startOverride w:val=\"1\"/></w:lvlOverride></w:num>",
                           i + 2);
    return out + "</w:numbering>";
}

std::string settingsPart(const Document& document) {
    return fmt::format("{}<w:settings xmlns:w=\"{}\"><w:zoom w:percent=\"100\"/><w:defaultTabStop w:val=\"720\"/>"
                       "<w:compat><w:compatSetting w:name=\"compatibilityMode\" "
                       "w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/></w:compat>"
                       "<w:themeFontLang w:val=\"{}\"/></w:settings>",
                       head, wordNamespace, wordLanguage(document));
}

std::string headerPart(const Document& document) {
    return fmt::format("{}<w:hdr xmlns:w=\"{}\"><w:p><w:pPr><w:pStyle w:val=\"Header\"/></w:pPr><w:r>"
                       "<w:t xml:space=\"preserve\">{}</w:t></w:r></w:p></w:hdr>",
                       head, wordNamespace, escapeXml(sanitizeLine(document.headerText)));
}

std::string footerPart(const Document& document) {
    return fmt::format("{}<w:ftr xmlns:w=\"{}\"><w:p><w:pPr><w:pStyle w:val=\"Footer\"/></w:pPr><w:r>"
                       "<w:t xml:space=\"preserve\">{} </w:t></w:r>{}<w:r><w:t xml:space=\"preserve\"> / </w:t></w:r>{}"
                       "<w:r><w:tab/><w:t xml:space=\"preserve\">{}</w:t></w:r></w:p></w:ftr>",
                       head, wordNamespace, escapeXml(sanitizeLine(document.pageWord)), field("PAGE"),
                       field("NUMPAGES"), escapeXml(sanitizeLine(document.footerText)));
}

} // namespace hoering::documents
