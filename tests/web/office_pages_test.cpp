// What the office sees of a consultation that runs, of letters, and of who may come in.
#include <gmock/gmock.h>

#include "common/strings.h"
#include "support/web_world.h"
#include "usecases/close_consultation.h"
#include "usecases/submit_response.h"

namespace hoering {
namespace {

struct OfficePages : ::testing::Test {
    testing::WebWorld world;
    testing::Visitor karen = world.staff(Role::secretariat);

    std::int64_t answered(const std::string& text) {
        const auto id = world.consultation().openUntil("2026-12-01").with("LokalMED").with("Rådet").publish();
        const auto visit = world.visit(id);
        EXPECT_TRUE(world.database.write([&](sqlite::Tx& tx) {
            return submitResponse(tx, visit, {ResponseKind::remarks, text, 0, std::string(32, 'a'), tx.now().instant});
        }));
        return id;
    }
};

TEST_F(OfficePages, FirstSayWhatToDo) {
    EXPECT_TRUE(karen.get("/kontor").has("/kontor/hoeringer/ny"));
    testing::Visitor reader = world.staff(Role::reader);
    EXPECT_FALSE(reader.get("/kontor").has("/kontor/hoeringer/ny"));
}

TEST_F(OfficePages, TellWhoMissesShortlyBeforeTheDeadline) {
    answered("Vi er enige");
    EXPECT_FALSE(karen.get("/kontor").has("mangler at svare"));
    world.at("2026-11-27 10:00:00");
    EXPECT_TRUE(world.staff(Role::secretariat).get("/kontor").has("1 høringspart mangler at svare"));
}

TEST_F(OfficePages, TellWhatIsLeftToDoWhenAConsultationHasClosed) {
    const auto id = world.consultation().openUntil("2026-12-01").with("LokalMED").with("Rådet").publish();
    testing::Visitor party = world.partyVisitor(id);
    party.post("/mit-svar/gem", {{"text", "Næsten færdig"}, {"version", "0"}});
    EXPECT_FALSE(karen.get("/kontor").has("ikke blev sendt"));
    world.at("2026-12-02 00:00:01");
    world.database.write([](sqlite::Tx& tx) { return closeDueConsultations(tx); });
    const auto shown = world.staff(Role::secretariat).get("/kontor");
    EXPECT_TRUE(shown.has("1 part har en kladde, der ikke blev sendt"));
    EXPECT_TRUE(shown.has("er lukket. Hent høringsnotatet"));
    EXPECT_FALSE(world.staff(Role::reader).get("/kontor").has("er lukket. Hent"));
    world.at("2026-12-16 00:00:01");
    EXPECT_FALSE(world.staff(Role::secretariat).get("/kontor").has("ikke blev sendt")) << "two weeks are enough";
}

TEST_F(OfficePages, ShowAnAnswerWordForWordAndWarnOfPersonalData) {
    const auto id = answered("Linje 1 & 2\n\n<b>010203-1234</b>");
    const std::string here = "/kontor/hoeringer/" + std::to_string(id) + "/svar";
    EXPECT_TRUE(karen.get(here).has("LokalMED"));
    const auto shown = karen.get(here + "/1");
    EXPECT_TRUE(shown.has("Linje 1 &amp; 2\n\n&lt;b&gt;010203-1234&lt;/b&gt;"));
    EXPECT_TRUE(shown.has("010203-xxxx"));
    const auto other = world.consultation().openUntil("2026-12-01").with("En anden").publish();
    EXPECT_EQ(karen.get("/kontor/hoeringer/" + std::to_string(other) + "/svar/1").status, 404);
}

TEST_F(OfficePages, ShowAPersonalLinkOnlyWhereNoMailIsSent) {
    world.consultation().openUntil("2026-12-01").with("LokalMED").publish();
    world.settings.mail.mode = MailSettings::Mode::smtp;
    EXPECT_FALSE(karen.get("/kontor/breve/1").has("/svar/"));
    world.settings.mail.mode = MailSettings::Mode::folder;
    EXPECT_TRUE(karen.get("/kontor/breve/1").has("href=\"" + world.office.house.publicUrl + "/svar/"));
}

TEST_F(OfficePages, SignInLeadsOnlyToTheOffice) {
    for (const std::string target :
         {"https://example.org/", "//example.org", "/kontor/../svar", "/kontor/\\example.org", "/hoering/x"}) {
        testing::Visitor guest(world);
        EXPECT_TRUE(guest.get("/kontor/log-ind?til=" + percentEncode(target)).has("name=\"til\" value=\"/kontor\""))
            << target;
    }
    testing::Visitor guest(world);
    EXPECT_TRUE(guest.get("/kontor/log-ind?til=" + percentEncode("/kontor/breve?tilstand=refused"))
                    .has("value=\"/kontor/breve?tilstand=refused\""));
}

TEST_F(OfficePages, ARefusedSignInKeepsTheAddressAndNotThePassword) {
    testing::Visitor guest(world);
    guest.get("/kontor/log-ind");
    const auto refused = guest.post("/kontor/log-ind", {{"email", "anne@ishoj.dk"}, {"password", "hemmeligt ord"}});
    EXPECT_EQ(refused.status, 422);
    EXPECT_TRUE(refused.has("anne@ishoj.dk"));
    EXPECT_FALSE(refused.has("hemmeligt ord"));
}

TEST_F(OfficePages, ANewColleagueGetsALinkThatWorksOnce) {
    testing::Visitor anne = world.staff(Role::administrator);
    anne.get("/kontor/brugere");
    const auto added = anne.post("/kontor/brugere",
                                 {{"name", "Bo"}, {"email", "bo@ishoj.dk"}, {"role", "reader"}, {"language", "da"}});
    const auto at = added.body.find("/kontor/adgang/");
    ASSERT_NE(at, std::string::npos);
    const std::string link = added.body.substr(at, added.body.find('<', at) - at);

    testing::Visitor bo(world);
    EXPECT_TRUE(bo.get(link).has("bo@ishoj.dk"));
    const testing::Visitor::Fields chosen{{"password", "fire helt tilfældige ord"},
                                          {"again", "fire helt tilfældige ord"}};
    const auto in = bo.post(link, chosen);
    EXPECT_EQ(in.location, "/kontor?besked=password_chosen");
    EXPECT_EQ(bo.get("/kontor").status, 200);
    testing::Visitor late(world);
    EXPECT_EQ(late.get(link).status, 404);
}

TEST_F(OfficePages, ANoticeIsOneOfOurs) {
    EXPECT_TRUE(karen.get("/kontor/hoeringer/ny?besked=saved").has("Kladden er gemt"));
    EXPECT_FALSE(karen.get("/kontor/hoeringer/ny?besked=ring+til+mig").has("role=\"status\""));
}

} // namespace
} // namespace hoering
