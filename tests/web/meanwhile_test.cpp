// Two who edit the same in the office: the second is told who saved and when, sees both, and goes on knowingly. And a
// draft that is deleted.
#include <gmock/gmock.h>

#include "sqlite/files.h"
#include "support/web_world.h"

namespace hoering {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using testing::Visitor;

struct Meanwhile : ::testing::Test {
    testing::WebWorld world;
    std::int64_t id = world.consultation().titled("Skolevej").openUntil("2026-12-01").with("LokalMED").draft();
    std::string here = "/kontor/hoeringer/" + std::to_string(id);
    Visitor karen = world.staff(Role::secretariat), bo = world.staff(Role::administrator);

    /// What the box says before both texts.
    static void expectBoth(const Visitor::Got& page, const std::string& stored, const std::string& typed) {
        EXPECT_EQ(page.status, 409);
        EXPECT_THAT(page.body, HasSubstr("En administrator gemte 2. november 2026 kl. 9.00."));
        EXPECT_THAT(page.body, HasSubstr("<div class=\"verbatim\">" + stored + "</div>"));
        EXPECT_THAT(page.body, HasSubstr(typed));
        EXPECT_THAT(page.body, HasSubstr("Gem mine oplysninger oven i"));
    }
};

TEST_F(Meanwhile, AParty) {
    const std::string party = here + "/parter/" + std::to_string(world.parties(id).at(0).id);
    const auto named = [](const std::string& shown, const std::string& name) {
        return Visitor::Fields{
            {"shown", shown}, {"name", name}, {"role", "consulted"}, {"contacts", "a@o.dk"}, {"language", "da"}};
    };
    const auto shown = karen.get(party).valueOf("shown");
    EXPECT_EQ(bo.post(party, named(bo.get(party).valueOf("shown"), "Bos navn")).status, 303);

    const auto conflict = karen.post(party, named(shown, "Karens navn"));
    expectBoth(conflict, "Bos navn", "value=\"Karens navn\"");
    EXPECT_EQ(conflict.valueOf("shown"), shown) << "sent again unread it does not get through";
    EXPECT_THAT(conflict.body, HasSubstr(">Se igen, hvad der er gemt</button>"));
    EXPECT_THAT(conflict.body, Not(HasSubstr(">Gem part</button>"))) << "it would not save";
    EXPECT_EQ(karen.post(party, named(shown, "Karens navn")).status, 409);
    EXPECT_EQ(world.parties(id).at(0).name, "Bos navn");

    auto over = named(shown, "Karens navn");
    over.emplace_back("overwrite", conflict.valueOf("overwrite"));
    EXPECT_EQ(karen.post(party, over).status, 303);
    EXPECT_EQ(world.parties(id).at(0).name, "Karens navn");
}

TEST_F(Meanwhile, APartyThatIsRemovedGivesBackWhatWasTyped) {
    const std::string party = here + "/parter/" + std::to_string(world.parties(id).at(0).id);
    const auto shown = karen.get(party).valueOf("shown");
    bo.get(here + "/parter");
    EXPECT_EQ(bo.post(party + "/fjern").status, 303);
    const auto gone = karen.post(party, {{"shown", shown}, {"name", "Karens navn"}, {"role", "consulted"}});
    EXPECT_EQ(gone.status, 404);
    EXPECT_THAT(gone.body, HasSubstr("ikke tabt"));
    EXPECT_THAT(gone.body, HasSubstr("readonly>\nKarens navn</textarea>"));
    EXPECT_THAT(gone.body, Not(HasSubstr(shown)));
}

TEST_F(Meanwhile, TheReminderPlan) {
    const std::string plan = here + "/paamindelser";
    const auto days = [](const std::string& shown, const std::string& n) {
        return Visitor::Fields{
            {"shown", shown}, {"days_0", n}, {"unit_0", "days"}, {"time_0", "09.00"}, {"late_answers", "Ring til os"}};
    };
    const auto shown = karen.get(plan).valueOf("shown");
    EXPECT_EQ(bo.post(plan, days(bo.get(plan).valueOf("shown"), "4")).status, 303);
    const auto conflict = karen.post(plan, days(shown, "6"));
    expectBoth(conflict, "4 dage før fristen, kl. 9.00", "value=\"6\"");
    auto over = days(shown, "6");
    over.emplace_back("overwrite", conflict.valueOf("overwrite"));
    EXPECT_EQ(karen.post(plan, over).status, 303);
    EXPECT_THAT(karen.get(plan).body, HasSubstr("value=\"6\""));
}

TEST_F(Meanwhile, TheFactsSayWhoItWas) {
    const std::string facts = here + "/oplysninger";
    const auto titled = [](const Visitor::Got& page, const std::string& title) {
        return Visitor::Fields{
            {"version", page.valueOf("version")}, {"words", page.valueOf("words")}, {"title", title}};
    };
    const auto page = karen.get(facts);
    EXPECT_EQ(bo.post(facts, titled(bo.get(facts), "Bos titel")).status, 303);
    expectBoth(karen.post(facts, titled(page, "Karens titel")), "Bos titel", "value=\"Karens titel\"");
}

TEST_F(Meanwhile, AnEnclosuresTitleAndOrder) {
    const std::string list = here + "/bilag";
    karen.get(list);
    for (const char* name : {"a.txt", "b.txt"}) EXPECT_EQ(karen.upload(list, {}, "file", name, name).status, 303);
    const auto ids = world.database.read([&](sqlite::ReadTx& tx) { return sqlite::enclosuresOf(tx, id); });
    const std::string first = std::to_string(ids.at(0).id), second = std::to_string(ids.at(1).id);
    bo.get(list);
    const auto titles = [&](const std::string& one, const std::string& two) {
        return Visitor::Fields{
            {"title_" + first, one}, {"shown_" + first, "a"}, {"title_" + second, two}, {"shown_" + second, "b"}};
    };
    EXPECT_EQ(bo.post(list, titles("Bos titel", "b")).status, 303);
    EXPECT_EQ(karen.post(list, titles("a", "Karens titel")).status, 303);
    const auto page = karen.get(list);
    EXPECT_THAT(page.body, HasSubstr("value=\"Bos titel\"")) << "a title nobody touched here is left as it is";
    EXPECT_THAT(page.body, HasSubstr("value=\"Karens titel\""));
    const auto conflict = karen.post(list, titles("Karens bud", "b"));
    EXPECT_EQ(conflict.status, 422);
    EXPECT_THAT(conflict.body, HasSubstr("name=\"shown_" + first + "\" form=\"bilag\" value=\"Bos titel\""));
    EXPECT_THAT(conflict.body, HasSubstr("En secretariat gemte 2. november 2026"));
    EXPECT_THAT(conflict.body, HasSubstr("Nu hedder bilaget »Bos titel«"));
    EXPECT_THAT(conflict.body, HasSubstr("value=\"Karens bud\"")) << "typed words stay";
    EXPECT_EQ(conflict.valueOf("shown_" + first), "");

    EXPECT_EQ(bo.post(list + "/" + first + "/fjern", {}).status, 303);
    const auto gone = karen.post(list, titles("Karens nye titel", "Karens titel"));
    EXPECT_EQ(gone.status, 422) << "nothing was saved, and nobody is told that it was";
    EXPECT_THAT(gone.body, HasSubstr("Bilaget er fjernet imens, så titlen »Karens nye titel« er ikke gemt."));
    EXPECT_THAT(gone.body, HasSubstr("En administrator gemte 2. november 2026"));
    EXPECT_EQ(karen.upload(list, {}, "file", "c.txt", "c.txt").status, 303);

    const auto now = world.database.read([&](sqlite::ReadTx& tx) { return sqlite::enclosuresOf(tx, id); });
    const std::string last = std::to_string(now.at(1).id);
    for (int i = 0; i < 2; ++i)
        EXPECT_EQ(karen.post(list + "/" + last + "/op", {{"place", "1"}}).location, list + "?besked=enclosure_moved");
    EXPECT_EQ(karen.post(list + "/" + last + "/op", {{"place", "5"}}).location,
              list + "?besked=enclosure_order_changed");
}

TEST_F(Meanwhile, AnAddress) {
    const auto open = world.consultation().openUntil("2026-12-01").with("Rådet").publish();
    const auto contact = world.parties(open).at(0).contacts.at(0);
    const std::string address =
        "/kontor/hoeringer/" + std::to_string(open) + "/kontakter/" + std::to_string(contact.id) + "/adresse";
    const auto shown = karen.get(address).valueOf("shown");
    EXPECT_EQ(shown, contact.mail);
    bo.get(address);
    EXPECT_EQ(bo.post(address, {{"shown", shown}, {"mail", "bo@o.dk"}}).status, 303);
    const auto conflict = karen.post(address, {{"shown", shown}, {"mail", "karen@o.dk"}});
    expectBoth(conflict, "bo@o.dk", "value=\"karen@o.dk\"");
    EXPECT_EQ(
        karen.post(address, {{"shown", shown}, {"mail", "karen@o.dk"}, {"overwrite", conflict.valueOf("overwrite")}})
            .status,
        303);
    EXPECT_EQ(world.parties(open).at(0).contacts.at(0).mail, "karen@o.dk");
}

TEST_F(Meanwhile, AWordingSaysWhoItWas) {
    const std::string wording = here + "/ordlyd/invitation";
    const auto words = [](const Visitor::Got& page, const std::string& body) {
        return Visitor::Fields{{"language", "da"},
                               {"version", page.valueOf("version")},
                               {"subject", "Emne"},
                               {"body", body},
                               {"step", "save"}};
    };
    const auto page = karen.get(wording + "?sprog=da");
    EXPECT_EQ(bo.post(wording, words(bo.get(wording + "?sprog=da"), "Bos brev")).status, 303);
    const auto conflict = karen.post(wording, words(page, "Karens brev"));
    EXPECT_EQ(conflict.status, 409);
    EXPECT_THAT(conflict.body, HasSubstr("En administrator gemte 2. november 2026 kl. 9.00."));
    EXPECT_THAT(conflict.body, HasSubstr("Bos brev"));
    EXPECT_THAT(conflict.body, HasSubstr("Karens brev"));
}

TEST_F(Meanwhile, ADraftIsDeletedOnlyAsItWasSeenAndTheJournalSaysSo) {
    const auto asked = karen.get(here + "/slet");
    EXPECT_EQ(asked.status, 200);
    EXPECT_THAT(karen.get(here).body, HasSubstr("href=\"" + here + "/slet\""));
    EXPECT_EQ(world.count("consultations"), 1) << "asking deletes nothing";
    const Visitor::Fields sent{{"version", asked.valueOf("version")}};
    bo.get(here + "/parter");
    EXPECT_EQ(bo.post(here + "/parter", {{"name", "Rådet"}, {"role", "consulted"}, {"contacts", "r@o.dk"}}).status,
              303);
    const auto changed = karen.post(here + "/slet", sent);
    EXPECT_EQ(changed.status, 409);
    EXPECT_THAT(changed.body, HasSubstr("2 parter"));
    const Visitor::Fields now{{"version", changed.valueOf("version")}};
    const std::string letter = here + "/vis/" + std::to_string(world.parties(id).at(0).contacts.at(0).id);
    EXPECT_EQ(karen.post(letter + "/proeve", {{"key", std::string(32, 'a')}}).status, 303);
    for (int i = 0; i < 2; ++i)
        EXPECT_EQ(karen.post(here + "/slet", now).location, "/kontor?besked=draft_deleted") << "a double click";
    EXPECT_THAT(karen.get("/kontor?besked=draft_deleted").body, HasSubstr("Kladden er slettet"));
    EXPECT_EQ(karen.get(here).status, 404);
    EXPECT_THAT(karen.get("/kontor/breve").body, HasSubstr("/kontor/breve/1\"")) << "a test sent to oneself was sent";
    EXPECT_EQ(karen.get("/kontor/breve/1").status, 200);
    const auto journal = karen.get("/kontor/journal");
    EXPECT_THAT(journal.body, HasSubstr("Slettede kladden"));
    EXPECT_THAT(journal.body, HasSubstr("Skolevej"));
}

TEST_F(Meanwhile, AConsultationThatWasSentIsNotDeleted) {
    const auto open = world.consultation().openUntil("2026-12-01").with("Rådet").publish();
    const std::string there = "/kontor/hoeringer/" + std::to_string(open);
    EXPECT_EQ(karen.get(there + "/slet").status, 409);
    EXPECT_THAT(karen.get(there).body, Not(HasSubstr("/slet\"")));
    EXPECT_EQ(karen.post(there + "/slet", {{"version", std::to_string(world.find(open).version)}}).status, 409);
    EXPECT_EQ(world.count("consultations"), 2);
}

} // namespace
} // namespace hoering
