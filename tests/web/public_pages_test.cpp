// The public's pages, the pages about the service, and the digest's downloads.
#include <gmock/gmock.h>

#include "support/acting.h"
#include "support/web_world.h"
#include "usecases/cancel_consultation.h"
#include "usecases/close_early.h"
#include "usecases/conclude_consultation.h"
#include "usecases/extend_deadline.h"
#include "usecases/submit_response.h"

namespace hoering {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using testing::Visitor;

struct PublicPages : ::testing::Test {
    testing::WebWorld world;
    Visitor visitor{world};

    void answer(std::int64_t consultation, const std::string& text, std::size_t party = 0) {
        const auto visit = world.visit(consultation, party);
        world.database.write([&](sqlite::Tx& tx) {
            const auto sent = submitResponse(
                tx, visit,
                {ResponseKind::remarks, text, 0, std::string(31, 'a') + std::to_string(party), tx.now().instant});
            EXPECT_TRUE(sent.ok());
        });
    }
};

TEST_F(PublicPages, AnEmptyListSaysWhatThisPlaceIs) {
    EXPECT_THAT(visitor.get("/").body, HasSubstr("Der er ingen høringer endnu"));
}

TEST_F(PublicPages, ADraftThatIsCancelledWasNeverPublicAndIsNot) {
    const auto id = world.consultation().titled("Hemmelig kladde").openUntil("2026-11-20").with("Rådet").draft();
    testing::Acting acting(world);
    ASSERT_TRUE(acting.run(cancelAct, id, {{{"reason", "Den skal ikke i høring"}}}));
    ASSERT_EQ(world.find(id).state, ConsultationState::cancelled);
    EXPECT_THAT(visitor.get("/").body, Not(HasSubstr("Hemmelig kladde")));
    EXPECT_EQ(visitor.get("/hoering/hemmelig-kladde").status, 404);
    EXPECT_EQ(visitor.get("/hoering/hemmelig-kladde/frist.ics").status, 404);
}

TEST_F(PublicPages, ListsOpenOnesWithDaysLeftAndFindsThem) {
    world.consultation().titled("Cykelsti på Vejlebrovej").openUntil("2026-11-20").with("Rådet").publish();
    world.consultation().titled("Ny skolestruktur").openUntil("2026-11-17").with("Rådet").publish();
    world.consultation().titled("Hemmelig kladde").openUntil("2026-11-10").with("Rådet").draft();
    const auto list = visitor.get("/");
    EXPECT_THAT(list.body, HasSubstr("15 dage tilbage"));
    EXPECT_LT(list.body.find("Ny skolestruktur"), list.body.find("Cykelsti")) << "by deadline";
    EXPECT_THAT(list.body, Not(HasSubstr("Hemmelig kladde")));
    const auto found = visitor.get("/?q=cykel");
    EXPECT_THAT(found.body, HasSubstr("Cykelsti"));
    EXPECT_THAT(found.body, Not(HasSubstr("Ny skolestruktur")));
    world.consultation().titled("Åbningstider på Ærøvej").openUntil("2026-11-20").with("Rådet").publish();
    for (const char* typed : {"%C3%A5bningstider", "%C3%85BNING", "aabningstider", "%C3%86R%C3%98VEJ"})
        EXPECT_THAT(visitor.get(std::string("/?q=") + typed).body, HasSubstr("Åbningstider på Ærøvej")) << typed;
    EXPECT_THAT(visitor.get("/?q=%3Cscript%3E").body, HasSubstr("&lt;script&gt;"));
    EXPECT_EQ(visitor.get("/hoering/hemmelig-kladde").status, 404);
}

TEST_F(PublicPages, AConsultationShowsNothingOfAnAnswer) {
    const auto id = world.consultation().titled("Cykelsti").openUntil("2026-11-20").with("Rådet").publish();
    answer(id, "Ingen må se dette");
    const auto shown = visitor.get("/hoering/cykelsti");
    EXPECT_EQ(shown.status, 200);
    EXPECT_THAT(shown.body, Not(HasSubstr("Ingen må se dette")));
    EXPECT_THAT(shown.body, Not(HasSubstr("kontakt@")));
    world.at("2026-11-21 00:00:00");
    EXPECT_THAT(visitor.get("/hoering/cykelsti").body, HasSubstr("Høringen er lukket"));
}

TEST_F(PublicPages, TheTimeLineTellsWhatHappenedInItsOrder) {
    const auto id = world.consultation().titled("Cykelsti").openUntil("2026-11-20").with("Rådet").publish();
    testing::Acting acting(world);
    const auto lineOf = [&](const std::string& path) {
        const auto body = visitor.get(path).body;
        const auto from = body.find("<ol class=\"timeline\">");
        return body.substr(from, body.find("</ol>", from) - from);
    };
    const std::string reached = "<li class=\"passed\"><strong>";
    world.at("2026-11-10 10:00:00");
    ASSERT_TRUE(acting.run(extendAct, id, testing::moveTo("2026-12-01")));
    EXPECT_THAT(lineOf("/hoering/cykelsti"),
                HasSubstr("<li class=\"coming\"><strong>tirsdag den 1. december 2026 kl. 23.59"));
    world.at("2026-11-24 10:00:00");
    ASSERT_TRUE(acting.run(closeEarlyAct, id, {{{"reason", "Alle har svaret."}}}));
    const auto closed = lineOf("/hoering/cykelsti");
    const auto moved = closed.find(reached + "tirsdag den 10. november 2026"),
               ended = closed.find(reached + "tirsdag den 24. november 2026");
    ASSERT_NE(moved, std::string::npos);
    ASSERT_NE(ended, std::string::npos);
    EXPECT_LT(moved, ended);
    EXPECT_THAT(closed.substr(ended), HasSubstr("før fristen, som var tirsdag den 1. december 2026 kl. 23.59"));
    EXPECT_THAT(closed, Not(HasSubstr("<strong>tirsdag den 1. december 2026"))) << "that day was never reached";
    world.at("2026-12-03 10:00:00");
    EXPECT_THAT(lineOf("/hoering/cykelsti"), Not(HasSubstr("<strong>tirsdag den 1. december 2026")));
    // Decided: last, and nothing comes after it.
    ASSERT_TRUE(acting.run(concludeAct, id, {{{"outcome", "Bred sti."}, {"outcome_date", "24.11.2026"}}}));
    const auto concluded = lineOf("/hoering/cykelsti");
    EXPECT_LT(concluded.find("lukkes før fristen"), concluded.find("Der træffes beslutning")) << "also on one day";
    EXPECT_THAT(concluded, Not(HasSubstr("Derefter")));
}

TEST_F(PublicPages, OfACancelledConsultationTheDeadlineIsNoPartOfTheCourse) {
    const auto id = world.consultation().titled("Cykelsti").openUntil("2026-11-20").with("Rådet").publish();
    testing::Acting acting(world);
    ASSERT_TRUE(acting.run(cancelAct, id, {{{"reason", "Forslaget er trukket."}}}));
    world.at("2026-11-25 10:00:00");
    const auto page = visitor.get("/hoering/cykelsti");
    EXPECT_THAT(page.body, HasSubstr("Høringen er aflyst. Begrundelse: Forslaget er trukket."));
    EXPECT_THAT(page.body, Not(HasSubstr("Sidste frist for at svare")));
}

TEST_F(PublicPages, EveryPageAboutTheServiceIsThere) {
    for (const auto* path :
         {"/om", "/privatliv", "/cookies", "/was", "/kvittering", "/kvittering?nummer=K7QM-3XRT-9F2A"})
        EXPECT_EQ(visitor.get(path).status, 200) << path;
    world.settings.municipality.accessibilityStatementUrl = "https://was.digst.dk/hoering-example";
    EXPECT_EQ(visitor.get("/was").location, "https://was.digst.dk/hoering-example");
}

TEST_F(PublicPages, LanguageSendsBackOnlyToThisSite) {
    visitor.get("/om");
    EXPECT_EQ(visitor.post("/sprog", {{"til", "en"}, {"tilbage", "/om?x=1"}}).location, "/om?x=1");
    EXPECT_THAT(visitor.get("/om").body, HasSubstr("<html lang=\"en\">"));
    for (const std::string evil :
         {"//evil.example", "https://evil.example", "/\\evil.example", "/a\r\nSet-Cookie: x=1", "", "evil"})
        EXPECT_EQ(visitor.post("/sprog", {{"til", "da"}, {"tilbage", evil}}).location, "/") << evil;
}

TEST_F(PublicPages, FiguresForMachinesNeedTheToken) {
    EXPECT_EQ(visitor.get("/metrics").status, 404);
    world.settings.server.metricsToken = "hemmeligt";
    EXPECT_EQ(visitor.get("/metrics").status, 404);
    EXPECT_EQ(visitor.get("/health").status, 200);
}

TEST_F(PublicPages, TheDigestIsTheSameBytesForTheSameAnswers) {
    const auto id =
        world.consultation().titled("Cykelsti").openUntil("2026-11-20").with("Rådet").with("Aarådet").publish();
    Visitor reader = world.staff(Role::reader);
    const std::string base = "/kontor/hoeringer/" + std::to_string(id) + "/hoeringsnotat";
    EXPECT_THAT(reader.get(base).body, HasSubstr("Der er ingen svar endnu"));
    EXPECT_THAT(reader.get(base + ".html").body, HasSubstr("Der er ingen svar med bemærkninger, som kan føre til"));
    answer(id, "Bred sti, tak", 0);
    answer(id, "Smal sti, tak", 1);
    const auto page = reader.get(base);
    EXPECT_THAT(page.body, Not(HasSubstr("Der er ingen svar endnu")));
    for (const auto* ending : {".pdf", ".docx", ".html"}) {
        const auto first = reader.get(base + ending).body;
        world.clock.advance(std::chrono::minutes{10});
        EXPECT_EQ(reader.get(base + ending).body, first) << ending;
        EXPECT_THAT(page.body, HasSubstr(sha256Hex(first))) << ending;
    }
    const auto html = reader.get(base + ".html").body;
    EXPECT_THAT(html, HasSubstr("Bred sti, tak"));
    EXPECT_THAT(html, HasSubstr("Ændring i forslaget")) << "cells to fill in, where something may have changed";
    EXPECT_THAT(html, Not(HasSubstr("som kan føre til")));
    EXPECT_THAT(html, Not(HasSubstr("____")));
    EXPECT_LT(html.find("Bred sti, tak"), html.find("Smal sti, tak")) << "Danish order: Aa sorts as Å, after R";
}

} // namespace
} // namespace hoering
