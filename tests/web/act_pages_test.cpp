// The acts as a person plays them: form, what will happen, confirm; without any script.
#include <gmock/gmock.h>

#include "common/strings.h"
#include "sqlite/links.h"
#include "sqlite/responses.h"
#include "support/web_world.h"
#include "usecases/acts.h"
#include "usecases/close_consultation.h"
#include "usecases/submit_response.h"
#include "web/act_forms.h"

namespace hoering {
namespace {

using ::testing::HasSubstr;
using testing::Visitor;

struct ActPages : ::testing::Test {
    testing::WebWorld world;
    std::int64_t consultation = world.consultation().openUntil("2026-12-01").with("LokalMED").with("Rådet").publish();
    Visitor karen = world.staff(Role::secretariat);
    std::string here = "/kontor/hoeringer/" + std::to_string(consultation);

    std::string act(const std::string& slug) { return here + "/handlinger/" + slug; }
    std::string slug() { return "/hoering/" + world.find(consultation).slug; }

    /// The hidden and typed inputs of a preview, as the browser would send them on with a button.
    static Visitor::Fields carried(const std::string& html, const std::string& step) {
        Visitor::Fields fields;
        for (std::size_t at = 0; (at = html.find("<input type=\"hidden\" name=\"", at)) != std::string::npos;) {
            at += 27;
            const auto nameEnd = html.find('"', at);
            const std::string name = html.substr(at, nameEnd - at);
            const auto valueAt = html.find("value=\"", nameEnd) + 7;
            std::string value = html.substr(valueAt, html.find('"', valueAt) - valueAt);
            for (const auto& [from, to] :
                 {std::pair{"&quot;", "\""}, {"&#39;", "'"}, {"&lt;", "<"}, {"&gt;", ">"}, {"&amp;", "&"}})
                value = replaceAll(value, from, to);
            if (name != "csrf" && name != "sprog" && name != "til") fields.emplace_back(name, value);
        }
        fields.emplace_back("step", step);
        return fields;
    }
    static std::string valueOf(const Visitor::Fields& fields, const std::string& name) {
        for (const auto& [each, value] : fields)
            if (each == name) return value;
        return "";
    }
    Visitor::Got play(const std::string& slug, Visitor::Fields fields) {
        karen.get(act(slug));
        fields.emplace_back("step", "preview");
        const auto preview = karen.post(act(slug), std::move(fields));
        EXPECT_EQ(preview.status, 200) << slug;
        return karen.post(act(slug), carried(preview.body, "confirm"));
    }
};

TEST_F(ActPages, TheMenuOffersWhatTheStateAllows) {
    const auto open = karen.get(here);
    for (const char* slug : {"nyt-bilag", "registrer-svar", "luk", "aflys"}) EXPECT_TRUE(open.has(act(slug))) << slug;
    for (const char* slug : {"afslut", "send-link-igen", "spaer-link"}) EXPECT_FALSE(open.has(act(slug))) << slug;
    EXPECT_FALSE(world.staff(Role::reader).get(here).has("/handlinger/"));
    EXPECT_EQ(karen.get(act("afslut")).status, 409);
    EXPECT_EQ(karen.get(act("findes-ikke")).status, 404);
}

TEST_F(ActPages, EveryActHasAFormWithNameAndLead) {
    for (const auto* each : allActs()) {
        if (each->name == "publish") continue; // has a page of its own
        ASSERT_NE(web::formOf(each->name), nullptr) << each->name;
        for (const char* language : {"da", "en"})
            for (const std::string root : {"act_name.", "act_lead.", "notice.act."})
                EXPECT_TRUE(world.office.words(language).has(root + std::string(each->name))) << root << each->name;
    }
}

TEST_F(ActPages, NothingIsDoneBeforeTheLastButton) {
    karen.get(act("aflys"));
    const auto acts = world.acts();
    const auto preview = karen.post(act("aflys"), {{"reason", "En \"grund\" & <b>mere</b>"}, {"step", "preview"}});
    EXPECT_TRUE(preview.has("2 breve bliver sendt"));
    EXPECT_EQ(world.acts(), acts);
    const auto letter = karen.post(act("aflys"), [&] {
        auto fields = carried(preview.body, "preview");
        fields.emplace_back("read", std::to_string(world.parties(consultation).at(1).contacts.at(0).id));
        return fields;
    }());
    EXPECT_TRUE(letter.has("Brevet til kontakt@part2.example"));
    const auto edit = karen.post(act("aflys"), carried(letter.body, "edit"));
    EXPECT_TRUE(edit.has("En &quot;grund&quot; &amp; &lt;b&gt;mere&lt;/b&gt;</textarea>"));
    const auto done = karen.post(act("aflys"), carried(letter.body, "confirm"));
    EXPECT_THAT(done.location, HasSubstr(here + "?besked=act_done&udsendelse="));
    EXPECT_EQ(world.find(consultation).endedReason, "En \"grund\" & <b>mere</b>");
    EXPECT_TRUE(Visitor(world).get(slug()).has("En &quot;grund&quot; &amp; &lt;b&gt;mere&lt;/b&gt;"));
}

TEST_F(ActPages, TheNoticeSaysWhatWasDoneAndHowManyLettersAreOnTheirWay) {
    karen.get(act("luk"));
    const auto preview = karen.post(act("luk"), {{"reason", "Nok"}, {"step", "preview"}});
    const auto closed = karen.post(act("luk"), carried(preview.body, "confirm"));
    EXPECT_TRUE(karen.follow(closed).has("Høringen er lukket. 2 breve er på vej.</p>"));
    const auto again = karen.post(act("luk"), carried(preview.body, "confirm"));
    EXPECT_EQ(again.location, closed.location) << "the same form twice is one act";

    const auto contact = std::to_string(world.parties(consultation).at(0).contacts.at(0).id);
    karen.get(act("send-link-igen"));
    const auto one = karen.post(act("send-link-igen"), {{"contact", contact}, {"step", "preview"}});
    EXPECT_TRUE(
        karen.follow(karen.post(act("send-link-igen"), carried(one.body, "confirm"))).has("1 brev er på vej.</p>"));
    karen.get(act("spaer-link"));
    const auto none = karen.post(act("spaer-link"), {{"contact", contact}, {"reason", "Forkert"}, {"step", "preview"}});
    const auto cut = karen.follow(karen.post(act("spaer-link"), carried(none.body, "confirm")));
    EXPECT_TRUE(cut.has("Linket er spærret.</p>")) << "and of letters nothing, for there are none";

    // An address with another's number says nothing untrue.
    const auto other = world.consultation().openUntil("2026-12-20").with("Andre").publish();
    const auto foreign =
        "/kontor/hoeringer/" + std::to_string(other) + closed.location.substr(closed.location.find('?'));
    EXPECT_FALSE(karen.get(foreign).has("lukket. 2 breve"));
    EXPECT_TRUE(karen.get(here + "?besked=act_done").has("Det er gjort, og det står i journalen."));
}

TEST_F(ActPages, ChangedMeanwhileIsShownAgainAndThenGoesThrough) {
    karen.get(act("luk"));
    const auto preview = karen.post(act("luk"), {{"reason", "Nok"}, {"step", "preview"}});
    world.database.write([&](sqlite::Tx& tx) {
        tx.sql("UPDATE contacts SET mail = 'ny@part1.example' WHERE id = 1").run();
        tx.housekeeping("test");
    });
    const auto refused = karen.post(act("luk"), carried(preview.body, "confirm"));
    EXPECT_EQ(refused.status, 409);
    EXPECT_TRUE(refused.has("ny@part1.example"));
    EXPECT_EQ(world.find(consultation).state, ConsultationState::open);
    EXPECT_EQ(karen.post(act("luk"), carried(refused.body, "confirm")).status, 303);
    EXPECT_EQ(world.find(consultation).state, ConsultationState::closed);
}

TEST_F(ActPages, AFileIsCarriedFromTheFirstButtonToTheLast) {
    karen.get(act("nyt-bilag"));
    const auto first =
        karen.upload(act("nyt-bilag"), {{"reason", ""}, {"step", "preview"}}, "file", "Notat.txt", "Et notat.\n");
    EXPECT_EQ(first.status, 422); // what is new is missing
    EXPECT_TRUE(first.has("Notat.txt"));
    const auto id = valueOf(carried(first.body, ""), "file");
    ASSERT_FALSE(id.empty());
    const auto preview = karen.post(
        act("nyt-bilag"),
        {{"file", id}, {"title_" + id, "Supplerende notat"}, {"reason", "Tallene er med"}, {"step", "preview"}});
    EXPECT_EQ(preview.status, 200);
    EXPECT_TRUE(preview.has("»Supplerende notat« (Notat.txt)"));
    EXPECT_FALSE(Visitor(world).get(slug()).has("Supplerende notat"));
    EXPECT_TRUE(karen.post(act("nyt-bilag"), carried(preview.body, "edit")).has("value=\"Supplerende notat\""));
    EXPECT_EQ(karen.post(act("nyt-bilag"), carried(preview.body, "confirm")).status, 303);

    const auto shown = Visitor(world).get(slug());
    EXPECT_TRUE(shown.has("Supplerende notat"));
    EXPECT_TRUE(shown.has("tilføjet 2. november 2026"));
    EXPECT_TRUE(world.partyVisitor(consultation).get("/mit-svar/laes").has("tilføjet 2. november 2026"));
    EXPECT_TRUE(karen.get(here + "/hoeringsnotat.html").has("tilføjet 2. november 2026"));
    EXPECT_EQ(Visitor(world).get(slug() + "/bilag/1").status, 200);
}

TEST_F(ActPages, AFileThatCannotBeTakenIsNamedAndTheRestIsKept) {
    karen.get(act("nyt-bilag"));
    const auto refused = karen.upload(act("nyt-bilag"), {{"reason", "Hele grunden"}, {"step", "preview"}}, "file",
                                      "ond.html", "<script>alert(1)</script>");
    EXPECT_EQ(refused.status, 422);
    EXPECT_TRUE(refused.has("ond.html"));
    EXPECT_TRUE(refused.has("Hele grunden"));
    EXPECT_EQ(world.count("act_files"), 0);
}

TEST_F(ActPages, FilesGoOnlyWhereAFormHasThem) {
    karen.get(act("aflys"));
    EXPECT_EQ(karen.upload(act("aflys"), {{"reason", "x"}, {"step", "preview"}}, "file", "n.txt", "n").status, 200);
    EXPECT_EQ(world.count("act_files"), 0);
}

TEST_F(ActPages, ARegisteredAnswerShowsHowItCameAndWhoWroteItIn) {
    world.at("2026-11-05 12:00:00");
    karen = world.staff(Role::secretariat);
    const auto form = karen.get(act("registrer-svar"));
    EXPECT_TRUE(form.has("En, der ikke var inviteret"));
    const auto empty = karen.post(act("registrer-svar"), {{"party", "new"}, {"kind", "remarks"}, {"step", "preview"}});
    EXPECT_TRUE(empty.has("Skriv svarets tekst, eller vedhæft en fil"));
    EXPECT_FALSE(empty.has("jeres bemærkninger")) << "the staff writes down what another has said";
    const auto done = play("registrer-svar", {{"party", std::to_string(world.parties(consultation).at(0).id)},
                                              {"channel", "meeting"},
                                              {"kind", "remarks"},
                                              {"received_date", "4.11.2026"},
                                              {"received_time", "10.30"},
                                              {"text", "Sagt på mødet: <ja>\n\nog mere"},
                                              {"receipt", valueOf(carried(form.body, ""), "receipt")}});
    EXPECT_EQ(done.status, 303);
    const auto shown = karen.get(here + "/svar/1");
    EXPECT_TRUE(shown.has("møde"));
    EXPECT_TRUE(shown.has("En secretariat, 5. november 2026 kl. 12.00"));
    EXPECT_TRUE(shown.has("4. november 2026 kl. 10.30"));
    EXPECT_TRUE(shown.has("Sagt på mødet: &lt;ja&gt;\n\nog mere"));
    EXPECT_TRUE(karen.get(here + "/svar").has("En secretariat, 5. november"));
    EXPECT_TRUE(karen.get(here + "/hoeringsnotat.html").has("En secretariat, 5. november"));
    EXPECT_TRUE(karen.get(here + "/journal").has("Registrerede svar, der kom på anden måde"));
    Visitor party = world.partyVisitor(consultation);
    EXPECT_TRUE(party.get("/mit-svar").has("registreret af os"));
    EXPECT_TRUE(party.get("/mit-svar/kvittering").has("kom som møde"));
    EXPECT_EQ(party.get("/mit-svar/kvittering.pdf").status, 200);
}

TEST_F(ActPages, ALongRegisteredAnswerIsCarriedWhole) {
    std::string text;
    for (int i = 0; i < 500; ++i) text += "Afsnit " + std::to_string(i) + " med æ, ø og \"å\".\n\n";
    const auto form = karen.get(act("registrer-svar"));
    const auto done = play("registrer-svar", {{"party", "new"},
                                              {"party_name", "Vejlauget & naboer"},
                                              {"channel", "mail"},
                                              {"kind", "remarks"},
                                              {"received_date", "2.11.2026"},
                                              {"received_time", "9.00"},
                                              {"text", text},
                                              {"receipt", valueOf(carried(form.body, ""), "receipt")}});
    EXPECT_EQ(done.status, 303);
    const auto stored = world.database.read([](sqlite::ReadTx& tx) { return sqlite::findResponse(tx, 1); });
    EXPECT_EQ(stored->text, text);
    EXPECT_TRUE(karen.get(here + "/parter").has("af egen drift"));
    EXPECT_FALSE(Visitor(world).get(slug()).has("Vejlauget")); // nothing of an answer is public
    EXPECT_FALSE(world.partyVisitor(consultation).get("/mit-svar/laes").has("Vejlauget"));
}

TEST_F(ActPages, TheOutcomeStandsWhereItIsLookedFor) {
    world.at("2026-12-02 09:00:00");
    world.database.write([](sqlite::Tx& tx) { return closeDueConsultations(tx); });
    karen = world.staff(Role::secretariat);
    EXPECT_TRUE(karen.get(here).has(act("afslut")));
    EXPECT_EQ(
        play("afslut", {{"outcome", "Model 2 er valgt."}, {"outcome_date", "1.12.2026"}, {"committee", "Byrådet"}})
            .status,
        303);
    const auto shown = Visitor(world).get(slug());
    EXPECT_TRUE(shown.has("Model 2 er valgt."));
    EXPECT_TRUE(shown.has("Byrådet træffer beslutning i sagen"));
    EXPECT_TRUE(karen.get(here).has("Model 2 er valgt."));
    EXPECT_TRUE(karen.get(here + "/hoeringsnotat.html").has("Model 2 er valgt."));
    Visitor party = world.partyVisitor(consultation);
    EXPECT_TRUE(party.get("/mit-svar").has("Model 2 er valgt."));
    EXPECT_EQ(party.post("/mit-svar/ingen-bemaerkninger", {{"key", std::string(32, 'a')}}).status, 409);
}

TEST_F(ActPages, AClosedEarlyConsultationSaysSoAndCountsNoDaysDown) {
    play("luk", {{"reason", "Sagen haster"}});
    const auto shown = Visitor(world).get(slug());
    EXPECT_TRUE(shown.has("Sagen haster"));
    EXPECT_TRUE(shown.has("Lukket før fristen"));
    EXPECT_FALSE(shown.has("dage tilbage"));
    EXPECT_TRUE(world.partyVisitor(consultation).get("/mit-svar").has("Sagen haster"));
    const auto notat = karen.get(here + "/hoeringsnotat.html");
    EXPECT_TRUE(notat.has("under en dag")) << "the period is the one it had, not the one it was to have";
    EXPECT_FALSE(notat.has("29 dage"));
    EXPECT_FALSE(notat.has("foreløbig"));
}

TEST_F(ActPages, PartiesOfAConsultationClosedEarlyAreToldWhenAndWhyAndOfNoDeadlineThatHasNotPassed) {
    Visitor answered = world.partyVisitor(consultation, 0), writing = world.partyVisitor(consultation, 1);
    ASSERT_TRUE(world.submit(consultation, 0, "Vores svar.").ok());
    writing.post("/mit-svar/gem", {{"text", "Halvt færdig"}, {"version", "0"}});
    answered.get("/mit-svar");
    answered.post("/mit-svar/ret");
    answered.post("/mit-svar/gem", {{"text", "Rettet svar"}, {"version", "1"}});
    const auto links = std::vector{world.tokenOf(world.visit(consultation, 0))};
    EXPECT_TRUE(Visitor(world).get("/svar/" + links[0]).has("beder jer om at svare"));
    play("luk", {{"reason", "Sagen haster"}});
    for (auto* party : {&answered, &writing}) {
        const auto shown = party->get("/mit-svar");
        EXPECT_TRUE(shown.has("lukket før fristen"));
        EXPECT_TRUE(shown.has("2. november 2026 kl. 9.00")) << "when";
        EXPECT_TRUE(shown.has("Sagen haster"));
        EXPECT_FALSE(shown.has("Fristen var"));
        EXPECT_FALSE(shown.has("inden fristen"));
        EXPECT_FALSE(shown.has("Alle her ser den samme kladde")) << "nobody can write in one";
        EXPECT_TRUE(shown.has("href=\"/mit-svar/skriv\"")) << "to the words that were not sent";
    }
    EXPECT_TRUE(answered.get("/mit-svar").has("I har en rettelse, som ikke er sendt"));
    EXPECT_TRUE(writing.get("/mit-svar").has("Jeres kladde er gemt, men ikke sendt."));
    EXPECT_TRUE(answered.get("/mit-svar/skriv").has("Rettet svar"));
    EXPECT_FALSE(Visitor(world).get("/svar/" + links[0]).has("beder jer om at svare"));
    const auto refused = answered.post("/mit-svar/ret");
    EXPECT_EQ(refused.status, 409);
    EXPECT_TRUE(refused.has("Høringen er lukket før fristen"));
    EXPECT_FALSE(refused.has("Fristen er passeret"));
    EXPECT_FALSE(refused.has("gemt"));
}

TEST_F(ActPages, ALinkIsSentAgainAndTakenBackFromTheMatrix) {
    const auto contact = std::to_string(world.parties(consultation).at(0).contacts.at(0).id);
    const auto old = "/svar/" + world.tokenOf(world.visit(consultation));
    const auto matrix = karen.get(here + "/parter");
    EXPECT_TRUE(matrix.has(act("send-link-igen") + "?kontakt=" + contact));
    const auto form = karen.get(act("send-link-igen") + "?kontakt=" + contact);
    EXPECT_TRUE(form.has("kontakt@part1.example"));
    const auto letters = world.letters().size();
    EXPECT_THAT(play("send-link-igen", {{"contact", contact}}).location,
                HasSubstr(here + "/parter?besked=act_done&udsendelse="));
    EXPECT_EQ(world.letters().size(), letters + 1);
    EXPECT_TRUE(Visitor(world).get(old).has("Der er sendt et nyere link"));

    Visitor party = world.partyVisitor(consultation);
    EXPECT_EQ(play("spaer-link", {{"contact", contact}, {"reason", "Forkert modtager"}}).status, 303);
    EXPECT_EQ(party.get("/mit-svar").status, 404);
    const auto revoked = Visitor(world).get(old);
    EXPECT_TRUE(revoked.has("Linket er trukket tilbage"));
    EXPECT_FALSE(revoked.has("/nyt-link"));
    const auto after = karen.get(here + "/parter");
    EXPECT_TRUE(after.has("linket er spærret"));
    EXPECT_FALSE(after.has(act("spaer-link") + "?kontakt=" + contact));
    EXPECT_TRUE(after.has(act("send-link-igen") + "?kontakt=" + contact));
}

TEST_F(ActPages, APartyAnswersTogetherWithAnotherAndTakesItBack) {
    Visitor party = world.partyVisitor(consultation, 1);
    EXPECT_TRUE(party.get("/mit-svar").has("/mit-svar/sammen-med"));
    const auto form = party.get("/mit-svar/sammen-med");
    EXPECT_TRUE(form.has("LokalMED"));
    EXPECT_EQ(party.post("/mit-svar/sammen-med").status, 422);
    const auto lead = std::to_string(world.parties(consultation).at(0).id);
    const auto joined = party.follow(party.post("/mit-svar/sammen-med", {{"party", lead}}));
    EXPECT_TRUE(joined.has("LokalMED svarer også for jer"));
    EXPECT_TRUE(karen.get(here + "/parter").has("sammen med LokalMED"));
    EXPECT_TRUE(world.partyVisitor(consultation, 0).get("/mit-svar").has("De svarer sammen med jer"));
    EXPECT_EQ(world.partyVisitor(consultation, 0).post("/mit-svar/sammen-med", {{"party", "2"}}).status, 422);
    const auto left = party.follow(party.post("/mit-svar/sammen-med/fortryd"));
    EXPECT_FALSE(left.has("svarer også for jer"));
    EXPECT_FALSE(world.parties(consultation).at(1).jointWith);
}

} // namespace
} // namespace hoering
