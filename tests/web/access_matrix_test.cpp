// Every route, every kind of visitor, every method, from the route table itself.
#include <gmock/gmock.h>

#include <memory>
#include <set>

#include "common/strings.h"
#include "sqlite/files.h"
#include "sqlite/letters.h"
#include "sqlite/links.h"
#include "sqlite/mailings.h"
#include "sqlite/reminders.h"
#include "sqlite/responses.h"
#include "sqlite/users.h"
#include "support/web_world.h"
#include "usecases/save_draft.h"
#include "usecases/submit_response.h"
#include "web/expected_access.h"
#include "web/route.h"

namespace hoering {
namespace {

using testing::Visitor;

/// One open consultation with an answer, one draft, and a visitor of each kind.
struct Scene {
    testing::WebWorld world;
    std::int64_t consultation =
        world.consultation().openUntil("2026-12-01").with("LokalMED").with("Politiet").publish();
    std::int64_t draft = world.consultation().titled("En kladde").openUntil("2026-12-01").with("Rådet").draft();
    std::int64_t response = 0, file = 0, enclosure = 0, letter = 0, reminder = 0, release = 0;

    std::string token = world.tokenOf(world.visit(consultation));

    Scene() {
        const auto blob = world.blobs.put("indhold");
        world.database.write([&](sqlite::Tx& tx) {
            const StoredFile stored{0, blob.sha256, "bilag.txt", "text/plain", blob.size, {}};
            const auto visit = visitIn(tx);
            (void)attachFile(tx, world.office, visit, stored);
            response =
                submitResponse(tx, visit, {ResponseKind::remarks, "Svar", 2, std::string(32, '1'), tx.now().instant})
                    .value();
            file = sqlite::findResponse(tx, response)->files.at(0).id;
            enclosure = addEnclosure(tx, world.officer, draft, stored, "Bilag").value();
            letter = sqlite::listLetters(tx, {}).at(0).id;
            reminder = sqlite::remindersOf(tx, consultation).at(0).id;
            const auto user = sqlite::insertUser(tx, {0, "hun@hoering.example", "Hun", Role::secretariat, "da", false});
            release = sqlite::insertRelease(tx, {0, consultation, "cancel", "[]", "aftryk", 2, user, {}, {}, {}, {}},
                                            std::string(32, '9'));
        });
    }
    PartyVisit visitIn(sqlite::ReadTx& tx) {
        const auto link = sqlite::findLink(tx, 1);
        return lookAtLink(tx, world.office, world.office.keys.linkToken(link->nonce), world.now())->visit;
    }

    /// The pattern with things that exist in its holes; what is being changed is the draft.
    std::string pathOf(const web::Route& route) {
        std::string path(route.path);
        const bool edits = route.path.starts_with("/kontor/hoeringer/{id}/bilag") ||
                           route.path.starts_with("/kontor/hoeringer/{id}/parter") ||
                           route.path.ends_with("/oplysninger") || route.path.ends_with("/paamindelser") ||
                           route.path.ends_with("{id}/tjek");
        const auto id = edits ? draft : consultation;
        const auto put = [&](std::string_view hole, const std::string& value) { path = replaceAll(path, hole, value); };
        put("{id}", std::to_string(id));
        put("{party}", std::to_string(world.parties(id).at(0).id));
        put("{contact}", std::to_string(world.parties(id).at(0).contacts.at(0).id));
        put("{enclosure}", std::to_string(enclosure));
        put("{response}", std::to_string(response));
        put("{file}", std::to_string(file));
        put("{letter}", std::to_string(letter));
        put("{reminder}", std::to_string(reminder));
        put("{user}", "1");
        put("{act}", "aflys");
        put("{release}", std::to_string(release));
        put("{name}", world.find(consultation).slug);
        put("{token}", token);
        return path;
    }
    static std::string nameOf(const web::Route& route) {
        return (route.method == http::Method::get ? "GET " : "POST ") + std::string(route.path);
    }
    Visitor::Got send(Visitor& visitor, const web::Route& route) {
        return route.method == http::Method::get ? visitor.get(pathOf(route)) : visitor.post(pathOf(route));
    }
    Visitor visitor(const std::string& kind) {
        if (const auto role = roleFrom(kind)) return world.staff(*role);
        if (kind == "nobody") {
            Visitor nobody(world);
            nobody.get("/");
            return nobody;
        }
        Visitor party = world.partyVisitor(consultation);
        if (kind == "revoked party")
            world.database.write([&](sqlite::Tx& tx) {
                sqlite::revokeLink(tx, world.visit(consultation).link);
                tx.housekeeping("test");
            });
        return party;
    }
    /// Whether the one access rule turned the visitor away.
    static bool turnedAway(const Visitor::Got& got) {
        return got.status == 403 || got.location.starts_with("/kontor/log-ind?til=") ||
               (got.status == 404 && got.has("med linket i din mail"));
    }
};

TEST(AccessMatrix, EveryRouteIsWrittenDownWithItsAccess) {
    const std::map<Access, std::string> names{
        {Access::everyone, "everyone"},       {Access::signedIn, "signedIn"},           {Access::reader, "reader"},
        {Access::secretariat, "secretariat"}, {Access::administrator, "administrator"}, {Access::party, "party"}};
    std::set<std::string> seen;
    for (const auto& route : web::routes()) {
        const std::string name = Scene::nameOf(route);
        seen.insert(name);
        ASSERT_TRUE(testing::expectedAccess.contains(name)) << name << " is not in expected_access.h";
        EXPECT_EQ(names.at(route.access), testing::expectedAccess.at(name)) << name;
    }
    for (const auto& [name, access] : testing::expectedAccess)
        EXPECT_TRUE(seen.contains(name)) << name << " is no route";
}

TEST(AccessMatrix, EveryRouteLetsInWhomItShouldAndNobodyElse) {
    const std::map<std::string, int> ranks{{"signedIn", 1}, {"reader", 1}, {"secretariat", 2}, {"administrator", 3}};
    for (const std::string kind : {"nobody", "reader", "secretariat", "administrator", "party", "revoked party"}) {
        auto scene = std::make_unique<Scene>();
        for (const auto& route : web::routes()) {
            const std::string name = Scene::nameOf(route), access = testing::expectedAccess.at(name);
            Visitor visitor = scene->visitor(kind);
            const auto got = scene->send(visitor, route);
            bool allowed = access == "everyone" || (access == "party" && kind == "party");
            if (ranks.contains(access) && ranks.contains(kind)) allowed = ranks.at(kind) >= ranks.at(access);
            EXPECT_EQ(!Scene::turnedAway(got), allowed)
                << name << " for " << kind << ": " << got.status << " " << got.location;
            EXPECT_NE(got.status, 500) << name << " for " << kind;
            // One's act (a link taken back, a part removed) must not be another's scene.
            if (route.method == http::Method::post || kind == "revoked party") scene = std::make_unique<Scene>();
        }
    }
}

TEST(AccessMatrix, NoGetChangesAnything) {
    Scene scene;
    for (const std::string kind : {"nobody", "administrator", "party"}) {
        Visitor visitor = scene.visitor(kind);
        for (const auto& route : web::routes()) {
            if (route.method != http::Method::get) continue;
            const auto before = scene.world.database.counters().jobs;
            visitor.get(scene.pathOf(route));
            EXPECT_EQ(scene.world.database.counters().jobs, before) << route.path << " wrote for " << kind;
        }
    }
}

TEST(AccessMatrix, NoPostWithoutItsTokenOrFromElsewhere) {
    for (const auto& route : web::routes()) {
        if (route.method != http::Method::post) continue;
        Scene scene;
        const std::string kind = route.access == Access::party ? "party" : "administrator";
        Visitor visitor = scene.visitor(route.access == Access::everyone ? "nobody" : kind);
        const auto before = scene.world.acts();
        const std::string path = scene.pathOf(route);
        EXPECT_EQ(visitor.post(path, {{"csrf", "forkert"}}).status, 403) << path << " without its token";
        EXPECT_EQ(visitor.post(path, {}, {{"sec-fetch-site", "cross-site"}}).status, 403) << path << " from elsewhere";
        EXPECT_EQ(visitor.post(path, {}, {{"origin", "https://ond.example"}}).status, 403) << path << " by origin";
        EXPECT_EQ(scene.world.acts(), before) << path;
    }
}

TEST(AccessMatrix, APartyReachesNothingOfAnother) {
    Scene scene;
    Visitor other = scene.world.partyVisitor(scene.consultation, 1);
    EXPECT_EQ(other.get("/mit-svar/filer/" + std::to_string(scene.file)).status, 404);
    EXPECT_EQ(other.get("/mit-svar/bilag/" + std::to_string(scene.enclosure)).status, 404);
    EXPECT_FALSE(other.get("/mit-svar").has("LokalMED"));
    EXPECT_NE(other.get("/mit-svar/kvittering").status, 200);
}

TEST(AccessMatrix, TheOfficeReachesAThingOnlyUnderItsOwnConsultation) {
    Scene scene;
    Visitor staff = scene.visitor("administrator");
    const std::string wrong = "/kontor/hoeringer/" + std::to_string(scene.draft);
    EXPECT_EQ(staff.get(wrong + "/svar/" + std::to_string(scene.response)).status, 404);
    EXPECT_EQ(staff
                  .get("/kontor/hoeringer/" + std::to_string(scene.consultation) + "/bilag/" +
                       std::to_string(scene.enclosure))
                  .status,
              404);
    const auto foreign = std::to_string(scene.world.parties(scene.consultation).at(0).id);
    EXPECT_EQ(staff.get(wrong + "/parter/" + foreign).status, 404);
    EXPECT_EQ(staff.get("/kontor/hoeringer/9999").status, 404);
    EXPECT_EQ(staff.get("/kontor/hoeringer/1e3").status, 404);
}

TEST(AccessMatrix, ADraftIsNotPublic) {
    Scene scene;
    Visitor nobody = scene.visitor("nobody");
    EXPECT_EQ(nobody.get("/hoering/" + scene.world.find(scene.draft).slug).status, 404);
    EXPECT_FALSE(nobody.get("/").has("En kladde"));
}

} // namespace
} // namespace hoering
