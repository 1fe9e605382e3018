// The personal link before it is opened: what it shows, whom it knows, what becomes of a replaced one.
#include <gmock/gmock.h>

#include "support/web_world.h"

namespace hoering {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using testing::Visitor;

struct LinkPages : ::testing::Test {
    testing::WebWorld world;
    std::int64_t consultation = world.consultation()
                                    .openUntil("2026-12-01")
                                    .with("LokalMED")
                                    .with("Lokalpolitiet", PartyRole::informed)
                                    .publish();

    /// A week before the deadline: a party's session lives 14 days.
    LinkPages() { world.at("2026-11-25 09:00:00"); }
};

TEST_F(LinkPages, GuessingLinksIsSlowedDownAndARightOneAlwaysWorks) {
    Visitor visitor(world);
    for (int i = 0; i < 60; ++i) EXPECT_EQ(visitor.get("/svar/gæt" + std::to_string(i)).status, 404);
    EXPECT_EQ(visitor.get("/svar/gæt").status, 429);
    EXPECT_EQ(visitor.get("/svar/" + world.tokenOf(world.visit(consultation))).status, 200);
    world.clock.advance(std::chrono::minutes{10});
    EXPECT_EQ(visitor.get("/svar/gæt").status, 404);
}

TEST_F(LinkPages, LookingAtALinkChangesNothing) {
    Visitor visitor(world);
    const auto before = world.acts();
    const auto looked = visitor.get("/svar/" + world.tokenOf(world.visit(consultation)));
    EXPECT_EQ(looked.status, 200);
    EXPECT_THAT(looked.body, HasSubstr("Velkommen, LokalMED"));
    EXPECT_THAT(looked.body, HasSubstr("1. december 2026 kl.\u00A023.59"));
    EXPECT_EQ(world.acts(), before);
    EXPECT_EQ(world.count("sessions"), 0);
    EXPECT_TRUE(visitor.cookies.empty());
}

TEST_F(LinkPages, ALinkSpeaksItsPartysLanguageUnlessTheVisitorChoseOne) {
    world.database.write([&](sqlite::Tx& tx) {
        tx.sql("UPDATE parties SET language = 'en' WHERE name = 'LokalMED'").run();
        tx.housekeeping("test");
    });
    const std::string address = "/svar/" + world.tokenOf(world.visit(consultation));
    Visitor visitor(world);
    EXPECT_THAT(visitor.get(address).body, HasSubstr("<html lang=\"en\">"));
    EXPECT_THAT(visitor.get(address).body, HasSubstr("Open the consultation"));
    visitor.post("/sprog", {{"til", "da"}, {"tilbage", address}});
    EXPECT_THAT(visitor.get(address).body, HasSubstr("Åbn høringen"));
    EXPECT_THAT(Visitor(world).get("/svar/" + world.tokenOf(world.visit(consultation, 1))).body,
                HasSubstr("<html lang=\"da\">"));
}

TEST_F(LinkPages, AnUnknownLinkSaysWhatToDo) {
    Visitor visitor(world);
    for (const auto* token : {"x", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}) {
        const auto looked = visitor.get(std::string("/svar/") + token);
        EXPECT_EQ(looked.status, 404);
        EXPECT_THAT(looked.body, HasSubstr("Kopiér hele linket"));
        EXPECT_EQ(visitor.post(std::string("/svar/") + token).status, 404);
    }
}

TEST_F(LinkPages, AReplacedLinkCanOnlyBeSentToTheRegisteredAddress) {
    const auto visit = world.visit(consultation);
    const std::string old = "/svar/" + world.tokenOf(visit);
    world.database.write(
        [&](sqlite::Tx& tx) { (void)sendLinkAgain(tx, world.office, world.officer, visit.contact.id); });
    world.clock.advance(std::chrono::hours{1});
    Visitor visitor(world);
    const auto looked = visitor.get(old);
    EXPECT_EQ(looked.status, 404);
    EXPECT_THAT(looked.body, HasSubstr("Send mig et nyt link"));
    const auto letters = world.letters().size();
    const auto sent = visitor.follow(visitor.post(old + "/nyt-link"));
    EXPECT_THAT(sent.body, HasSubstr("Et nyt link er på vej"));
    EXPECT_THAT(sent.body, Not(HasSubstr(visit.contact.mail)));
    ASSERT_EQ(world.letters().size(), letters + 1);
    EXPECT_EQ(world.letters().back().toMail, visit.contact.mail);
}

} // namespace
} // namespace hoering
