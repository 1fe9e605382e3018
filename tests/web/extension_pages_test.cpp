// Deadlines moved and extensions asked for, as the office, the party and the public see them.
#include <gmock/gmock.h>

#include "common/strings.h"
#include "support/web_world.h"
#include "usecases/close_consultation.h"

namespace hoering {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using testing::Visitor;

/// The value of a hidden field on a page.
std::string hiddenIn(const std::string& html, const std::string& name) {
    const std::string start = "name=\"" + name + "\" value=\"";
    const auto at = html.find(start);
    if (at == std::string::npos) return "";
    return html.substr(at + start.size(), html.find('"', at + start.size()) - at - start.size());
}

struct ExtensionPages : ::testing::Test {
    testing::WebWorld world;
    Visitor karen = world.staff(Role::secretariat);
    std::int64_t id =
        world.consultation().titled("Cykelsti").openUntil("2026-12-01").with("LokalMED").with("Rådet").publish();
    std::string here = "/kontor/hoeringer/" + std::to_string(id);

    /// The act's form, its preview and its confirmation, as a person goes through them.
    Visitor::Got act(Visitor& who, const std::string& slug, Visitor::Fields fields) {
        fields.emplace_back("step", "preview");
        const auto preview = who.post(here + "/handlinger/" + slug, fields);
        EXPECT_EQ(preview.status, 200) << preview.body;
        fields.back().second = "confirm";
        fields.emplace_back("fingerprint", hiddenIn(preview.body, "fingerprint"));
        fields.emplace_back("key", hiddenIn(preview.body, "key"));
        return who.post(here + "/handlinger/" + slug, fields);
    }
    Visitor::Got ask(Visitor& party, const std::string& date = "10.12.2026",
                     const std::string& reason = "Vi mødes først den 9.") {
        const auto check =
            party.post("/mit-svar/laengere-frist", {{"deadline_date", date}, {"reason", reason}, {"step", "check"}});
        EXPECT_EQ(check.status, 200) << check.body;
        return party.post("/mit-svar/laengere-frist", {{"deadline_date", hiddenIn(check.body, "deadline_date")},
                                                       {"reason", reason},
                                                       {"key", hiddenIn(check.body, "key")},
                                                       {"step", "send"}});
    }
    std::string requestHref(const std::string& slug) { return here + "/handlinger/" + slug + "?request=1"; }
};

TEST_F(ExtensionPages, TheOfficeExtendsAndEverybodySeesIt) {
    Visitor guest(world);
    EXPECT_THAT(guest.get("/hoering/cykelsti").body, Not(HasSubstr("Forlænget")));
    EXPECT_THAT(karen.get(here).body, HasSubstr("/handlinger/forlaeng\""));
    EXPECT_THAT(karen.get(here + "/handlinger/forlaeng").body, HasSubstr("tirsdag den 1. december 2026 kl. 23.59"));
    const auto done = act(karen, "forlaeng",
                          {{"deadline_date", "15.12.2026"}, {"deadline_time", ""}, {"reason", "Bilag <manglede>"}});
    EXPECT_THAT(done.location, HasSubstr(here + "?besked=act_done&udsendelse=")) << done.body;
    EXPECT_EQ(world.find(id).text.deadline->stored(), "2026-12-15");
    for (const auto& page : {guest.get("/hoering/cykelsti").body, world.partyVisitor(id).get("/mit-svar/laes").body}) {
        EXPECT_THAT(page, HasSubstr("Forlænget. Før var fristen tirsdag den 1. december 2026"));
        EXPECT_THAT(page, HasSubstr("Bilag &lt;manglede&gt;"));
    }
    const auto office = karen.get(here).body;
    EXPECT_THAT(office, HasSubstr("Sådan er fristen flyttet"));
    EXPECT_THAT(office, HasSubstr("Bilag &lt;manglede&gt;"));
    EXPECT_THAT(karen.get(here + "/journal").body, HasSubstr("tirsdag den 15. december 2026"));
    for (const auto* format : {"hoeringsnotat.html", "hoeringsnotat"})
        EXPECT_EQ(karen.get(here + "/" + format).status, 200);
    EXPECT_THAT(karen.get(here + "/hoeringsnotat.html").body, HasSubstr("Bilag &lt;manglede&gt;"));
}

TEST_F(ExtensionPages, AWrongDateKeepsWhatWasTyped) {
    const auto refused = karen.post(here + "/handlinger/forlaeng",
                                    {{"deadline_date", "30.11.2026"}, {"reason", "Min grund"}, {"step", "preview"}});
    EXPECT_EQ(refused.status, 422);
    EXPECT_THAT(refused.body, HasSubstr("senere end den nuværende, tirsdag den 1. december 2026 kl. 23.59"));
    EXPECT_THAT(refused.body, HasSubstr("Min grund"));
    EXPECT_THAT(refused.body, HasSubstr("value=\"30.11.2026\""));
    const auto twice = karen.post(
        here + "/handlinger/forlaeng",
        {{"deadline_date", "31.10.2027"}, {"deadline_time", "2.30"}, {"reason", "Nat"}, {"step", "preview"}});
    EXPECT_THAT(twice.body, HasSubstr("Første gang (sommertid)"));
    const auto sunday = karen.post(here + "/handlinger/forlaeng",
                                   {{"deadline_date", "13.12.2026"}, {"reason", "Nat"}, {"step", "preview"}});
    EXPECT_THAT(sunday.body, HasSubstr("Næste hverdag er mandag den 14. december 2026"));
    EXPECT_THAT(sunday.body, HasSubstr("value=\"confirm\""));
}

TEST_F(ExtensionPages, OnePartysOwnIsNotOnThePublicPageNorOnAnothers) {
    const std::string party = std::to_string(world.parties(id).at(0).id);
    EXPECT_THAT(karen.get(here + "/parter").body, HasSubstr("/handlinger/forlaeng-part?party=" + party));
    EXPECT_THAT(karen.get(here + "/handlinger/forlaeng-part?party=" + party).body,
                HasSubstr("<option value=\"" + party + "\" selected"));
    const auto done =
        act(karen, "forlaeng-part",
            {{"party", party}, {"deadline_date", "15.12.2026"}, {"deadline_time", ""}, {"reason", "Hemmelig grund"}});
    EXPECT_THAT(done.location, HasSubstr(here + "?besked=act_done&udsendelse=")) << done.body;
    Visitor guest(world);
    for (const auto& page :
         {guest.get("/hoering/cykelsti").body, guest.get("/").body, world.partyVisitor(id, 1).get("/mit-svar").body,
          world.partyVisitor(id, 1).get("/mit-svar/laes").body}) {
        EXPECT_THAT(page, Not(HasSubstr("Hemmelig grund")));
        EXPECT_THAT(page, Not(HasSubstr("15. december 2026")));
    }
    Visitor own = world.partyVisitor(id, 0);
    EXPECT_THAT(own.get("/mit-svar").body, HasSubstr("Forlænget. Før var fristen tirsdag den 1. december 2026"));
    EXPECT_THAT(own.get("/mit-svar/laes").body, HasSubstr("Hemmelig grund"));
    EXPECT_THAT(karen.get(here + "/parter").body, HasSubstr("Egen frist: tirsdag den 15. december 2026"));
    EXPECT_THAT(karen.get(here + "/hoeringsnotat.html").body, HasSubstr("Hemmelig grund"));
}

TEST_F(ExtensionPages, APartyAsksTheOfficeGrants) {
    Visitor party = world.partyVisitor(id);
    EXPECT_THAT(party.get("/mit-svar").body, HasSubstr("/mit-svar/laengere-frist"));
    EXPECT_EQ(party.get("/mit-svar/laengere-frist").status, 200);
    EXPECT_EQ(ask(party).location, "/mit-svar?besked=extension_asked");
    const auto overview = party.get("/mit-svar?besked=extension_asked").body;
    EXPECT_THAT(overview, HasSubstr("Ønsket er sendt"));
    EXPECT_THAT(overview, HasSubstr("I ønsker frist til torsdag den 10. december 2026"));
    EXPECT_THAT(overview, Not(HasSubstr("href=\"/mit-svar/laengere-frist\"")));
    EXPECT_EQ(party.get("/mit-svar/laengere-frist").location, "/mit-svar");

    EXPECT_THAT(karen.get("/kontor").body, HasSubstr("LokalMED beder om frist til torsdag den 10. december 2026"));
    EXPECT_THAT(karen.get(here).body, HasSubstr(requestHref("giv-frist")));
    const auto form = karen.get(requestHref("giv-frist")).body;
    EXPECT_THAT(form, HasSubstr("value=\"10.12.2026\""));
    EXPECT_THAT(form, HasSubstr("Vi mødes først den 9."));
    const auto done = act(karen, "giv-frist", {{"request", "1"}, {"deadline_date", "10.12.2026"}, {"reason", "Fint"}});
    EXPECT_THAT(done.location, HasSubstr(here + "?besked=act_done&udsendelse=")) << done.body;
    EXPECT_THAT(party.get("/mit-svar").body, HasSubstr("I har fået længere frist"));
    EXPECT_THAT(karen.get("/kontor").body, Not(HasSubstr("beder om frist")));
    EXPECT_THAT(karen.get(here).body, HasSubstr("imødekommet"));
    EXPECT_EQ(karen.get(requestHref("giv-frist")).status, 409);
}

TEST_F(ExtensionPages, ARefusalIsReadOnTheOverviewAndAnotherMayBeAskedFor) {
    Visitor party = world.partyVisitor(id);
    ask(party);
    const auto done = act(karen, "afslaa-frist", {{"request", "1"}, {"reason", "Udvalget mødes den 3."}});
    EXPECT_THAT(done.location, HasSubstr(here + "?besked=act_done&udsendelse=")) << done.body;
    const auto overview = party.get("/mit-svar").body;
    EXPECT_THAT(overview, HasSubstr("I kan ikke få længere frist"));
    EXPECT_THAT(overview, HasSubstr("Udvalget mødes den 3."));
    EXPECT_THAT(overview, HasSubstr("href=\"/mit-svar/laengere-frist\""));
}

TEST_F(ExtensionPages, AReaderSeesTheRequestAndNoButtons) {
    Visitor party = world.partyVisitor(id), reader = world.staff(Role::reader);
    ask(party);
    const auto overview = reader.get(here).body;
    EXPECT_THAT(overview, HasSubstr("LokalMED venter på svar"));
    EXPECT_THAT(overview, Not(HasSubstr("/handlinger/")));
    EXPECT_EQ(reader.get(requestHref("giv-frist")).status, 403);
}

TEST_F(ExtensionPages, AnswersOnlyRequestsOfTheirOwnConsultation) {
    Visitor party = world.partyVisitor(id);
    ask(party);
    const auto other = world.consultation().titled("Andet").openUntil("2026-12-01").with("LokalMED").publish();
    const std::string there = "/kontor/hoeringer/" + std::to_string(other) + "/handlinger/";
    for (const std::string slug : {"giv-frist", "afslaa-frist"}) {
        EXPECT_EQ(karen.get(there + slug + "?request=1").status, 404);
        EXPECT_EQ(karen.get(there + slug).status, 404);
        EXPECT_EQ(karen
                      .post(there + slug,
                            {{"request", "1"}, {"deadline_date", "10.12.2026"}, {"reason", "Nej"}, {"step", "preview"}})
                      .status,
                  404);
    }
    const auto foreign = std::to_string(world.parties(id).at(0).id);
    EXPECT_EQ(karen
                  .post(there + "forlaeng-part",
                        {{"party", foreign}, {"deadline_date", "10.12.2026"}, {"reason", "Nej"}, {"step", "preview"}})
                  .status,
              404);
}

TEST_F(ExtensionPages, WhoHasAnsweredIsNotAskedWhetherItCanBeDoneInTime) {
    Visitor party = world.partyVisitor(id), other = world.partyVisitor(id, 1);
    EXPECT_THAT(party.get("/mit-svar").body, HasSubstr("Kan I ikke nå at svare"));
    ASSERT_TRUE(world.submit(id, 0).ok());
    EXPECT_THAT(party.get("/mit-svar").body, Not(HasSubstr("Kan I ikke nå at svare")));
    EXPECT_THAT(party.get("/mit-svar").body, Not(HasSubstr("Længere frist")));
    EXPECT_EQ(ask(other).location, "/mit-svar?besked=extension_asked");
    const auto key = hiddenIn(other.get("/mit-svar/ingen-bemaerkninger").body, "key");
    other.post("/mit-svar/ingen-bemaerkninger", {{"key", key}});
    act(karen, "afslaa-frist", {{"request", "1"}, {"reason", "Mødet ligger fast"}});
    const auto shown = other.get("/mit-svar");
    EXPECT_THAT(shown.body, HasSubstr("Mødet ligger fast")) << "what it asked for is answered all the same";
    EXPECT_THAT(shown.body, Not(HasSubstr("Kan I ikke nå at svare")));
}

TEST_F(ExtensionPages, AskingAfterTheDeadlineSaysWhatItMeans) {
    world.at("2026-12-01 23:00:00");
    Visitor party = world.partyVisitor(id);
    party.post("/mit-svar/skriv", {{"text", "Næsten færdig"}, {"version", "0"}});
    world.at("2026-12-02 00:00:00");
    world.database.write([](sqlite::Tx& tx) { return closeDueConsultations(tx); });
    karen = world.staff(Role::secretariat); // sessions are short
    EXPECT_THAT(party.get("/mit-svar/skriv").body, HasSubstr("href=\"/mit-svar/laengere-frist\""));
    EXPECT_THAT(party.get("/mit-svar/laengere-frist").body, HasSubstr("I kan stadig bede om længere frist"));
    EXPECT_EQ(ask(party).location, "/mit-svar?besked=extension_asked");
    act(karen, "giv-frist", {{"request", "1"}, {"deadline_date", "10.12.2026"}, {"reason", "Fint"}});
    EXPECT_THAT(party.get("/mit-svar/tjek").body, HasSubstr("Send svaret"));
}

TEST_F(ExtensionPages, TheDigestIsPreliminaryWhileAPartysLongerDeadlineRuns) {
    const auto party = std::to_string(world.parties(id).at(0).id);
    act(karen, "forlaeng-part", {{"party", party}, {"deadline_date", "10.12.2026"}, {"reason", "Ferie"}});
    world.at("2026-12-02 00:00:00");
    world.database.write([](sqlite::Tx& tx) { return closeDueConsultations(tx); });
    karen = world.staff(Role::secretariat); // sessions are short
    EXPECT_THAT(karen.get(here + "/hoeringsnotat").body, HasSubstr("Foreløbig opgørelse"));
    EXPECT_THAT(karen.get(here + "/hoeringsnotat.html").body,
                HasSubstr("længere frist, torsdag den 10. december 2026 kl. 23.59. Dette er en foreløbig opgørelse"));
    world.at("2026-12-11 00:00:00");
    karen = world.staff(Role::secretariat);
    EXPECT_THAT(karen.get(here + "/hoeringsnotat").body, Not(HasSubstr("Foreløbig")));
    EXPECT_THAT(karen.get(here + "/hoeringsnotat.html").body, Not(HasSubstr("foreløbig")));
}

TEST_F(ExtensionPages, NothingIsSentBeforeTheLastButton) {
    Visitor party = world.partyVisitor(id);
    const auto letters = world.letters().size();
    const testing::Visitor::Fields typed{{"deadline_date", "13.12.2026"}, {"reason", "Ferie"}};
    auto fields = typed;
    fields.emplace_back("step", "check");
    EXPECT_THAT(party.post("/mit-svar/laengere-frist", fields).body, HasSubstr("mandag den 14. december 2026"));
    fields.back().second = "edit";
    const auto again = party.post("/mit-svar/laengere-frist", fields);
    EXPECT_EQ(again.status, 200);
    EXPECT_THAT(again.body, HasSubstr("value=\"13.12.2026\""));
    EXPECT_EQ(world.letters().size(), letters);
    EXPECT_EQ(world.count("extension_requests"), 0);
    fields = {{"deadline_date", "i morgen"}, {"reason", ""}, {"step", "check"}};
    const auto refused = party.post("/mit-svar/laengere-frist", fields);
    EXPECT_EQ(refused.status, 422);
    EXPECT_THAT(refused.body, HasSubstr("Skriv datoen"));
    EXPECT_THAT(refused.body, HasSubstr("Skriv en begrundelse"));
}

TEST_F(ExtensionPages, InEnglishToo) {
    world.database.write([&](sqlite::Tx& tx) {
        tx.sql("UPDATE parties SET language = 'en'").run();
        tx.housekeeping("test");
    });
    Visitor party = world.partyVisitor(id);
    party.post("/sprog", {{"til", "en"}, {"tilbage", "/mit-svar"}});
    EXPECT_THAT(party.get("/mit-svar").body, HasSubstr("Ask for more time"));
    ask(party);
    EXPECT_THAT(world.letters().back().text, HasSubstr("We have received your request for more time"));
    act(karen, "giv-frist", {{"request", "1"}, {"deadline_date", "10.12.2026"}, {"reason", "Fine"}});
    EXPECT_THAT(world.letters().back().subject, HasSubstr("You have been given more time"));
}

} // namespace
} // namespace hoering
