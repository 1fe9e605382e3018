// Letters accounted for on the office's pages: filters, one party's letters, acts on one letter, the alarm, the proof.
#include <gmock/gmock.h>

#include "common/strings.h"
#include "documents/read_back.h"
#include "support/ledger_world.h"
#include "support/web_world.h"

namespace hoering {
namespace {

using ::testing::AllOf;
using ::testing::AnyOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

struct LedgerPages : ::testing::Test {
    testing::WebWorld world;
    testing::Visitor karen = world.staff(Role::secretariat);
    std::int64_t id = world.consultation().openUntil("2026-12-01").with("LokalMED").with("Rådet").publish();
    std::string here = "/kontor/hoeringer/" + std::to_string(id);

    std::string partyPage(std::size_t n) {
        return here + "/parter/" + std::to_string(world.parties(id)[n].id) + "/breve";
    }
    std::string addressPage(std::size_t n) {
        return here + "/kontakter/" + std::to_string(world.parties(id)[n].contacts[0].id) + "/adresse";
    }
    static std::string keyOf(const std::string& body) {
        const auto at = body.find("name=\"key\" value=\"");
        return at == std::string::npos ? "" : body.substr(at + 18, 32);
    }
};

TEST_F(LedgerPages, TheFilterStandsInTheAddress) {
    testing::acceptNext(world);
    testing::deferNext(world);
    const auto is = [&](const std::string& query, bool first, bool second) {
        for (const std::string& page : {std::string("/kontor/breve"), here + "/breve"}) {
            const auto body = karen.get(page + query).body;
            EXPECT_EQ(body.find("kontakt@part1.example") != std::string::npos, first) << page << query;
            EXPECT_EQ(body.find("kontakt@part2.example") != std::string::npos, second) << page << query;
        }
    };
    is("", true, true);
    is("?tilstand=accepted", true, false);
    is("?tilstand=deferred", false, true);
    is("?tilstand=queued", false, true);
    is("?tilstand=refused", false, false);
    is("?tilstand=noget+andet", true, true);
    is("?slags=invitation", true, true);
    is("?slags=reminder", false, false);
    is("?part=" + std::to_string(world.parties(id)[1].id), false, true);
    is("?hoering=" + std::to_string(id), true, true);
    EXPECT_THAT(karen.get("/kontor/breve?hoering=99").body, Not(HasSubstr("kontakt@part1")));
    EXPECT_THAT(karen.get(here + "/breve?soeg=part2").body, Not(HasSubstr("kontakt@part1.example")));
    EXPECT_THAT(karen.get("/kontor/breve?soeg=%22%3E%3Cscript%3E").body, HasSubstr("&quot;&gt;&lt;script&gt;"));
    EXPECT_EQ(karen.get("/kontor/breve?soeg=%FF&foer=x&part=-1").status, 200);
}

TEST_F(LedgerPages, SayWhyALetterIsDeferredAndWhenItIsTriedNext) {
    testing::deferNext(world);
    const auto body = karen.get(here + "/breve").body;
    EXPECT_THAT(body, HasSubstr("udskudt, prøves igen"));
    EXPECT_THAT(body, HasSubstr("451 4.7.1 greylisted"));
    EXPECT_THAT(body, HasSubstr("Prøver igen 2.11.2026 kl. 9.05"));
}

TEST_F(LedgerPages, APartysLettersStandAsTheyWentWithServerAndReply) {
    const auto first = testing::acceptNext(world);
    testing::bounce(world, first);
    const auto body = karen.get(partyPage(0)).body;
    EXPECT_THAT(body, HasSubstr("mx.example:25, 2.11.2026 kl. 9.00"));
    EXPECT_THAT(body, HasSubstr("250 2.0.0 Ok: queued as 4F2"));
    EXPECT_THAT(body, HasSubstr("kom retur"));
    EXPECT_THAT(body, Not(HasSubstr("kontakt@part2.example")));
    EXPECT_THAT(karen.get("/kontor/breve/" + std::to_string(first)).body, HasSubstr("5.2.2 mailbox full"));
    const auto reader = world.staff(Role::reader).get(partyPage(0));
    EXPECT_EQ(reader.status, 200);
    EXPECT_THAT(reader.body, Not(HasSubstr("/adresse")));
    const auto other = world.consultation().openUntil("2026-12-01").with("En anden").publish();
    EXPECT_EQ(karen.get(here + "/parter/" + std::to_string(world.parties(other)[0].id) + "/breve").status, 404);
}

TEST_F(LedgerPages, ALetterIsSentAgainAfterAPageThatSaysSo) {
    const auto refused = testing::refuseNext(world);
    const std::string page = "/kontor/breve/" + std::to_string(refused);
    EXPECT_THAT(karen.get(page).body, HasSubstr(page + "/send-igen"));
    const auto form = karen.get(page + "/send-igen");
    EXPECT_EQ(world.letters().size(), 2u);
    const testing::Visitor::Fields fields{{"key", keyOf(form.body)}};
    const auto sent = karen.post(page + "/send-igen", fields), again = karen.post(page + "/send-igen", fields);
    EXPECT_THAT(sent.location, StartsWith("/kontor/breve/3?besked=letter_again"));
    EXPECT_EQ(again.location, sent.location);
    EXPECT_EQ(world.letters().size(), 3u);
    EXPECT_THAT(karen.get("/kontor/breve/3/send-igen").body, HasSubstr("stadig på vej"));
}

TEST_F(LedgerPages, AWaitingLetterIsTakenBack) {
    EXPECT_THAT(karen.get("/kontor/breve/1").body, HasSubstr("/kontor/breve/1/annuller"));
    karen.get("/kontor/breve/1/annuller");
    const auto done = karen.post("/kontor/breve/1/annuller");
    EXPECT_THAT(done.location, StartsWith("/kontor/breve/1?besked=letter_stopped"));
    EXPECT_EQ(karen.post("/kontor/breve/1/annuller").location, done.location) << "pressed twice";
    EXPECT_EQ(world.letters().at(0).state, LetterState::cancelled);
    testing::acceptNext(world);
    EXPECT_THAT(karen.get("/kontor/breve/2/annuller").body, HasSubstr("venter ikke længere"));
    EXPECT_EQ(karen.post("/kontor/breve/2/annuller").status, 409);
}

TEST_F(LedgerPages, AnAddressIsCorrectedAndARefusalKeepsWhatWasTyped) {
    testing::refuseNext(world);
    const auto form = karen.get(addressPage(0));
    EXPECT_THAT(form.body, HasSubstr("Det gamle link bliver lukket"));
    const auto shown = form.valueOf("shown");
    const auto refused =
        karen.post(addressPage(0), {{"shown", shown}, {"mail", "ikke en adresse"}, {"send_again", "1"}});
    EXPECT_EQ(refused.status, 422);
    EXPECT_THAT(refused.body, HasSubstr("ikke en adresse"));
    EXPECT_THAT(refused.body, HasSubstr("#field-mail"));
    const auto done =
        karen.post(addressPage(0), {{"shown", shown}, {"mail", " rigtig@part1.example "}, {"send_again", "1"}});
    EXPECT_EQ(done.location, partyPage(0) + "?besked=address_corrected");
    EXPECT_EQ(world.letters().back().toMail, "rigtig@part1.example");
    EXPECT_THAT(karen.get(done.location).body, HasSubstr("Adressen er rettet"));
    const auto draft = world.consultation().openUntil("2026-12-01").with("Kladde").draft();
    EXPECT_EQ(karen
                  .get("/kontor/hoeringer/" + std::to_string(draft) + "/kontakter/" +
                       std::to_string(world.parties(draft)[0].contacts[0].id) + "/adresse")
                  .status,
              404);
}

TEST_F(LedgerPages, APartyNotReachedIsOnTheFrontPageAndTheOverviewWithWhatToDo) {
    testing::refuseNext(world);
    testing::acceptNext(world);
    for (const std::string& page : {std::string("/kontor"), here}) {
        const auto body = karen.get(page).body;
        EXPECT_THAT(body, HasSubstr("brevet blev afvist eller kom retur (kontakt@part1.example)")) << page;
        EXPECT_THAT(body, HasSubstr("29 dage tilbage")) << page;
        EXPECT_THAT(body, HasSubstr(addressPage(0))) << page;
        EXPECT_THAT(body, HasSubstr(partyPage(0))) << page;
        EXPECT_THAT(body, Not(HasSubstr("kontakt@part2.example"))) << page;
    }
    const auto reader = world.staff(Role::reader).get("/kontor").body;
    EXPECT_THAT(reader, HasSubstr(partyPage(0)));
    EXPECT_THAT(reader, Not(HasSubstr("/adresse")));
    world.at("2026-12-02 09:00:00");
    EXPECT_THAT(world.staff(Role::secretariat).get("/kontor").body, Not(HasSubstr("ikke nået")));
}

TEST_F(LedgerPages, ALetterLaidInAFolderIsSaidToBeThereAndNotSent) {
    const auto letter = testing::layNextInFolder(world);
    const std::string itself = "/kontor/breve/" + std::to_string(letter);
    for (const auto& page : {here + "/breve", here + "/parter", partyPage(0), itself}) {
        const auto body = karen.get(page).body;
        EXPECT_THAT(body, HasSubstr("lagt i mappen")) << page;
        EXPECT_THAT(body, Not(AnyOf(HasSubstr("Mailserveren tog imod"), HasSubstr("til mailserveren")))) << page;
    }
    EXPECT_THAT(karen.get(here + "/parter").body,
                AllOf(HasSubstr("brev lagt i mappen"), Not(HasSubstr("brev afleveret"))));
    EXPECT_THAT(karen.get(itself + "/send-igen").body, Not(HasSubstr("Mailserveren har taget imod")));
    const std::string proof = documents::textOf(karen.post(here + "/udsendelsesbevis.pdf").body);
    EXPECT_THAT(proof, HasSubstr("Lagt i en mappe, ikke sendt"));
    EXPECT_THAT(proof, HasSubstr("Ikke afleveret"));
    EXPECT_THAT(proof, Not(HasSubstr("Afleveret til mailserveren")));
}

TEST_F(LedgerPages, TheProofOfDispatchIsWholeTaggedAndTheSameEachTime) {
    testing::deferNext(world);
    const auto second = testing::acceptNext(world);
    testing::bounce(world, second);
    EXPECT_THAT(karen.get(here + "/breve").body, HasSubstr("udsendelsesbevis.pdf"));
    const auto first = karen.post(here + "/udsendelsesbevis.pdf");
    ASSERT_EQ(first.status, 200);
    EXPECT_EQ(world.acts().back(), "proof.downloaded");
    world.at("2026-11-03 09:00:00");
    EXPECT_EQ(world.staff(Role::reader).post(here + "/udsendelsesbevis.pdf").body, first.body);

    const std::string text = documents::textOf(first.body);
    for (const char* part : // no longer than a line of its cell
         {"Udsendelsesbevis", "LokalMED", "Rådet", "kontakt@part1.example", "kontakt@part2.example", ", 451",
          "4.7.1 greylisted", "mx.example:25", "250 2.0.0", "Ok: queued as 4F2", "5.2.2 mailbox full", "Udskudt",
          "kom retur", "den mailserver, kommunen sender gennem", "Side 1 / "})
        EXPECT_THAT(text, HasSubstr(part));
    const auto head = world.database.read([&](sqlite::ReadTx& tx) {
        sqlite::JournalFilter filter;
        filter.consultation = id;
        for (const auto& entry : sqlite::journalPage(tx, filter, {}, 50))
            if (entry.event.act != "proof.downloaded") return entry.hash;
        return std::string();
    });
    EXPECT_THAT(replaceAll(replaceAll(text, "\n", ""), " ", ""), HasSubstr(head));
    EXPECT_THAT(text, Not(HasSubstr("/svar/"))) << "no personal link";
    EXPECT_THAT(text, Not(HasSubstr(world.tokenOf(world.visit(id)))));
    const std::string tags = documents::tagsOf(first.body);
    for (const char* tag : {"H1", "H2", "Table", "TH", "TD", "Caption"}) EXPECT_THAT(tags, HasSubstr(tag));

    const auto draft = world.consultation().openUntil("2026-12-01").with("Kladde").draft();
    testing::Visitor later = world.staff(Role::secretariat); // a night has ended the first session
    EXPECT_EQ(later.post("/kontor/hoeringer/" + std::to_string(draft) + "/udsendelsesbevis.pdf").status, 404);
}

TEST_F(LedgerPages, TheJournalSaysWhichConsultationWhichPartyAndWhichLetter) {
    const auto other = world.consultation().titled("Cykelsti").openUntil("2026-12-01").with("Skolen").publish();
    const auto letter = testing::acceptNext(world), again = testing::acceptNext(world);
    const auto party = std::to_string(world.parties(id)[0].id);
    world.database.write([&](sqlite::Tx& tx) {
        tx.record({Actor::clockwork(), "extension.granted", id, world.parties(id)[0].id, {{"reason", "Ferie"}}});
        tx.record({Actor::clockwork(),
                   "letter.sent_again",
                   id,
                   world.parties(id)[0].id,
                   {{"letter", std::to_string(letter)}, {"new_letter", std::to_string(again)}}});
        tx.record({Actor::clockwork(), "letter.accepted", {}, {}, {{"letter", "99"}}});
        tx.record({{ActorKind::party, 1, "Rådet (Bo)"}, "response.submitted", id, world.parties(id)[1].id, {}});
    });
    const std::string title = world.find(id).text.title;
    const std::string consultation = "Høring: <a href=\"" + here + "\">" + title + "</a>";
    const std::string whom = "Part: <a href=\"" + here + "/parter/" + party + "/breve\">LokalMED</a>";
    const auto whole = karen.get("/kontor/journal").body, one = karen.get(here + "/journal").body;
    EXPECT_THAT(whole, HasSubstr(consultation));
    EXPECT_THAT(whole, HasSubstr("Høring: <a href=\"/kontor/hoeringer/" + std::to_string(other) + "\">Cykelsti</a>"));
    EXPECT_THAT(one, Not(HasSubstr("Høring: <a"))) << "there it is the page's own";
    EXPECT_THAT(one, Not(HasSubstr("Cykelsti")));
    for (const auto& body : {whole, one}) {
        EXPECT_THAT(body, HasSubstr(whom));
        EXPECT_THAT(body, HasSubstr("Brev nr.: <a href=\"/kontor/breve/" + std::to_string(letter) + "\">" +
                                    std::to_string(letter) + "</a> til "));
        EXPECT_THAT(body, HasSubstr("Nyt brev nr.: <a href=\"/kontor/breve/" + std::to_string(again) + "\">"));
        EXPECT_THAT(body, HasSubstr("kontakt@part2.example"));
        const auto own = body.find("Rådet (Bo)");
        ASSERT_NE(own, std::string::npos);
        EXPECT_THAT(body.substr(own, body.find("</tr>", own) - own), Not(HasSubstr("Part:"))) << "it did it itself";
    }
    EXPECT_THAT(whole, HasSubstr("<div>Brev nr.: 99</div>")) << "a letter that is not there";
    const auto reader = world.staff(Role::reader).get("/kontor/journal").body;
    EXPECT_THAT(reader, HasSubstr("Brev nr.: " + std::to_string(letter) + " til "))
        << "who may not open it gets no link";
    EXPECT_THAT(reader, HasSubstr(consultation));
}

} // namespace
} // namespace hoering
