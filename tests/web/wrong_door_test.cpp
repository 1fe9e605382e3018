// The way into one consultation, used at an address of another: a clear page, and no harm to either.
#include <gmock/gmock.h>

#include "sqlite/drafts.h"
#include "sqlite/files.h"
#include "sqlite/reminders.h"
#include "support/web_world.h"

namespace hoering {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using testing::Visitor;

struct WrongDoor : ::testing::Test {
    testing::WebWorld world;
    std::int64_t one =
        world.consultation().titled("Cykelsti").openUntil("2026-12-01").with("Rådet").with("LokalMED").publish();
    std::int64_t other =
        world.consultation().titled("Skolestruktur").openUntil("2026-12-01").with("Bestyrelsen").publish();

    WrongDoor() { world.at("2026-11-25 09:00:00"); }

    std::optional<Draft> draft(std::int64_t consultation) {
        const auto id = world.visit(consultation).party.id;
        return world.database.read([&](sqlite::ReadTx& tx) { return sqlite::findDraft(tx, id); });
    }
    std::string linkOf(std::int64_t consultation) { return "/svar/" + world.tokenOf(world.visit(consultation)); }
    void open(Visitor& visitor, std::int64_t consultation) {
        visitor.get(linkOf(consultation));
        EXPECT_EQ(visitor.post(linkOf(consultation)).status, 303);
    }
};

TEST_F(WrongDoor, APageOfOneAnswerSentWhileAnotherIsOpenKeepsTheWordsAndChangesNeither) {
    Visitor visitor(world);
    open(visitor, one);
    visitor.get("/mit-svar/skriv");
    const std::string token = visitor.csrf; // of the page in the first tab
    open(visitor, other);                   // in a second tab
    const auto acts = world.acts();
    for (const std::string address : {"/mit-svar/filer", "/mit-svar/skriv", "/mit-svar/tjek", "/mit-svar/gem"}) {
        const auto refused =
            visitor.post(address, {{"csrf", token}, {"text", "Bred sti"}, {"version", "0"}, {"videre", "gem"}});
        EXPECT_EQ(refused.status, 403) << address;
        EXPECT_THAT(refused.body, HasSubstr("»Skolestruktur« for Bestyrelsen")) << address;
        EXPECT_THAT(refused.body, HasSubstr("intet gemt eller sendt")) << address;
        EXPECT_THAT(refused.body, HasSubstr("Bred sti</textarea>")) << address;
    }
    for (const std::string address : {"/mit-svar/ingen-bemaerkninger", "/mit-svar/luk", "/mit-svar/laengere-frist",
                                      "/mit-svar/sammen-med", "/mit-svar/ikke-vores-omraade"}) {
        const auto refused = visitor.post(address, {{"csrf", token}, {"key", std::string(32, 'a')}, {"party", "1"}});
        EXPECT_EQ(refused.status, 403) << address;
        EXPECT_THAT(refused.body, Not(HasSubstr(std::string(32, 'a')))) << "the page's own fields are nobody's words";
    }
    EXPECT_FALSE(draft(one));
    EXPECT_FALSE(draft(other));
    EXPECT_EQ(world.count("responses"), 0);
    EXPECT_EQ(world.acts(), acts);
    EXPECT_THAT(visitor.get("/mit-svar").body, HasSubstr("Skolestruktur")) << "the session goes on";
}

TEST_F(WrongDoor, TheSameLinkOpenedAgainLeavesThePagesOfOtherTabsGood) {
    Visitor visitor(world);
    open(visitor, one);
    visitor.get("/mit-svar/skriv");
    const std::string token = visitor.csrf;
    const auto session = visitor.cookies;
    open(visitor, one);
    EXPECT_NE(visitor.cookies, session) << "a session of its own all the same";
    EXPECT_EQ(visitor.post("/mit-svar/filer", {{"csrf", token}, {"text", "Bred sti"}, {"version", "0"}}).status, 303);
    EXPECT_EQ(draft(one)->text, "Bred sti");
    // Those of a session that has ended are not.
    world.database.write([&](sqlite::Tx& tx) {
        tx.sql("DELETE FROM sessions").run();
        tx.housekeeping("test");
    });
    open(visitor, one);
    EXPECT_EQ(visitor.post("/mit-svar/filer", {{"csrf", token}, {"text", "Smal sti"}, {"version", "1"}}).status, 403);
    EXPECT_EQ(draft(one)->text, "Bred sti");
}

TEST_F(WrongDoor, FilesOfAnotherConsultationAreNotThere) {
    Visitor theirs = world.partyVisitor(other);
    theirs.get("/mit-svar/skriv");
    theirs.upload("/mit-svar/filer", {{"text", "Vores"}, {"version", "0"}, {"videre", "filer"}}, "file", "vores.txt",
                  "hemmeligt");
    const auto file = std::to_string(draft(other)->files.at(0).id);
    std::int64_t enclosure = 0;
    world.database.write([&](sqlite::Tx& tx) {
        enclosure = sqlite::appendEnclosure(tx, other, "Bilag", std::stoll(file));
        tx.housekeeping("test");
    });
    EXPECT_EQ(theirs.get("/mit-svar/filer/" + file).status, 200);
    EXPECT_EQ(theirs.get("/mit-svar/bilag/" + std::to_string(enclosure)).status, 200);

    Visitor visitor = world.partyVisitor(one);
    for (const std::string& address : {"/mit-svar/filer/" + file, "/mit-svar/bilag/" + std::to_string(enclosure)}) {
        const auto missing = visitor.get(address);
        EXPECT_EQ(missing.status, 404) << address;
        EXPECT_THAT(missing.body, HasSubstr("Siden findes ikke")) << address;
        EXPECT_THAT(missing.body, Not(HasSubstr("hemmeligt"))) << address;
    }
    visitor.get("/mit-svar");
    visitor.post("/mit-svar/filer/" + file + "/fjern");
    visitor.post("/mit-svar/filer", {{"text", "Min"}, {"version", "0"}, {"fjern", file}});
    EXPECT_EQ(draft(other)->files.size(), 1u);
    EXPECT_EQ(visitor.post("/mit-svar/sammen-med", {{"party", std::to_string(world.parties(other).at(0).id)}}).status,
              422);
    EXPECT_FALSE(world.parties(one).at(0).jointWith);
}

TEST_F(WrongDoor, APartysSessionIsNothingInTheOffice) {
    Visitor visitor = world.partyVisitor(one);
    for (const std::string address : {"/kontor", "/kontor/hoeringer/", "/kontor/breve/1"})
        EXPECT_NE(visitor.get(address == "/kontor/hoeringer/" ? address + std::to_string(other) : address).status, 200);
}

TEST_F(WrongDoor, TheOfficesAddressesReachOnlyWhatBelongsToTheConsultationTheyName) {
    Visitor karen = world.staff(Role::secretariat);
    const auto party = std::to_string(world.parties(other).at(0).id);
    const auto contact = std::to_string(world.parties(other).at(0).contacts.at(0).id);
    const auto reminder = std::to_string(
        world.database.read([&](sqlite::ReadTx& tx) { return sqlite::remindersOf(tx, other); }).at(0).id);
    const auto acts = world.acts();
    const std::string here = "/kontor/hoeringer/" + std::to_string(one);
    for (const std::string& address :
         {"/parter/" + party + "/breve", "/kontakter/" + contact + "/adresse", "/paamindelser/" + reminder,
          "/paamindelser/" + reminder + "/fortryd", "/vis/" + contact}) {
        const auto missing = karen.get(here + address);
        EXPECT_EQ(missing.status, 404) << address;
        EXPECT_THAT(missing.body, Not(HasSubstr("Bestyrelsen"))) << address;
    }
    karen.get(here);
    for (const std::string& address :
         {"/kontakter/" + contact + "/adresse", "/paamindelser/" + reminder, "/vis/" + contact + "/proeve"})
        EXPECT_EQ(karen.post(here + address, {{"mail", "ny@rigtig.example"}, {"what", "skip"}}).status, 404) << address;
    for (const std::string slug : {"send-link-igen", "spaer-link", "forlaeng-part"}) {
        const auto refused = karen.post(here + "/handlinger/" + slug, {{"contact", contact},
                                                                       {"party", party},
                                                                       {"reason", "Prøve"},
                                                                       {"deadline_date", "15.12.2026"},
                                                                       {"step", "preview"}});
        EXPECT_GE(refused.status, 404) << slug;
        EXPECT_LT(refused.status, 500) << slug;
    }
    EXPECT_EQ(world.acts(), acts);
}

} // namespace
} // namespace hoering
