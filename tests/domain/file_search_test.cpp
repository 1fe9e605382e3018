#include "domain/file_search.h"

#include <gmock/gmock.h>

#include "domain/consultation.h"

namespace hoering {
namespace {

using testing::ElementsAre;
using Kind = FileHit::Kind;

FileHit cpr(const char* what, int page = 0) { return {Kind::cpr, what, page}; }

FileSearch searched(std::initializer_list<std::string_view> pieces) {
    FileSearcher searcher;
    for (const auto piece : pieces) searcher.add(piece);
    return searcher.finish();
}

TEST(AFile, IsSearchedForNumbersAndForWhatIsNotFilledIn) {
    const auto found = searched({"Sendes til XX senest (x).\nKontakt: 010203-1234"});
    EXPECT_THAT(found.hits, ElementsAre(cpr("010203-xxxx"), FileHit{Kind::placeholder, "XX", 0},
                                        FileHit{Kind::placeholder, "(x)", 0}));
    EXPECT_EQ(found.reading, Reading::whole);
}

TEST(AFile, MayHaveLinesToWriteOn) { EXPECT_TRUE(searched({"Underskrift: ______________"}).hits.empty()); }

TEST(AFile, SaysOnWhichPageItIs) {
    FileSearcher searcher;
    for (int page : {1, 2, 3}) {
        searcher.page(page);
        searcher.add(page == 2 ? "Ida, 010203-1234, og igen 010203 1234" : "Intet her");
    }
    const auto found = searcher.finish();
    EXPECT_THAT(found.hits, ElementsAre(cpr("010203-xxxx", 2)));
    EXPECT_EQ(found.reading, Reading::whole);
}

TEST(AFile, IsSearchedAcrossItsPieces) {
    for (std::size_t at = 60'000; at < 66'000; at += 97) { // around the length of a piece
        std::string text(at, 'a');
        for (std::size_t i = 40; i < text.size(); i += 41) text[i] = ' ';
        text += " 010203-1234 " + std::string(70'000, 'b');
        EXPECT_THAT(searched({text}).hits, ElementsAre(cpr("010203-xxxx"))) << at;
        EXPECT_THAT(searched({std::string_view(text).substr(0, at + 5), std::string_view(text).substr(at + 5)}).hits,
                    ElementsAre(cpr("010203-xxxx")))
            << at;
    }
}

TEST(AFile, OfNothingButANumberIsOneNumber) {
    EXPECT_TRUE(searched({std::string(300'000, '1')}).hits.empty());
    EXPECT_THAT(searched({std::string(300'000, ' ') + "010203-1234"}).hits, ElementsAre(cpr("010203-xxxx")));
}

TEST(AFile, IsReportedWithAFewOfItsMany) {
    FileSearcher searcher;
    for (int i = 10; i < 99; ++i)
        searcher.add("0102" + std::to_string(i) + "-1234 og x@a" + std::to_string(i) + ".dk\n");
    EXPECT_FALSE(searcher.full()); // not looked at yet
    searcher.page(2);
    EXPECT_TRUE(searcher.full());
    EXPECT_EQ(searcher.finish().hits.size(), 2 * hitsPerFile);
}

TEST(AFile, SaysHowMuchOfItWasRead) {
    EXPECT_EQ(searched({}).reading, Reading::nothing);
    EXPECT_EQ(searched({" \n\xC2\xA0\f"}).reading, Reading::nothing);
    FileSearcher scanned; // its second page is a picture
    for (int page : {1, 2, 3}) {
        scanned.page(page);
        scanned.add(page == 2 ? "\n" : "tekst");
    }
    EXPECT_EQ(scanned.finish().reading, Reading::partly);
    FileSearcher cut;
    cut.add("tekst");
    cut.missed();
    EXPECT_EQ(cut.finish().reading, Reading::partly);
    for (const auto reading : {Reading::notYet, Reading::whole, Reading::partly, Reading::nothing})
        EXPECT_EQ(readingFrom(readingName(reading)), reading);
}

TEST(AFile, IsKeptAsTextThatCanBeShown) {
    const auto found = searched({"St\xF8rrelse: x\nx@" + std::string(500, 'a')});
    ASSERT_EQ(found.hits.size(), 2U); // the first is no UTF-8
    EXPECT_EQ(found.hits[0].what, "?");
    EXPECT_EQ(found.hits[1].what.size(), 80U);
}

StoredFile fileWith(Reading reading, std::vector<FileHit> hits = {}) {
    StoredFile file;
    file.name = "notat.pdf";
    file.search = {reading, std::move(hits)};
    return file;
}
std::vector<std::string> keysOf(const std::vector<Finding>& findings) {
    std::vector<std::string> keys;
    for (const auto& each : findings) keys.push_back(each.key + (!each.stops ? "" : each.toDecide ? "?" : "!"));
    return keys;
}

TEST(AnEnclosure, WaitsForAPersonWhenItHoldsANumber) {
    std::vector<Finding> found;
    lookAtFile(fileWith(Reading::partly, {cpr("010203-xxxx", 3), {Kind::placeholder, "(x)", 0}}), found);
    EXPECT_THAT(keysOf(found),
                ElementsAre("finding.file.cpr_page?", "finding.file.placeholder?", "finding.file.partly_searched"));
    EXPECT_THAT(found[0].args, ElementsAre(std::pair<std::string, std::string>{"file", "notat.pdf"},
                                           std::pair<std::string, std::string>{"number", "010203-xxxx"},
                                           std::pair<std::string, std::string>{"page", "3"}));
}

TEST(AnEnclosure, SaysWhenThereMayBeMore) {
    std::vector<Finding> found;
    lookAtFile(fileWith(Reading::whole, std::vector<FileHit>(hitsPerFile, cpr("010203-xxxx"))), found);
    EXPECT_EQ(found.back().key, "finding.file.more");
}

TEST(AnEnclosure, WaitsUntilItWasSearched) {
    for (const auto& [reading, key] : {std::pair{Reading::notYet, "finding.file.not_searched?"},
                                       {Reading::nothing, "finding.file.not_searchable"}}) {
        std::vector<Finding> found;
        lookAtFile(fileWith(reading), found);
        EXPECT_THAT(keysOf(found), ElementsAre(key));
    }
    std::vector<Finding> found;
    lookAtFile(fileWith(Reading::whole), found);
    EXPECT_TRUE(found.empty());
}

TEST(AnAnswersFile, IsItsSendersOwnAndStopsNothing) {
    std::vector<Finding> found;
    lookAtAnswerFile(fileWith(Reading::notYet, {cpr("010203-xxxx"), {Kind::placeholder, "XX", 0}}), "file", found);
    EXPECT_THAT(keysOf(found), ElementsAre("finding.file.cpr", "finding.file.not_searched"));
    EXPECT_EQ(found[0].field, "file");
}

} // namespace
} // namespace hoering
