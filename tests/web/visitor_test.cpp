// What is decided before a page is asked: what the log may hold of an address.
#include "web/visitor.h"

#include <gmock/gmock.h>

#include "support/web_world.h"

namespace hoering {
namespace {

std::string logged(const std::string& path) {
    http::Request request;
    request.path = path;
    return web::pathForLog(request);
}

TEST(PathForLog, HoldsNoTokenWhereverItStands) {
    const std::string token = "vT3-Zk_0aQmW9xYbC1dE2fG3hI4jK5lM6nO7pQ8rS9u";
    EXPECT_EQ(logged("/svar/" + token), "/svar/...");
    EXPECT_EQ(logged("/svar/" + token + "/nyt-link"), "/svar/...");
    EXPECT_EQ(logged("/svar/short"), "/svar/...");
    EXPECT_EQ(logged("/kontor/adgang/" + token), "/kontor/adgang/...");
    EXPECT_EQ(logged("/Svar/" + token), "/Svar/...");
    EXPECT_EQ(logged("/x/svar/" + token), "/x/svar/...");
    EXPECT_EQ(logged("/svar./" + token), "/svar./...");
    EXPECT_EQ(logged("/Kontor/Adgang/" + token + "/"), "/Kontor/Adgang/.../");
    EXPECT_EQ(logged("/" + token), "/...");
    EXPECT_EQ(logged("/hoering/" + token), "/hoering/...");
    EXPECT_EQ(logged("/Svar/" + token + ")."), "/Svar/...");        // taken along from the sentence around it
    EXPECT_EQ(logged("/Svar/" + token.substr(0, 32)), "/Svar/..."); // cut off by a mail reader
}

TEST(PathForLog, IsElseThePathAsItCame) {
    for (const std::string path :
         {"/", "/kontor/hoeringer/12/svar/7/filer/3", "/static/css/hoering.css", "/mit-svar/ikke-vores-omraade",
          "/hoering/forslag-til-lokalplan-for-havnen-og-byens-plads-2026/frist.ics", "/Svar/", "/x//"})
        EXPECT_EQ(logged(path), path);
}

} // namespace
} // namespace hoering
