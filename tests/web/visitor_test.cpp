// What is decided before a page is asked: what the log may hold of an address, and who may bring files and long texts.
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

struct BodyPlans : ::testing::Test {
    testing::WebWorld world;
    std::int64_t id = world.consultation().openUntil("2026-12-01").with("LokalMED").publish();
    const std::string attach = "/mit-svar/filer", enclose = "/kontor/hoeringer/" + std::to_string(id) + "/bilag";

    http::Request post(const std::string& path, const std::map<std::string, std::string>& cookies) {
        http::Request request;
        request.method = http::Method::post;
        request.path = path;
        for (const auto& cookie : cookies) request.cookies.push_back(cookie);
        return request;
    }
    bool admitted(const std::string& path, const std::map<std::string, std::string>& cookies = {}) {
        const auto request = post(path, cookies);
        const auto plan = web::planBody(request, world.services);
        EXPECT_TRUE(plan.admit) << path;
        return plan.admit && plan.admit(request);
    }
};

TEST_F(BodyPlans, AdmitFilesAndLongTextsOfThoseWhoMayBringThem) {
    const auto party = world.partyVisitor(id).cookies;
    const auto officer = world.staff(Role::secretariat).cookies, reader = world.staff(Role::reader).cookies;
    for (const std::string& path :
         {attach, std::string("/mit-svar/skriv"), std::string("/mit-svar/gem"), std::string("/mit-svar/tjek")}) {
        EXPECT_TRUE(admitted(path, party)) << path;
        EXPECT_FALSE(admitted(path)) << path;
        EXPECT_FALSE(admitted(path, officer)) << path;
        EXPECT_FALSE(admitted(path, {{party.begin()->first, std::string(43, 'x')}})) << path;
    }
    EXPECT_TRUE(admitted(enclose, officer));
    EXPECT_FALSE(admitted(enclose, reader));
    EXPECT_FALSE(admitted(enclose, party));
    EXPECT_FALSE(admitted(enclose));
    world.database.write([&](sqlite::Tx& tx) {
        tx.sql("DELETE FROM sessions").run();
        tx.housekeeping("test");
    });
    EXPECT_FALSE(admitted(attach, party));
    EXPECT_FALSE(admitted(enclose, officer));
}

TEST_F(BodyPlans, AskNobodyAboutASmallForm) {
    for (const std::string path : {"/sprog", "/kontor/log-ind", "/mit-svar/ret", "/kontor/mig", "/nowhere"})
        EXPECT_FALSE(web::planBody(post(path, {}), world.services).admit) << path;
}

} // namespace
} // namespace hoering
