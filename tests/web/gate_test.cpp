// The send gate and releases as pages: what is shown, what stops, and who may let go.
#include <gmock/gmock.h>

#include "common/strings.h"
#include "support/ledger_world.h"
#include "support/web_world.h"

namespace hoering {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

std::string valueOf(const std::string& body, const std::string& name) {
    const auto at = body.find("name=\"" + name + "\" value=\"");
    if (at == std::string::npos) return "";
    const auto from = at + name.size() + 15;
    return body.substr(from, body.find('"', from) - from);
}

struct GatePages : ::testing::Test {
    testing::WebWorld world;
    testing::Visitor karen = world.staff(Role::secretariat);
    testing::Visitor bo = world.staff(Role::administrator);
    std::int64_t id = world.consultation().openUntil("2026-12-01").with("LokalMED").with("Rådet").draft();
    std::string here = "/kontor/hoeringer/" + std::to_string(id), gate = here + "/tjek";

    testing::Visitor::Got confirm(testing::Visitor& who) {
        const auto shown = who.get(gate);
        return who.post(gate, {{"fingerprint", valueOf(shown.body, "fingerprint")},
                               {"key", valueOf(shown.body, "key")},
                               {"step", "confirm"}});
    }
};

TEST_F(GatePages, AsksTheNameServiceOutsideEveryTransactionAndStopsADraft) {
    std::set<std::string> asked;
    world.services.checkDomains = [&](const std::set<std::string>& domains) {
        asked = domains;
        // A transaction that were open here would wait for itself.
        world.database.write([](sqlite::Tx& tx) { tx.housekeeping("test"); });
        return std::map<std::string, DomainAnswer>{{"part1.example", DomainAnswer::doesNotExist}};
    };
    const auto shown = karen.get(gate);
    EXPECT_EQ(asked, (std::set<std::string>{"part1.example", "part2.example"}));
    EXPECT_THAT(shown.body, HasSubstr("part1.example findes ikke"));
    EXPECT_THAT(shown.body, Not(HasSubstr("value=\"confirm\"")));
    // Also when the page was shown before the domain went away.
    const auto refused = karen.post(gate, {{"fingerprint", valueOf(shown.body, "fingerprint")},
                                           {"key", valueOf(shown.body, "key")},
                                           {"step", "confirm"}});
    EXPECT_EQ(refused.status, 422);
    EXPECT_EQ(world.find(id).state, ConsultationState::draft);
    world.services.checkDomains = nullptr;
    EXPECT_EQ(confirm(karen).status, 303);
}

TEST_F(GatePages, ACprNumberStopsThePublicationUntilAPersonHasDecided) {
    const auto draft =
        world.consultation().titled("Sag om 010190-1234").openUntil("2026-12-01").with("LokalMED").draft();
    const std::string check = "/kontor/hoeringer/" + std::to_string(draft) + "/tjek";
    const auto send = [&](const testing::Visitor::Got& shown, bool seen) {
        std::vector<std::pair<std::string, std::string>> form{{"fingerprint", valueOf(shown.body, "fingerprint")},
                                                              {"key", valueOf(shown.body, "key")},
                                                              {"step", "confirm"}};
        if (seen) form.emplace_back("seen", "1");
        return karen.post(check, form);
    };
    const auto shown = karen.get(check);
    EXPECT_THAT(shown.body, HasSubstr("Det skal du tage stilling til"));
    EXPECT_THAT(shown.body, HasSubstr("»Titel«: her står måske et CPR-nummer: 010190-xxxx"));
    EXPECT_THAT(shown.body, HasSubstr("name=\"seen\""));
    const auto refused = send(shown, false);
    EXPECT_EQ(refused.status, 422);
    EXPECT_THAT(refused.body, HasSubstr("Sæt kryds ved, at det må stå"));
    EXPECT_EQ(world.find(draft).state, ConsultationState::draft);
    EXPECT_THAT(world.find(draft).slug, Not(HasSubstr("010190"))) << "the address would keep it";
    EXPECT_EQ(send(refused, true).status, 303);
    EXPECT_EQ(world.find(draft).state, ConsultationState::open);
    EXPECT_THAT(karen.get(gate).body, Not(HasSubstr("name=\"seen\""))) << "nothing to decide, no box";
}

TEST_F(GatePages, WhatStandsInsideAnEnclosureWaitsForADecisionToo) {
    const auto draft = world.consultation().titled("Ny organisering").openUntil("2026-12-01").with("LokalMED").draft();
    const std::string edit = "/kontor/hoeringer/" + std::to_string(draft);
    const std::string picture("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\x06\0\0\0", 29);
    karen.upload(edit + "/bilag", {}, "file", "notat.txt", "Ida, 010203-1234, skriver til x@ishoj.dk");
    karen.upload(edit + "/bilag", {}, "file", "kort.png", picture);
    for (const auto* page : {"/bilag", "/tjek"}) {
        const auto shown = karen.get(edit + page);
        EXPECT_THAT(shown.body, HasSubstr("Inde i filen »notat.txt« står der måske et CPR-nummer: 010203-xxxx"));
        EXPECT_THAT(shown.body, HasSubstr("Inde i filen »notat.txt« er der noget, der ikke er udfyldt: x@ishoj.dk"));
        EXPECT_THAT(shown.body, HasSubstr("Filen »kort.png« kunne ikke gennemsøges"));
        EXPECT_THAT(shown.body, Not(HasSubstr("010203-1234")));
    }
    const auto shown = karen.get(edit + "/tjek");
    std::vector<std::pair<std::string, std::string>> form{
        {"fingerprint", valueOf(shown.body, "fingerprint")}, {"key", valueOf(shown.body, "key")}, {"step", "confirm"}};
    EXPECT_EQ(karen.post(edit + "/tjek", form).status, 422);
    EXPECT_EQ(world.find(draft).state, ConsultationState::draft);
    form.emplace_back("seen", "1");
    EXPECT_EQ(karen.post(edit + "/tjek", form).status, 303);
}

TEST_F(GatePages, ShowsWhatIsNewSinceTheLastMailing) {
    confirm(karen);
    const std::string contact = std::to_string(world.parties(id)[0].contacts[0].id);
    const std::string address = here + "/kontakter/" + contact + "/adresse";
    const auto shown = karen.get(address).valueOf("shown");
    EXPECT_EQ(karen.post(address, {{"shown", shown}, {"mail", "ny@part1.example"}, {"send_again", "1"}}).status, 303);
    const auto preview = karen.post(here + "/handlinger/aflys", {{"reason", "Udsat"}, {"step", "preview"}});
    EXPECT_THAT(preview.body, HasSubstr("Siden sidst"));
    EXPECT_THAT(preview.body, HasSubstr("kontakt@part1.example"));
    EXPECT_THAT(preview.body, HasSubstr("ny adresse"));
    EXPECT_THAT(preview.body, HasSubstr("1 modtager er den samme"));
}

TEST_F(GatePages, ABigMailingGoesWhenAnotherHasSeenItThrough) {
    world.office.releaseAbove = 1;
    EXPECT_THAT(karen.get(gate).body, HasSubstr("Bed en kollega om at frigive"));
    const auto asked = confirm(karen);
    EXPECT_THAT(asked.location, StartsWith(here + "?besked=release_asked"));
    EXPECT_TRUE(world.letters().empty());
    EXPECT_THAT(karen.get(here).body, HasSubstr("/kontor/frigivelser/1"));

    EXPECT_THAT(karen.get("/kontor").body, HasSubstr("Du venter på, at en kollega frigiver 2 breve"));
    EXPECT_THAT(bo.get("/kontor").body, HasSubstr("En kollega beder dig frigive 2 breve"));
    EXPECT_THAT(world.staff(Role::reader).get("/kontor").body, Not(HasSubstr("frigiv")));
    EXPECT_THAT(bo.get("/kontor/frigivelser").body, HasSubstr("/kontor/frigivelser/1"));

    const auto own = karen.get("/kontor/frigivelser/1");
    EXPECT_THAT(own.body, Not(HasSubstr("value=\"release\"")));
    EXPECT_THAT(own.body, HasSubstr("value=\"drop\""));
    EXPECT_EQ(karen.post("/kontor/frigivelser/1", {{"step", "release"}}).status, 403);

    const auto shown = bo.get("/kontor/frigivelser/1");
    EXPECT_THAT(shown.body, HasSubstr("En secretariat"));
    EXPECT_THAT(shown.body, HasSubstr("kontakt@part2.example"));
    EXPECT_THAT(shown.body, HasSubstr("Frigiv og send 2 breve"));
    const auto read = bo.post("/kontor/frigivelser/1", {{"read", std::to_string(world.parties(id)[0].contacts[0].id)}});
    EXPECT_THAT(read.body, HasSubstr("Til LokalMED"));
    EXPECT_TRUE(world.letters().empty());

    const auto given = bo.post("/kontor/frigivelser/1", {{"step", "release"}});
    EXPECT_THAT(given.location, StartsWith(here + "?besked=release_given"));
    EXPECT_EQ(world.letters().size(), 2u);
    EXPECT_EQ(world.find(id).state, ConsultationState::open);
    EXPECT_EQ(bo.post("/kontor/frigivelser/1", {{"step", "release"}}).status, 409);
    EXPECT_EQ(bo.post("/kontor/frigivelser/1", {{"step", "drop"}}).status, 409);
    EXPECT_THAT(bo.get("/kontor/frigivelser/1").body, HasSubstr("frigivet"));
    EXPECT_EQ(bo.get("/kontor/frigivelser/77").status, 404);
}

TEST_F(GatePages, AConflictIsSaidPlainlyAndCanOnlyBeDropped) {
    world.office.releaseAbove = 1;
    confirm(karen);
    karen.get(here + "/parter");
    karen.post(here + "/parter", {{"name", "Tredje"}, {"role", "consulted"}, {"contacts", "a@b.dk"}});
    const auto shown = bo.get("/kontor/frigivelser/1");
    EXPECT_THAT(shown.body, HasSubstr("Udsendelsen kan ikke frigives"));
    EXPECT_THAT(shown.body, Not(HasSubstr("value=\"release\"")));
    EXPECT_EQ(bo.post("/kontor/frigivelser/1", {{"step", "release"}}).status, 409);
    EXPECT_TRUE(world.letters().empty());
    EXPECT_THAT(bo.post("/kontor/frigivelser/1", {{"step", "drop"}}).location,
                StartsWith(here + "?besked=release_dropped"));
    EXPECT_THAT(bo.get("/kontor/frigivelser").body, HasSubstr("Ingen udsendelser venter"));
}

} // namespace
} // namespace hoering
