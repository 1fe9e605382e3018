// A party's whole way, page by page: writing, checking, sending, correcting; and what is kept when a rule
// says no.
#include <gmock/gmock.h>

#include "sqlite/drafts.h"
#include "sqlite/responses.h"
#include "support/web_world.h"
#include "usecases/save_draft.h"
#include "usecases/submit_response.h"

namespace hoering {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using testing::Visitor;

struct AnswerPages : ::testing::Test {
    testing::WebWorld world;
    std::int64_t consultation = world.consultation()
                                    .openUntil("2026-12-01")
                                    .with("LokalMED")
                                    .with("Lokalpolitiet", PartyRole::informed)
                                    .publish();

    /// A week before the deadline: a party's session lives 14 days.
    AnswerPages() { world.at("2026-11-25 09:00:00"); }

    static std::string hidden(const Visitor::Got& got, const std::string& name) {
        const std::string start = "name=\"" + name + "\" value=\"";
        const auto at = got.body.find(start);
        if (at == std::string::npos) return "";
        return got.body.substr(at + start.size(), got.body.find('"', at + start.size()) - at - start.size());
    }
    static Visitor::Fields sending(const Visitor::Got& check, const std::string& text) {
        return {{"text", text}, {"version", hidden(check, "version")}, {"key", hidden(check, "key")}};
    }
    std::string draftText(std::size_t party = 0) {
        const auto id = world.visit(consultation, party).party.id;
        const auto draft = world.database.read([&](sqlite::ReadTx& tx) { return sqlite::findDraft(tx, id); });
        return draft ? draft->text : "";
    }
    Visitor::Got sendAnswer(Visitor& visitor, const std::string& text) {
        const auto written = visitor.get("/mit-svar/skriv");
        visitor.post("/mit-svar/filer", {{"text", text}, {"version", hidden(written, "version")}, {"videre", "tjek"}});
        return visitor.post("/mit-svar/tjek", sending(visitor.get("/mit-svar/tjek"), text));
    }
};

TEST_F(AnswerPages, WritesChecksSendsAndGetsAReceipt) {
    Visitor visitor = world.partyVisitor(consultation);
    EXPECT_THAT(visitor.get("/mit-svar").body, HasSubstr("I er ikke begyndt"));
    EXPECT_EQ(visitor.get("/mit-svar/laes").status, 200);
    const std::string text = "Vi anbefaler model 2.\n\nDen er <b>tættere</b> på de unge.";
    const auto written = visitor.get("/mit-svar/skriv");
    const auto saved =
        visitor.post("/mit-svar/filer", {{"text", text}, {"version", hidden(written, "version")}, {"videre", "tjek"}});
    EXPECT_EQ(saved.location, "/mit-svar/tjek");
    const auto check = visitor.get("/mit-svar/tjek");
    EXPECT_THAT(check.body, HasSubstr("Den er &lt;b&gt;tættere&lt;/b&gt; på de unge."));
    EXPECT_EQ(world.count("responses"), 0) << "nothing is sent before the second confirmation";
    const auto sent = visitor.post("/mit-svar/tjek", sending(check, text));
    EXPECT_EQ(sent.location, "/mit-svar/kvittering");
    EXPECT_EQ(visitor.post("/mit-svar/tjek", sending(check, text)).location, "/mit-svar/kvittering")
        << "a double click";
    EXPECT_EQ(world.count("responses"), 1);
    const auto receipt = visitor.get("/mit-svar/kvittering");
    const auto response = world.database.read(
        [&](sqlite::ReadTx& tx) { return sqlite::lastResponseOf(tx, world.visit(consultation).party.id); });
    EXPECT_EQ(response->text, text);
    EXPECT_THAT(receipt.body, HasSubstr(response->receipt));
    EXPECT_THAT(receipt.body, HasSubstr(response->checksum));
    EXPECT_THAT(visitor.get("/mit-svar/kvittering.pdf").body, ::testing::StartsWith("%PDF-"));

    const auto checked = Visitor(world).get("/kvittering?nummer=" + response->receipt);
    EXPECT_THAT(checked.body, HasSubstr("Kvitteringen er ægte"));
    EXPECT_THAT(checked.body, HasSubstr(response->checksum));
    EXPECT_THAT(checked.body, Not(HasSubstr("model 2")));
}

TEST_F(AnswerPages, CorrectsAsANewVersionUntilTheDeadline) {
    Visitor visitor = world.partyVisitor(consultation);
    sendAnswer(visitor, "Første svar");
    EXPECT_EQ(visitor.get("/mit-svar/skriv").location, "/mit-svar")
        << "nothing to write on before a correction is begun";
    const auto begun = visitor.follow(visitor.post("/mit-svar/ret"));
    EXPECT_THAT(begun.body, HasSubstr("Første svar"));
    EXPECT_THAT(visitor.get("/mit-svar").body, HasSubstr("I har en rettelse"));
    sendAnswer(visitor, "Andet svar");
    EXPECT_THAT(visitor.get("/mit-svar").body, HasSubstr("erstattet"));
    EXPECT_THAT(visitor.get("/mit-svar/kvittering").body, HasSubstr("Andet svar"));
    world.at("2026-12-02 00:00:00");
    EXPECT_EQ(visitor.post("/mit-svar/ret").status, 409);
}

TEST_F(AnswerPages, AReceiptOfAReplacedVersionSaysThatThereIsANewerOne) {
    Visitor visitor = world.partyVisitor(consultation);
    const auto party = world.visit(consultation).party.id;
    const auto receiptNow = [&] {
        return world.database.read([&](sqlite::ReadTx& tx) { return sqlite::lastResponseOf(tx, party); })->receipt;
    };
    const auto shown = [&](const std::string& number) {
        return Visitor(world).get("/kvittering?nummer=" + number).body;
    };
    sendAnswer(visitor, "Første");
    const auto first = receiptNow();
    EXPECT_THAT(shown(first), Not(HasSubstr("nyere version")));
    visitor.get("/mit-svar");
    visitor.post("/mit-svar/ret");
    sendAnswer(visitor, "Anden");
    EXPECT_THAT(shown(first), HasSubstr("Kvitteringen er ægte"));
    EXPECT_THAT(shown(first), HasSubstr("Siden er der sendt en nyere version af svaret."));
    EXPECT_THAT(shown(first), Not(HasSubstr(receiptNow()))) << "and nothing else of it";
    EXPECT_THAT(shown(receiptNow()), Not(HasSubstr("nyere version")));
}

TEST_F(AnswerPages, TwoAuthorsSeeEachOthersWords) {
    Visitor visitor = world.partyVisitor(consultation), colleague = world.partyVisitor(consultation);
    const auto mine = visitor.get("/mit-svar/skriv"), theirs = colleague.get("/mit-svar/skriv");
    colleague.post("/mit-svar/filer",
                   {{"text", "Deres ord"}, {"version", hidden(theirs, "version")}, {"videre", "gem"}});
    const auto refused = visitor.post("/mit-svar/filer",
                                      {{"text", "Mine ord"}, {"version", hidden(mine, "version")}, {"videre", "gem"}});
    EXPECT_EQ(refused.status, 409);
    EXPECT_THAT(refused.body, HasSubstr("Deres ord"));
    EXPECT_THAT(refused.body, HasSubstr("Mine ord"));
    EXPECT_EQ(draftText(), "Deres ord");
    visitor.post("/mit-svar/filer",
                 {{"text", "Begges ord"}, {"version", hidden(refused, "version")}, {"videre", "gem"}});
    EXPECT_EQ(draftText(), "Begges ord");
}

TEST_F(AnswerPages, AutosaveTellsTheVersionAndAConflict) {
    Visitor visitor = world.partyVisitor(consultation);
    const auto saved = visitor.post("/mit-svar/gem", {{"text", "a"}, {"version", "0"}});
    EXPECT_EQ(saved.status, 200);
    EXPECT_THAT(saved.body, HasSubstr("\"version\":1"));
    EXPECT_THAT(saved.body, HasSubstr("kl. 9.00"));
    const auto conflict = visitor.post("/mit-svar/gem", {{"text", "b"}, {"version", "0"}});
    EXPECT_EQ(conflict.status, 409);
    EXPECT_THAT(conflict.body, HasSubstr("\"conflict\":true"));
    EXPECT_THAT(saved.body, HasSubstr("\"closed\":false"));
    world.at("2026-12-02 00:00:00");
    const auto late = visitor.post("/mit-svar/gem", {{"text", "b"}, {"version", "1"}});
    EXPECT_EQ(late.status, 200) << "words are kept, whenever they were typed";
    EXPECT_THAT(late.body, HasSubstr("Fristen er passeret. Der kan ikke sendes flere svar her"));
    EXPECT_THAT(late.body, HasSubstr("\"closed\":true"));
}

TEST_F(AnswerPages, OnlyTheScriptPromisesWhatTheScriptKeeps) {
    const auto written = world.partyVisitor(consultation).get("/mit-svar/skriv");
    EXPECT_THAT(written.body, HasSubstr("<span data-script hidden>Svaret gemmes, mens du skriver. </span>Højst"));
}

TEST_F(AnswerPages, ABadFileCostsNeitherTheTextNorTheForm) {
    Visitor visitor = world.partyVisitor(consultation);
    const auto refused = visitor.upload(
        "/mit-svar/filer", {{"text", "Mine ord"}, {"version", "0"}, {"videre", "filer"}}, "file", "ond.exe", "MZ");
    EXPECT_EQ(refused.status, 422);
    EXPECT_THAT(refused.body, HasSubstr("Mine ord"));
    EXPECT_THAT(refused.body, HasSubstr("ond.exe"));
    EXPECT_EQ(draftText(), "Mine ord");
    const auto lie = visitor.upload(
        "/mit-svar/filer", {{"text", "Mine ord"}, {"version", hidden(refused, "version")}, {"videre", "filer"}}, "file",
        "falsk.pdf", "MZ");
    EXPECT_EQ(lie.status, 422);
    EXPECT_THAT(lie.body, HasSubstr("Indholdet i »falsk.pdf« er ikke en PDF-fil"));
    EXPECT_THAT(lie.body, Not(HasSubstr("skal være af typen")));
    const auto added = visitor.upload(
        "/mit-svar/filer", {{"text", "Mine ord, rettet"}, {"version", hidden(refused, "version")}, {"videre", "tjek"}},
        "file", "bilag.txt", "indhold");
    EXPECT_EQ(added.location, "/mit-svar/tjek") << "a file chosen goes along whichever button is pressed";
    const auto check = visitor.get("/mit-svar/tjek");
    EXPECT_THAT(check.body, HasSubstr("bilag.txt"));
    world.at("2026-12-02 00:00:00");
    const auto over = visitor.get("/mit-svar/tjek");
    EXPECT_THAT(over.body, HasSubstr("bilag.txt"));
    for (const char* promise : {"Filer, der bliver sendt", "bliver svaret fra", "gennemsøges"})
        EXPECT_THAT(over.body, Not(HasSubstr(promise)));
    EXPECT_THAT(over.body, HasSubstr("kan ikke sendes længere"));
}

TEST_F(AnswerPages, WarnsOfCprNumbersAndOfLittleTime) {
    Visitor visitor = world.partyVisitor(consultation);
    visitor.post("/mit-svar/gem", {{"text", "Naboen 010203-1234 klager"}, {"version", "0"}});
    EXPECT_THAT(visitor.get("/mit-svar/tjek").body, HasSubstr("CPR-nummer"));
    EXPECT_THAT(visitor.get("/mit-svar/tjek").body, Not(HasSubstr("minutter til fristen")));
    EXPECT_THAT(visitor.get("/mit-svar/tjek").body, Not(HasSubstr("gennemsøges"))) << "there are no files";
    visitor.upload("/mit-svar/filer", {{"text", "Naboen"}, {"version", "1"}, {"videre", "filer"}}, "file", "brev.txt",
                   "Hun hedder Ida, 040506-1234, og (x)");
    const auto shown = visitor.get("/mit-svar/tjek");
    EXPECT_THAT(shown.body, HasSubstr("Inde i filen »brev.txt« står der måske et CPR-nummer: 040506-xxxx"));
    EXPECT_THAT(shown.body, Not(HasSubstr("ikke er udfyldt")));
    EXPECT_THAT(shown.body, HasSubstr("name=\"key\"")) << "it stops nothing";
    world.at("2026-12-01 23:30:00");
    EXPECT_THAT(visitor.get("/mit-svar/tjek").body, HasSubstr("30 minutter til fristen"));
}

TEST_F(AnswerPages, TextTypedAcrossTheDeadlineIsKeptAndShown) {
    Visitor visitor = world.partyVisitor(consultation);
    visitor.post("/mit-svar/gem", {{"text", "Ord i sidste øjeblik"}, {"version", "0"}});
    const auto check = visitor.get("/mit-svar/tjek");
    world.at("2026-12-02 00:00:00");
    const auto refused = visitor.post("/mit-svar/tjek", sending(check, "Ord i sidste øjeblik"));
    EXPECT_EQ(refused.status, 409);
    EXPECT_THAT(refused.body, HasSubstr("Ord i sidste øjeblik"));
    EXPECT_EQ(world.count("responses"), 0);
    const auto kept = visitor.get("/mit-svar/skriv");
    EXPECT_THAT(kept.body, HasSubstr("Ord i sidste øjeblik"));
    EXPECT_THAT(kept.body, Not(HasSubstr("<textarea")));
    const auto overview = visitor.get("/mit-svar");
    EXPECT_THAT(overview.body, HasSubstr("Jeres kladde er gemt, men ikke sendt."));
    EXPECT_THAT(overview.body, HasSubstr("href=\"/mit-svar/skriv\">Se kladden"));
    EXPECT_THAT(overview.body, Not(HasSubstr("I bedes svare")));
}

TEST_F(AnswerPages, ACorrectionTypedAcrossTheDeadlineIsMentionedAndLinked) {
    Visitor visitor = world.partyVisitor(consultation);
    sendAnswer(visitor, "Første");
    visitor.post("/mit-svar/ret");
    visitor.post("/mit-svar/gem", {{"text", "Anden"}, {"version", "1"}});
    world.at("2026-12-02 00:00:00");
    const auto overview = visitor.get("/mit-svar");
    EXPECT_THAT(overview.body, HasSubstr("Fristen var tirsdag den 1. december 2026"));
    EXPECT_THAT(overview.body, HasSubstr("kan ikke sendes mere. Version 1 gælder."));
    EXPECT_THAT(overview.body, HasSubstr("href=\"/mit-svar/skriv\">Se kladden"));
    EXPECT_THAT(visitor.get("/mit-svar/skriv").body, HasSubstr("Anden"));
    const auto refused = visitor.post("/mit-svar/ret");
    EXPECT_THAT(refused.body, HasSubstr("Fristen er passeret"));
    EXPECT_THAT(refused.body, Not(HasSubstr("kladde")));
}

TEST_F(AnswerPages, ALateAnswerIsMarkedWhereItIsAllowed) {
    world.at("2026-11-10 09:00:00");
    consultation = world.consultation().openUntil("2026-12-01").acceptingLate().with("LokalMED").publish();
    world.at("2026-11-25 09:00:00");
    Visitor visitor = world.partyVisitor(consultation);
    world.at("2026-12-02 00:00:00");
    EXPECT_THAT(visitor.get("/mit-svar").body, HasSubstr("men I kan stadig svare"));
    sendAnswer(visitor, "For sent");
    EXPECT_THAT(visitor.get("/mit-svar/kvittering").body, HasSubstr("Modtaget efter fristen"));
}

TEST_F(AnswerPages, AnOldCheckPageDoesNotSendWhatNobodySaw) {
    Visitor visitor = world.partyVisitor(consultation), colleague = world.partyVisitor(consultation);
    visitor.post("/mit-svar/gem", {{"text", "Gammelt"}, {"version", "0"}});
    const auto old = visitor.get("/mit-svar/tjek");
    colleague.post("/mit-svar/gem", {{"text", "Nyt"}, {"version", "1"}});
    const auto refused = visitor.post("/mit-svar/tjek", sending(old, "Gammelt"));
    EXPECT_EQ(refused.status, 409);
    EXPECT_THAT(refused.body, HasSubstr("Nyt"));
    // The colleague sends; the old page is then not answered with a receipt for words it never showed.
    colleague.post("/mit-svar/tjek", sending(colleague.get("/mit-svar/tjek"), "Nyt"));
    EXPECT_EQ(visitor.post("/mit-svar/tjek", sending(old, "Gammelt")).status, 409);
    EXPECT_EQ(world.count("responses"), 1);
    EXPECT_EQ(draftText(), "Gammelt") << "kept, as a correction that was not sent";
}

TEST_F(AnswerPages, NoRemarksIsOneAnswerHoweverOftenItIsSent) {
    Visitor visitor = world.partyVisitor(consultation);
    const auto key = hidden(visitor.get("/mit-svar/ingen-bemaerkninger"), "key");
    for (int i = 0; i < 2; ++i)
        EXPECT_EQ(visitor.post("/mit-svar/ingen-bemaerkninger", {{"key", key}}).location, "/mit-svar/kvittering");
    EXPECT_EQ(world.count("responses"), 1);
    EXPECT_THAT(visitor.get("/mit-svar").body, HasSubstr("ingen bemærkninger"));
}

TEST_F(AnswerPages, AnInformedPartyIsWelcomeButNotAsked) {
    Visitor visitor = world.partyVisitor(consultation, 1);
    const auto overview = visitor.get("/mit-svar");
    EXPECT_THAT(overview.body, HasSubstr("I er velkomne til at sende bemærkninger"));
    EXPECT_THAT(overview.body, HasSubstr("behøver ikke svare"));
}

TEST_F(AnswerPages, APartyWhoseAnswerIsAnothersIsToldSoAndCanStillAnswerItself) {
    world.at("2026-11-10 09:00:00");
    consultation = world.consultation().openUntil("2026-12-01").with("LokalMED").with("Rådet").publish();
    world.at("2026-11-25 09:00:00");
    Visitor visitor = world.partyVisitor(consultation, 1);
    visitor.post("/mit-svar/gem", {{"text", "En begyndelse"}, {"version", "0"}});
    EXPECT_THAT(visitor.get("/mit-svar").body, HasSubstr("class=\"button button-primary\" href=\"/mit-svar/skriv\""));
    const auto lead = std::to_string(world.parties(consultation).at(0).id);
    const auto joined = visitor.follow(visitor.post("/mit-svar/sammen-med", {{"party", lead}}));
    EXPECT_THAT(joined.body, HasSubstr("LokalMED svarer også for Rådet. I skal ikke gøre mere."));
    EXPECT_THAT(joined.body, HasSubstr("class=\"button button-primary\" href=\"/mit-svar/laes\""));
    EXPECT_THAT(joined.body, Not(HasSubstr("class=\"button button-primary\" href=\"/mit-svar/skriv\"")));
    EXPECT_THAT(joined.body, HasSubstr("I har en kladde. Den er gemt"));
    EXPECT_THAT(joined.body, Not(HasSubstr("I bedes svare")));
    EXPECT_THAT(visitor.get("/mit-svar/skriv").body, HasSubstr("i stedet for svaret fra LokalMED"));
    sendAnswer(visitor, "Alligevel vores eget");
    EXPECT_FALSE(world.parties(consultation).at(1).jointWith);
    EXPECT_THAT(visitor.get("/mit-svar").body, Not(HasSubstr("svarer også for")));
}

TEST_F(AnswerPages, WhoIsNotConcernedAnswersForNobody) {
    consultation = world.consultation()
                       .openUntil("2026-12-01")
                       .with("LokalMED")
                       .with("Rådet")
                       .with("Politiet", PartyRole::informed)
                       .publish();
    Visitor visitor = world.partyVisitor(consultation, 1);
    const auto all = world.parties(consultation);
    EXPECT_EQ(visitor.post("/mit-svar/sammen-med", {{"party", std::to_string(all.at(2).id)}}).status, 422)
        << "the police is informed: it need not answer, and nobody would remind it";
    EXPECT_THAT(visitor.get("/mit-svar/sammen-med").body, Not(HasSubstr("Politiet")));
    visitor.post("/mit-svar/sammen-med", {{"party", std::to_string(all.at(0).id)}});
    ASSERT_TRUE(world.parties(consultation).at(1).jointWith);
    world.database.write([&](sqlite::Tx& tx) {
        const auto sent = submitResponse(tx, world.visit(consultation, 0),
                                         {ResponseKind::declined, "", 0, std::string(32, 'd'), tx.now().instant});
        EXPECT_TRUE(sent.ok());
    });
    EXPECT_FALSE(world.parties(consultation).at(1).jointWith);
    EXPECT_THAT(visitor.get("/mit-svar").body, HasSubstr("I bedes svare"));
}

TEST_F(AnswerPages, AfterTheDeadlineTheOneAnsweredForIsOfferedNothingItCannotDo) {
    world.at("2026-11-10 09:00:00");
    consultation = world.consultation().openUntil("2026-12-01").with("LokalMED").with("Rådet").publish();
    world.at("2026-11-30 09:00:00");
    Visitor visitor = world.partyVisitor(consultation, 1);
    const auto lead = std::to_string(world.parties(consultation).at(0).id);
    visitor.post("/mit-svar/sammen-med", {{"party", lead}});
    world.at("2026-12-02 09:00:00");
    const auto over = visitor.get("/mit-svar");
    EXPECT_THAT(over.body, HasSubstr("Deres svar gælder også for jer."));
    for (const char* gone : {"fortryde", "Fortryd: vi svarer selv", "/mit-svar/ingen-bemaerkninger", "Vil I hellere"})
        EXPECT_THAT(over.body, Not(HasSubstr(gone)));
}

TEST_F(AnswerPages, LeavingEndsTheSession) {
    Visitor visitor = world.partyVisitor(consultation);
    const auto cookies = visitor.cookies;
    const auto left = visitor.follow(visitor.post("/mit-svar/luk"));
    EXPECT_THAT(left.body, HasSubstr("Du har lukket jeres svar"));
    visitor.cookies = cookies;
    const auto gone = visitor.get("/mit-svar");
    EXPECT_EQ(gone.status, 404);
    EXPECT_THAT(gone.body, HasSubstr("<h1>Åbn høringen med linket i din mail</h1>"));
    EXPECT_THAT(gone.body, Not(HasSubstr("Siden findes ikke")));
}

} // namespace
} // namespace hoering
