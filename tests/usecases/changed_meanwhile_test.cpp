// What a colleague saved meanwhile is never overwritten unseen; the same form sent twice is one.
#include <gmock/gmock.h>

#include "domain/typed_contacts.h"
#include "sqlite/files.h"
#include "sqlite/users.h"
#include "support/world.h"
#include "usecases/correct_address.h"
#include "usecases/manage_users.h"

namespace hoering {
namespace {

constexpr const char* meanwhile = "error.changed_meanwhile";

struct ChangedMeanwhile : ::testing::Test {
    testing::World world;
    std::int64_t id = world.consultation().titled("Skolevej").openUntil("2026-12-01").with("LokalMED").draft();

    template <class F> std::string refusal(F&& f) {
        const auto done = world.database.write(std::forward<F>(f));
        if (done) return "";
        return done.error().fields.empty() ? done.error().key : done.error().fields[0].key;
    }
    Party party() { return world.parties(id).at(0); }
    std::string saveParty(const std::string& name, const std::string& shown) {
        return refusal([&](sqlite::Tx& tx) {
            return hoering::saveParty(tx, world.officer, id, party().id, {name, "consulted", "da", "a@o.dk"}, shown);
        });
    }
    ReminderPlan plan() {
        return world.database.read([&](sqlite::ReadTx& tx) { return loadConsultation(tx, id); })->reminders;
    }
    std::string savePlan(const std::string& days, const std::string& shown) {
        return refusal([&](sqlite::Tx& tx) {
            return saveReminderPlan(tx, world.officer, id, {{days, "workdays", "09.00"}}, {}, shown);
        });
    }
    std::int64_t enclose(const std::string& name, char sha) {
        return *world.database.write([&](sqlite::Tx& tx) {
            return addEnclosure(tx, world.officer, id, {0, std::string(64, sha), name, "text/plain", 3, {}}, "");
        });
    }
    std::vector<std::string> titles() {
        std::vector<std::string> all;
        for (const auto& each : world.database.read([&](sqlite::ReadTx& tx) { return sqlite::enclosuresOf(tx, id); }))
            all.push_back(each.title);
        return all;
    }
    long times(std::string_view act) {
        const auto acts = world.acts();
        return std::count(acts.begin(), acts.end(), act);
    }
};

TEST_F(ChangedMeanwhile, APartyIsSavedOnlyAsItWasShown) {
    const auto shown = shownOf(party());
    EXPECT_EQ(saveParty("MED i Nord", shown), "");
    EXPECT_EQ(saveParty("MED i Syd", shown), meanwhile);
    EXPECT_EQ(saveParty("MED i Syd", ""), meanwhile) << "a form that says nothing saw nothing";
    EXPECT_EQ(party().name, "MED i Nord");
    EXPECT_EQ(saveParty("MED i Nord", shown), "") << "sent twice";
    EXPECT_EQ(times("party.edited"), 1);
    EXPECT_EQ(saveParty("MED i Syd", shownOf(party())), "") << "with what is stored now before one's eyes";
    EXPECT_EQ(party().name, "MED i Syd");
}

TEST_F(ChangedMeanwhile, EverythingThatCanBeEditedOfAPartyCounts) {
    const Party one = party();
    Party other = one;
    EXPECT_EQ(shownOf(other), shownOf(one));
    other.role = PartyRole::informed;
    EXPECT_NE(shownOf(other), shownOf(one));
    other = one;
    other.language = "en";
    EXPECT_NE(shownOf(other), shownOf(one));
    other = one;
    other.contacts.at(0).mail = "ny@o.dk";
    EXPECT_NE(shownOf(other), shownOf(one));
    other = one;
    other.contacts.at(0).id += 7; // rows are made anew at each save
    EXPECT_EQ(shownOf(other), shownOf(one));
}

TEST_F(ChangedMeanwhile, AReminderPlanIsReplacedOnlyAsItWasShown) {
    const auto shown = shownOf(plan());
    EXPECT_EQ(savePlan("5", shown), "");
    EXPECT_EQ(savePlan("7", shown), meanwhile);
    EXPECT_EQ(plan().steps.at(0).days, 5);
    EXPECT_EQ(savePlan("5", shown), "") << "sent twice";
    EXPECT_EQ(times("reminders.planned"), 1);
    EXPECT_EQ(savePlan("7", shownOf(plan())), "");
    EXPECT_EQ(plan().steps.at(0).days, 7);
}

TEST_F(ChangedMeanwhile, AnEnclosuresTitleIsChangedOnlyFromTheOneShown) {
    const auto enclosure = enclose("notat.txt", 'a');
    const auto rename = [&](const char* title, const char* shown) {
        return refusal([&](sqlite::Tx& tx) { return renameEnclosure(tx, world.officer, id, enclosure, title, shown); });
    };
    EXPECT_EQ(rename("Notat", "notat"), "");
    EXPECT_EQ(rename("Referat", "notat"), meanwhile);
    EXPECT_EQ(rename("Notat", "notat"), "") << "sent twice";
    EXPECT_EQ(times("enclosure.renamed"), 1);
    EXPECT_EQ(rename("Referat", "Notat"), "");
    EXPECT_THAT(titles(), ::testing::ElementsAre("Referat"));
}

TEST_F(ChangedMeanwhile, AnEnclosureMovesUpOnceFromWhereItWasShown) {
    enclose("a.txt", 'a');
    enclose("b.txt", 'b');
    const auto last = enclose("c.txt", 'c');
    const auto up = [&](std::size_t place) {
        return refusal([&](sqlite::Tx& tx) { return moveEnclosureUp(tx, world.officer, id, last, place); });
    };
    EXPECT_EQ(up(2), "");
    EXPECT_EQ(up(2), "") << "a double click";
    EXPECT_THAT(titles(), ::testing::ElementsAre("a", "c", "b"));
    EXPECT_EQ(up(1), "");
    EXPECT_EQ(up(2), meanwhile) << "from an older page";
    EXPECT_THAT(titles(), ::testing::ElementsAre("c", "a", "b"));
    EXPECT_EQ(times("enclosure.moved"), 2);
}

TEST_F(ChangedMeanwhile, AnAddressIsCorrectedOnlyFromTheOneShown) {
    const auto open = world.consultation().openUntil("2026-12-01").with("Rådet").publish();
    const auto contact = world.parties(open).at(0).contacts.at(0);
    const auto correct = [&](const char* mail, const std::string& shown) {
        return refusal([&](sqlite::Tx& tx) {
            return correctAddress(tx, world.office, world.officer, open, contact.id, {mail, true, shown});
        });
    };
    EXPECT_EQ(correct("ny@o.dk", contact.mail), "");
    const auto letters = world.letters().size();
    EXPECT_EQ(correct("anden@o.dk", contact.mail), meanwhile);
    EXPECT_EQ(correct("ny@o.dk", contact.mail), "") << "sent twice";
    EXPECT_EQ(world.letters().size(), letters) << "and nothing more is written to anybody";
    EXPECT_EQ(times("contact.address_corrected"), 1);
    EXPECT_EQ(correct("anden@o.dk", "ny@o.dk"), "");
}

TEST_F(ChangedMeanwhile, APartyOrAFileSentTwiceIsOne) {
    const auto add = [&](const char* contacts) {
        return world.database.write([&](sqlite::Tx& tx) {
            return addParty(tx, world.officer, id, {"Rådet", "informed", "da", contacts});
        });
    };
    const auto first = add("r@o.dk"), second = add("r@o.dk");
    ASSERT_TRUE(first && second);
    EXPECT_EQ(*first, *second);
    EXPECT_EQ(times("party.added"), 2) << "with the one that was there";
    EXPECT_FALSE(add("anden@o.dk")) << "the same name for another one is still refused";

    EXPECT_EQ(enclose("notat.txt", 'a'), enclose("notat.txt", 'a'));
    EXPECT_NE(enclose("notat.txt", 'a'), enclose("notat 2.txt", 'a')) << "under another name it is meant";
    EXPECT_EQ(times("enclosure.added"), 2);
}

TEST_F(ChangedMeanwhile, AColleagueAddedTwiceIsOneWhoseNewerLinkWorks) {
    const NewUser bo{"bo@o.dk", "Bo Berg", Role::reader, "da"};
    const auto add = [&](const NewUser& user) {
        return world.database.write([&](sqlite::Tx& tx) { return addUser(tx, world.office, world.officer, user); });
    };
    const auto first = add(bo), second = add(bo);
    ASSERT_TRUE(first && second);
    EXPECT_EQ(first->id, second->id);
    EXPECT_EQ(times("user.added"), 1);
    const auto works = [&](const std::string& token) {
        return world.database.read([&](sqlite::ReadTx& tx) { return lookAtPasswordLink(tx, token, world.now()); })
            .has_value();
    };
    EXPECT_FALSE(works(first->passwordToken));
    EXPECT_TRUE(works(second->passwordToken));
    EXPECT_FALSE(add({"bo@o.dk", "Bo Berg", Role::administrator, "da"})) << "another role is no second click";
    world.database.write([&](sqlite::Tx& tx) {
        sqlite::setPasswordHash(tx, first->id, "hash");
        tx.housekeeping("test");
    });
    EXPECT_FALSE(add(bo)) << "who works here already is not added again";
}

} // namespace
} // namespace hoering
