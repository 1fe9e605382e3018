// The door to the documents room: what is called here is in the carried module, and nothing is lost on the way.
#include <gtest/gtest.h>

#include <future>
#include <vector>

#include "documents/docx.h"
#include "documents/html.h"
#include "documents/pdf.h"

namespace hoering::documents {
namespace {

Document sample() {
    Document document;
    document.title = "Prøve";
    document.blocks.emplace_back(Heading{1, "Blåbærgrød"});
    document.blocks.emplace_back(Paragraph{{{"Rødgrød med fløde", true, false, ""}}});
    return document;
}

TEST(Door, ManyThreadsMayMakeTheFirstDocument) {
    std::vector<std::future<std::string>> made;
    for (int i = 0; i < 8; ++i) made.push_back(std::async(std::launch::async, [] { return toPdf(sample()); }));
    const std::string first = made.front().get();
    EXPECT_TRUE(first.starts_with("%PDF-"));
    for (std::size_t i = 1; i < made.size(); ++i) EXPECT_EQ(made[i].get(), first);
}

TEST(Door, LeadsToEveryWriter) {
    EXPECT_TRUE(toDocx(sample()).starts_with("PK"));
    EXPECT_NE(toHtml(sample()).find("Rødgrød med fløde"), std::string::npos);
}

TEST(Door, ProgressIsToldAndItsExceptionComesBackAsItself) {
    std::size_t told = 0;
    toPdf(sample(), [&](std::size_t done, std::size_t total) {
        EXPECT_EQ(total, 2U);
        EXPECT_EQ(done, ++told);
    });
    EXPECT_EQ(told, 2U);
    struct Enough {
        int code;
    };
    try {
        toPdf(sample(), [](std::size_t, std::size_t) { throw Enough{7}; });
        FAIL() << "nothing came back";
    } catch (const Enough& enough) {
        EXPECT_EQ(enough.code, 7);
    }
}

} // namespace
} // namespace hoering::documents
