// A draft written in the office: kept when refused, never overwritten silently, sent once.
#include <gmock/gmock.h>

#include "common/strings.h"
#include "sqlite/files.h"
#include "support/web_world.h"

namespace hoering {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

struct OfficeDraft : ::testing::Test {
    testing::WebWorld world;
    testing::Visitor karen = world.staff(Role::secretariat);

    /// The value of a hidden field on a page.
    static std::string valueOf(const std::string& body, const std::string& name) {
        const auto at = body.find("name=\"" + name + "\" value=\"");
        if (at == std::string::npos) return "";
        const auto from = at + name.size() + 15;
        return body.substr(from, body.find('"', from) - from);
    }
    /// The send gate's last button, as the page was shown.
    static testing::Visitor::Fields confirmed(const std::string& page) {
        return {{"fingerprint", valueOf(page, "fingerprint")}, {"key", valueOf(page, "key")}, {"step", "confirm"}};
    }
    static testing::Visitor::Fields facts(const std::string& page, std::string title, std::string summary = "") {
        return {{"version", valueOf(page, "version")},
                {"words", valueOf(page, "words")},
                {"title", std::move(title)},
                {"summary", std::move(summary)},
                {"language", "da"},
                {"go", "stay"}};
    }
};

TEST_F(OfficeDraft, IsCreatedOnceFromAFormSentTwice) {
    const auto form = karen.get("/kontor/hoeringer/ny");
    const testing::Visitor::Fields fields{{"key", valueOf(form.body, "key")}, {"title", "Ny skolevej"}, {"go", "next"}};
    const auto first = karen.post("/kontor/hoeringer/ny", fields), second = karen.post("/kontor/hoeringer/ny", fields);
    EXPECT_EQ(first.status, 303);
    EXPECT_EQ(first.location, second.location);
    EXPECT_EQ(world.count("consultations"), 1);
}

TEST_F(OfficeDraft, IsCreatedOnceThoughTheFormWasMadeAnewByGoingBack) {
    const auto send = [&](testing::Visitor& who, const std::string& title) {
        const auto key = valueOf(who.get("/kontor/hoeringer/ny").body, "key"); // another each time
        return who.post("/kontor/hoeringer/ny", {{"key", key}, {"title", title}, {"go", "next"}}).location;
    };
    const auto first = send(karen, "Ny skolevej");
    EXPECT_EQ(send(karen, "Ny skolevej"), first);
    EXPECT_EQ(world.count("consultations"), 1);
    EXPECT_NE(send(karen, "Ny skolevej 2"), first) << "other words are another draft";
    testing::Visitor bo = world.staff(Role::administrator);
    EXPECT_NE(send(bo, "Ny skolevej"), first) << "a colleague's is another";
    world.database.write([&](sqlite::Tx& tx) {
        tx.sql("UPDATE consultations SET state = 'cancelled' WHERE id = 1").run();
        tx.housekeeping("test");
    });
    EXPECT_NE(send(karen, "Ny skolevej"), first) << "one that is over is not gone on with";
    EXPECT_EQ(world.count("consultations"), 4);
}

TEST_F(OfficeDraft, KeepsWhatWasTypedWhenAFieldIsRefused) {
    karen.get("/kontor/hoeringer/ny");
    const auto refused = karen.post("/kontor/hoeringer/ny", {{"title", ""}, {"summary", "Et <godt> resumé"}});
    EXPECT_EQ(refused.status, 422);
    EXPECT_TRUE(refused.has("Et &lt;godt&gt; resumé"));
    EXPECT_TRUE(refused.has("#field-title"));
    EXPECT_EQ(world.count("consultations"), 0);
}

TEST_F(OfficeDraft, AsksWhichHourOnlyWhenThereAreTwo) {
    const auto form = karen.get("/kontor/hoeringer/ny");
    EXPECT_FALSE(form.has("deadline_which"));
    const auto asked = karen.post("/kontor/hoeringer/ny",
                                  {{"title", "Natten"}, {"deadline_date", "31.10.2027"}, {"deadline_time", "2.30"}});
    EXPECT_EQ(asked.status, 422);
    EXPECT_TRUE(asked.has("deadline_which"));
    const auto answered = karen.post(
        "/kontor/hoeringer/ny",
        {{"title", "Natten"}, {"deadline_date", "31.10.2027"}, {"deadline_time", "2.30"}, {"deadline_which", "2"}});
    ASSERT_EQ(answered.status, 303);
    EXPECT_EQ(world.find(1).text.deadline->stored(), "2027-10-31T02:30 2");
}

TEST_F(OfficeDraft, ShowsBothWhenAColleagueSavedMeanwhile) {
    const auto id = world.consultation().titled("Udgave 1").draft();
    const std::string address = "/kontor/hoeringer/" + std::to_string(id) + "/oplysninger";
    const auto form = karen.get(address);
    testing::Visitor bo = world.staff(Role::administrator);
    EXPECT_EQ(bo.post(address, facts(bo.get(address).body, "Bos udgave")).status, 303);

    const auto conflict = karen.post(address, facts(form.body, "Karens udgave"));
    EXPECT_EQ(conflict.status, 409);
    EXPECT_TRUE(conflict.has("Karens udgave"));
    EXPECT_TRUE(conflict.has("Bos udgave"));
    EXPECT_EQ(world.find(id).text.title, "Bos udgave");

    // The old form does not get through by being sent again, only on purpose.
    EXPECT_EQ(karen.post(address, facts(conflict.body, "Karens udgave")).status, 409);
    auto over = facts(conflict.body, "Karens udgave");
    over.emplace_back("overwrite", std::to_string(world.find(id).version));
    EXPECT_EQ(karen.post(address, over).status, 303);
    EXPECT_EQ(world.find(id).text.title, "Karens udgave");
}

TEST_F(OfficeDraft, IsNoConflictWhenOnlyAPartyWasAdded) {
    const auto id = world.consultation().titled("Udgave 1").draft();
    const std::string here = "/kontor/hoeringer/" + std::to_string(id);
    const auto form = karen.get(here + "/oplysninger");
    EXPECT_EQ(karen.post(here + "/parter", {{"name", "Rådet"}, {"role", "consulted"}, {"contacts", "a@b.dk"}}).status,
              303);
    EXPECT_EQ(karen.post(here + "/oplysninger", facts(form.body, "Udgave 2")).status, 303);
    EXPECT_EQ(world.find(id).text.title, "Udgave 2");
}

TEST_F(OfficeDraft, TakesDanishDomainsAndSaysWhyDanishLettersBeforeTheAtCannotBe) {
    const auto id = world.consultation().titled("Adresser").draft();
    const std::string parties = "/kontor/hoeringer/" + std::to_string(id) + "/parter";
    karen.get(parties);
    const auto refused = karen.post(
        parties, {{"name", "Rådet"}, {"role", "consulted"}, {"contacts", "Søren <søren@skole.dk>\npost@rådhus.dk"}});
    EXPECT_EQ(refused.status, 422);
    EXPECT_TRUE(refused.has("Adressen søren@skole.dk har æ, ø, å"));
    EXPECT_TRUE(refused.has("post@rådhus.dk")); // what was typed is kept
    EXPECT_EQ(
        karen.post(parties, {{"name", "Rådet"}, {"role", "consulted"}, {"contacts", "Søren post@rådhus.dk"}}).status,
        303);
    EXPECT_EQ(world.parties(id).at(0).contacts.at(0).mail, "post@xn--rdhus-mra.dk");
    const auto twice = karen.post(
        parties, {{"name", "Skolen"}, {"role", "consulted"}, {"contacts", "post@rådhus.dk\npost@XN--rdhus-mra.dk"}});
    EXPECT_EQ(twice.status, 422); // one address, typed in two ways
}

TEST_F(OfficeDraft, MakesAContactOfEachPastedAddressAndLosesNobody) {
    const auto id = world.consultation().titled("Adresser").draft();
    const std::string parties = "/kontor/hoeringer/" + std::to_string(id) + "/parter";
    karen.get(parties);
    const auto add = [&](std::string name, std::string contacts) {
        return karen.post(parties, {{"name", name}, {"role", "consulted"}, {"contacts", contacts}});
    };
    EXPECT_EQ(add("Rådet", "\"Holm; Karen\" <karen@o.dk>; per@o.dk").status, 303);
    const auto contacts = world.parties(id).at(0).contacts;
    ASSERT_EQ(contacts.size(), 2u);
    EXPECT_EQ(contacts[0].name, "Holm; Karen");
    EXPECT_EQ(contacts[1].mail, "per@o.dk");
    const std::string one = parties + "/" + std::to_string(world.parties(id).at(0).id);
    EXPECT_TRUE(karen.get(one).has("&quot;Holm; Karen&quot; &lt;karen@o.dk&gt;\nper@o.dk"))
        << "as it may be saved again";

    const auto refused = add("Skolen", "Karen karen@o.dk per@o.dk");
    EXPECT_EQ(refused.status, 422);
    EXPECT_TRUE(refused.has("Vi kan ikke læse »Karen karen@o.dk per@o.dk«"));
    EXPECT_EQ(world.parties(id).size(), 1u);
}

TEST_F(OfficeDraft, GivesNoTwoPartiesTheSameName) {
    const auto id = world.consultation().titled("Navne").with("Rådet").with("Skolen").draft();
    const std::string parties = "/kontor/hoeringer/" + std::to_string(id) + "/parter";
    const std::string skole = parties + "/" + std::to_string(world.parties(id).at(1).id);
    const auto shown = karen.get(skole).valueOf("shown");
    const auto named = [&](const std::string& address, const std::string& name) {
        return karen.post(address, {{"shown", shown}, {"name", name}, {"role", "consulted"}, {"contacts", "a@b.dk"}});
    };
    for (const std::string& address : {parties, skole}) {
        const auto refused = named(address, "Rådet");
        EXPECT_EQ(refused.status, 422) << address;
        EXPECT_TRUE(refused.has("Rådet står allerede på listen")) << address;
    }
    EXPECT_EQ(named(skole, "Skolen").status, 303) << "its own name is no other's";
    EXPECT_EQ(world.parties(id).at(1).contacts.at(0).mail, "a@b.dk");
}

TEST_F(OfficeDraft, KeepsTheGoodFileAndNamesTheBadOne) {
    const auto id = world.consultation().titled("Med bilag").draft();
    const std::string here = "/kontor/hoeringer/" + std::to_string(id) + "/bilag";
    karen.get(here);
    EXPECT_EQ(karen.upload(here, {}, "file", "notat.txt", "Et notat\n").status, 303);
    const auto refused = karen.upload(here, {}, "file", "billede.svg", "<svg></svg>");
    EXPECT_EQ(refused.status, 422);
    EXPECT_TRUE(refused.has("billede.svg"));
    EXPECT_TRUE(refused.has("notat"));
    EXPECT_EQ(world.count("enclosures"), 1);
}

TEST_F(OfficeDraft, GoesOnFromThePartiesWithWhatIsTyped) {
    const auto id = world.consultation().titled("Parter").draft();
    const std::string here = "/kontor/hoeringer/" + std::to_string(id);
    EXPECT_TRUE(karen.get(here + "/parter").has("Gem og gå videre til Påmindelser"));
    const auto empty =
        karen.post(here + "/parter", {{"name", " "}, {"role", "consulted"}, {"contacts", ""}, {"go", "next"}});
    EXPECT_EQ(empty.location, here + "/paamindelser") << "nothing is typed, and nothing is asked for";
    const auto half =
        karen.post(here + "/parter", {{"name", "Rådet"}, {"role", "consulted"}, {"contacts", ""}, {"go", "next"}});
    EXPECT_EQ(half.status, 422);
    EXPECT_TRUE(half.has("value=\"Rådet\""));
    EXPECT_TRUE(half.has("Skriv mindst én mailadresse"));
    const auto whole = karen.post(here + "/parter",
                                  {{"name", "Rådet"}, {"role", "consulted"}, {"contacts", "a@b.dk"}, {"go", "next"}});
    EXPECT_EQ(whole.location, here + "/paamindelser?besked=party_added");
    EXPECT_EQ(world.parties(id).size(), 1u);
    EXPECT_TRUE(karen.follow(whole).has("Parten er tilføjet"));
}

TEST_F(OfficeDraft, GoesOnFromTheEnclosuresWithChosenFilesAndTypedTitles) {
    const auto id = world.consultation().titled("Bilag").draft();
    const std::string here = "/kontor/hoeringer/" + std::to_string(id);
    karen.get(here + "/bilag");
    EXPECT_EQ(karen.upload(here + "/bilag", {{"go", "next"}}, "file", "", "").location, here + "/parter");
    EXPECT_EQ(karen.upload(here + "/bilag", {}, "file", "", "").status, 422) << "adding needs a file";
    const auto bad = karen.upload(here + "/bilag", {{"go", "next"}}, "file", "billede.svg", "<svg></svg>");
    EXPECT_EQ(bad.status, 422);
    EXPECT_TRUE(bad.has("billede.svg"));
    const auto added = karen.upload(here + "/bilag", {{"go", "next"}}, "file", "notat.txt", "Et notat");
    EXPECT_EQ(added.location, here + "/parter?besked=file_added");
    EXPECT_TRUE(karen.follow(added).has("Filen er tilføjet"));

    const auto titles = [&] {
        std::string all;
        for (const auto& each : world.database.read([&](sqlite::ReadTx& tx) { return sqlite::enclosuresOf(tx, id); }))
            all += each.title + ";";
        return all;
    };
    EXPECT_EQ(titles(), "notat;");
    const auto retitle = [&](const char* shown, const char* title, const char* go, const char* file) {
        return karen.upload(here + "/bilag", {{"shown_1", shown}, {"title_1", title}, {"go", go}}, "file", file, file);
    };
    EXPECT_EQ(retitle("notat", "Notat", "next", "").location, here + "/parter?besked=enclosure_renamed");
    EXPECT_EQ(retitle("Notat", "Notatet", "title", "").location, here + "/bilag?besked=enclosure_renamed");
    const auto both = retitle("Notatet", "", "next", "plan.txt");
    EXPECT_EQ(both.status, 422);
    EXPECT_TRUE(both.has("href=\"#field-title_1\""));
    EXPECT_TRUE(both.has("Skriv bilagets titel"));
    EXPECT_TRUE(both.has("value=\"plan\"")) << "the new one has its own title beside the one being mended";
    EXPECT_EQ(titles(), "Notatet;plan;");
}

TEST_F(OfficeDraft, IsSentOnceFromTheGateAndSaysWhatStopsIt) {
    const auto empty = world.consultation().titled("Ikke klar").draft();
    EXPECT_FALSE(karen.get("/kontor/hoeringer/" + std::to_string(empty) + "/tjek").has("value=\"confirm\""));

    const auto id =
        world.consultation().openUntil("2026-12-01").with("LokalMED").with("Politiet", PartyRole::informed).draft();
    const std::string gate = "/kontor/hoeringer/" + std::to_string(id) + "/tjek";
    const auto shown = karen.get(gate);
    EXPECT_TRUE(shown.has("LokalMED"));
    const auto read = karen.post(gate, {{"read", std::to_string(world.parties(id)[1].contacts[0].id)}});
    EXPECT_THAT(read.body, HasSubstr("Til orientering")) << "the second party's letter in full";
    EXPECT_EQ(world.find(id).state, ConsultationState::draft) << "reading sends nothing";
    const auto confirm = confirmed(shown.body);
    const auto sent = karen.post(gate, confirm), again = karen.post(gate, confirm);
    EXPECT_THAT(sent.location, StartsWith("/kontor/hoeringer/" + std::to_string(id) + "?besked=published"));
    EXPECT_EQ(again.location, sent.location);
    EXPECT_EQ(world.letters().size(), 2U);
    EXPECT_EQ(world.find(id).state, ConsultationState::open);
}

TEST_F(OfficeDraft, IsNotSentOtherwiseThanItWasShown) {
    const auto id = world.consultation().openUntil("2026-12-01").with("LokalMED").draft();
    const std::string here = "/kontor/hoeringer/" + std::to_string(id);
    const auto shown = karen.get(here + "/tjek");
    karen.post(here + "/parter", {{"name", "Rådet"}, {"role", "consulted"}, {"contacts", "a@b.dk"}});
    const auto refused = karen.post(here + "/tjek", confirmed(shown.body));
    EXPECT_EQ(refused.status, 409);
    EXPECT_TRUE(refused.has("a@b.dk")) << "and shown again as it is now";
    EXPECT_EQ(world.find(id).state, ConsultationState::draft);
    EXPECT_TRUE(world.letters().empty());
}

} // namespace
} // namespace hoering
