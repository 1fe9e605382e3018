// The words of a consultation's letters, on the office's pages; and letters shown as mails.
#include <gmock/gmock.h>

#include "support/web_world.h"
#include "web/letter_view.h"

namespace hoering {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using Fields = testing::Visitor::Fields;

struct WordingPages : ::testing::Test {
    testing::WebWorld world;
    testing::Visitor karen = world.staff(Role::secretariat);
    std::int64_t id =
        world.consultation().openUntil("2026-12-01").with("LokalMED").with("Politiet", PartyRole::informed).draft();
    std::string here = "/kontor/hoeringer/" + std::to_string(id) + "/ordlyd", invitation = here + "/invitation";

    static std::string valueOf(const std::string& body, const std::string& name) {
        const auto at = body.find("name=\"" + name + "\" value=\"");
        return at == std::string::npos
                   ? ""
                   : body.substr(at + name.size() + 15, body.find('"', at + name.size() + 15) - at - name.size() - 15);
    }
    Fields form(const testing::Visitor::Got& page, const std::string& subject, const std::string& body,
                const std::string& step) {
        return {{"language", valueOf(page.body, "language")},
                {"version", valueOf(page.body, "version")},
                {"key", valueOf(page.body, "key")},
                {"subject", subject},
                {"body", body},
                {"step", step}};
    }
};

TEST_F(WordingPages, ShowEveryKindAndItsFields) {
    const auto list = karen.get(here);
    EXPECT_EQ(list.status, 200);
    for (const char* kind : {"invitation", "informed", "reminder", "receipt", "link_again", "cancelled", "closed"})
        EXPECT_TRUE(list.has(here + "/" + kind + "?sprog=da")) << kind;
    const auto page = karen.get(invitation + "?sprog=da");
    EXPECT_TRUE(page.has("<code>{frist}</code>"));
    EXPECT_TRUE(page.has("tirsdag den 1. december 2026 kl. 23.59"));
    EXPECT_TRUE(page.has("{kommune} har sendt en sag i høring")); // the standard, ready to change
    EXPECT_TRUE(page.has("Det her bliver altid stående"));
    EXPECT_TRUE(page.has("Brevet til LokalMED"));
    EXPECT_TRUE(karen.get(here + "/informed").has("Brevet til Politiet"));
    const auto english = karen.get(invitation + "?sprog=en");
    EXPECT_TRUE(english.has("<code>{deadline}</code>"));
    EXPECT_TRUE(english.has("{municipality} is holding a consultation"));
    EXPECT_EQ(karen.get(here + "/staff_answer").status, 404);
    EXPECT_EQ(karen.get(here + "/findes-ikke").status, 404);
    EXPECT_TRUE(karen.get("/kontor/hoeringer/" + std::to_string(id) + "/tjek").has("href=\"" + here + "\""));
}

TEST_F(WordingPages, SaveWhatWasTypedAndShowItAtTheGate) {
    const auto page = karen.get(invitation);
    const auto saved = karen.post(invitation, form(page, "Hør her, {part}", "Kære {kontakt}", "save"));
    EXPECT_EQ(saved.location, invitation + "?sprog=da&besked=wording_saved");
    const auto after = karen.get(saved.location);
    EXPECT_TRUE(after.has("Ordlyden er gemt"));
    EXPECT_TRUE(after.has("Hør her, LokalMED"));
    EXPECT_TRUE(karen.get(here).has("Egen tekst"));
    EXPECT_TRUE(karen.get("/kontor/hoeringer/" + std::to_string(id) + "/vis/1").has("Hør her, LokalMED"));
    const auto reset = karen.post(invitation, form(after, "", "", "reset"));
    EXPECT_EQ(reset.location, invitation + "?sprog=da&besked=wording_reset");
    EXPECT_FALSE(karen.get(here).has("Egen tekst"));
}

TEST_F(WordingPages, KeepWhatWasTypedWhenItCannotBeSaved) {
    const auto page = karen.get(invitation);
    const auto refused = karen.post(invitation, form(page, "Emne", "Kære {navn} & <b>", "save"));
    EXPECT_EQ(refused.status, 422);
    EXPECT_TRUE(refused.has("Feltet {navn} findes ikke i dette brev"));
    EXPECT_TRUE(refused.has("Kære {navn} &amp; &lt;b&gt;"));
    ASSERT_FALSE(karen.post(invitation, form(page, "Karens", "Karens tekst", "save")).location.empty());
    const auto late = karen.post(invitation, form(page, "Bos", "Bos tekst", "save"));
    EXPECT_EQ(late.status, 409);
    EXPECT_TRUE(late.has("En kollega har rettet ordlyden"));
    EXPECT_TRUE(late.has("Bos tekst"));
    EXPECT_TRUE(late.has("Karens tekst"));
    // Pressed again, knowing: Bo's words stand.
    EXPECT_FALSE(karen.post(invitation, form(late, "Bos", "Bos tekst", "save")).location.empty());
}

TEST_F(WordingPages, ShowAndTryWordsThatAreNotSaved) {
    const auto page = karen.get(invitation);
    const auto looked = karen.post(invitation, form(page, "Prøv {part}", "Kære {kontakt}", "look"));
    EXPECT_EQ(looked.status, 200);
    EXPECT_TRUE(looked.has("Prøv LokalMED"));
    EXPECT_TRUE(looked.has("Kære {kontakt}"));
    const auto mail = karen.post(invitation, form(page, "Prøv {part}", "Kære {kontakt}", "html"));
    EXPECT_TRUE(mail.has("Kære Kontakt 1"));
    EXPECT_FALSE(mail.has("{{link}}"));
    const auto sent = karen.post(invitation, form(page, "Prøv {part}", "Kære {kontakt}", "test"));
    EXPECT_TRUE(sent.has("Prøvebrevet er på vej"));
    EXPECT_TRUE(sent.has("Kære {kontakt}"));
    ASSERT_EQ(world.letters().size(), 1u);
    EXPECT_EQ(world.letters()[0].toMail, "secretariat@hoering.example");
    EXPECT_EQ(world.letters()[0].subject, "[Prøve] Prøv LokalMED");
    EXPECT_EQ(karen.post(invitation, form(page, "Prøv", "Kære {navn}", "test")).status, 422);
    EXPECT_FALSE(karen.get(here).has("Egen tekst")); // nothing was saved
}

TEST_F(WordingPages, AMailIsShownInAFrameThatCanDoNothing) {
    const std::string letter = "/kontor/hoeringer/" + std::to_string(id) + "/vis/1";
    const auto shown = karen.get(letter);
    EXPECT_TRUE(
        shown.has("<iframe class=\"letter-frame\" src=\"" + letter + "/html\" sandbox title=\"Mailen »Høring: "));
    EXPECT_THAT(shown.header("Content-Security-Policy"), HasSubstr("frame-src 'self'"));
    EXPECT_THAT(shown.header("Content-Security-Policy"), HasSubstr("style-src 'self'"));
    const auto mail = karen.get(letter + "/html");
    EXPECT_TRUE(mail.has("<!DOCTYPE html>"));
    EXPECT_FALSE(mail.has("{{link}}"));
    EXPECT_FALSE(mail.has("href"));
    EXPECT_EQ(mail.header("Content-Security-Policy"),
              "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; base-uri 'none'; sandbox");
    EXPECT_EQ(mail.header("X-Frame-Options"), "SAMEORIGIN");
    EXPECT_EQ(karen.get(letter + "9/html").status, 404);
    // Pages that show no mail may frame nothing.
    EXPECT_EQ(karen.get("/kontor").header("Content-Security-Policy"), "");
}

TEST_F(WordingPages, APreviewedInvitationIsTriedByMail) {
    const std::string letter = "/kontor/hoeringer/" + std::to_string(id) + "/vis/1";
    const auto shown = karen.get(letter);
    const auto sent = karen.post(letter + "/proeve", {{"key", valueOf(shown.body, "key")}});
    EXPECT_EQ(sent.location, letter + "?besked=test_sent");
    ASSERT_EQ(world.letters().size(), 1u);
    EXPECT_EQ(world.letters()[0].kind, LetterKind::test);
    EXPECT_EQ(world.letters()[0].toMail, "secretariat@hoering.example");
    const auto reader = world.staff(Role::reader).get(letter);
    EXPECT_FALSE(reader.has("/proeve"));
}

TEST_F(WordingPages, AnActsLettersAreSeenAsMailsAndTriedBeforeItIsDone) {
    const auto open = world.consultation().openUntil("2026-12-01").with("LokalMED").publish();
    const std::string cancel = "/kontor/hoeringer/" + std::to_string(open) + "/handlinger/aflys";
    karen.get(cancel);
    const std::string contact = std::to_string(world.parties(open).at(0).contacts.at(0).id);
    const auto read = karen.post(cancel, {{"reason", "Ny lov"}, {"step", "preview"}, {"read", contact}});
    EXPECT_TRUE(read.has("formtarget=\"_blank\""));
    const auto before = world.letters().size();
    const auto mail = karen.post(cancel, {{"reason", "Ny lov"}, {"html", contact}});
    EXPECT_TRUE(mail.has("Begrundelse"));
    EXPECT_THAT(mail.header("Content-Security-Policy"), HasSubstr("sandbox"));
    EXPECT_EQ(world.letters().size(), before);
    const auto sent = karen.post(cancel, {{"reason", "Ny lov"}, {"test", contact}, {"key", valueOf(read.body, "key")}});
    EXPECT_TRUE(sent.has("Prøvebrevet er på vej"));
    ASSERT_EQ(world.letters().size(), before + 1);
    EXPECT_EQ(world.letters().back().toMail, "secretariat@hoering.example");
    EXPECT_EQ(world.find(open).state, ConsultationState::open);
}

TEST_F(WordingPages, ASentLetterIsShownAsAMailWithoutItsLink) {
    const auto open = world.consultation().openUntil("2026-12-01").with("LokalMED").publish();
    const auto page = karen.get("/kontor/breve/1");
    EXPECT_TRUE(page.has("src=\"/kontor/breve/1/html\""));
    EXPECT_TRUE(page.has("Fristen til kalenderen"));
    const auto mail = karen.get("/kontor/breve/1/html");
    EXPECT_EQ(mail.status, 200);
    EXPECT_FALSE(mail.has("/svar/" + world.tokenOf(world.visit(open))));
    EXPECT_FALSE(mail.has("href"));
    EXPECT_EQ(world.staff(Role::reader).get("/kontor/breve/1/html").status, 403);
}

} // namespace
} // namespace hoering
