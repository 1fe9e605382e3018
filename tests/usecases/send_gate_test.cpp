// What the send gate sees in a mailing's recipients.
#include "usecases/send_gate.h"

#include <gmock/gmock.h>

#include "sqlite/parties.h"
#include "support/ledger_world.h"
#include "usecases/cancel_consultation.h"
#include "usecases/close_early.h"
#include "usecases/correct_address.h"
#include "usecases/publish_consultation.h"

namespace hoering {
namespace {

using ::testing::Contains;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::IsEmpty;
using ::testing::Not;

struct SendGateTest : ::testing::Test {
    testing::World world;

    ActPlan plan(const Act& act, std::int64_t id) {
        const ActInput reason{{{"reason", "En grund"}}};
        return *world.database.read(
            [&](sqlite::ReadTx& tx) { return planAct(tx, world.office, act, id, reason, world.now()); });
    }
    std::vector<Finding> gateFindings(const ActPlan& plan) {
        std::vector<Finding> found;
        for (const auto& each : plan.findings)
            if (each.key.starts_with("finding.gate.")) found.push_back(each);
        return found;
    }
    std::vector<std::string> keys(const ActPlan& plan) {
        std::vector<std::string> found;
        for (const auto& each : gateFindings(plan)) found.push_back(each.key);
        return found;
    }
    void add(std::int64_t id, const std::string& name, const std::string& contacts) {
        const auto added = world.database.write([&](sqlite::Tx& tx) {
            return addParty(tx, world.officer, id, {name, "consulted", "da", contacts});
        });
        ASSERT_TRUE(added.ok());
    }
    /// As an import or an older version may have left it.
    void setMail(std::int64_t contact, const std::string& mail) {
        world.database.write([&](sqlite::Tx& tx) {
            sqlite::setContactMail(tx, contact, mail);
            tx.housekeeping("test");
        });
    }
};

TEST_F(SendGateTest, ACleanMailingHasNothingToSay) {
    const auto id = world.consultation().openUntil("2026-12-01").with("LokalMED").with("Rådet").draft();
    const auto shown = plan(publishAct, id);
    EXPECT_THAT(keys(shown), IsEmpty());
    EXPECT_EQ(shown.gate.letters, 2u);
    EXPECT_EQ(shown.gate.parties, 2u);
    EXPECT_EQ(shown.gate.addresses, 2u);
    EXPECT_EQ(shown.gate.domains, 2u);
    EXPECT_FALSE(shown.gate.since);
}

TEST_F(SendGateTest, NamesThePartiesThatShareAnAddressWhateverItsCase) {
    const auto id = world.consultation().openUntil("2026-12-01").with("LokalMED").draft();
    add(id, "Bestyrelsen", "KONTAKT@Part1.Example");
    const auto shown = plan(publishAct, id);
    const auto found = gateFindings(shown);
    ASSERT_EQ(found.size(), 1u);
    EXPECT_EQ(found[0].key, "finding.gate.twice");
    EXPECT_FALSE(found[0].stops);
    EXPECT_THAT(found[0].args, Contains(std::pair<std::string, std::string>("parties", "LokalMED, Bestyrelsen")));
    EXPECT_THAT(shown.findings, Not(Contains(Field(&Finding::key, "finding.mail.twice")))) << "said once";
    EXPECT_EQ(shown.gate.addresses, 1u);
}

TEST_F(SendGateTest, AMalformedAddressStopsADraftAndOnlyWarnsAboutACancellation) {
    const auto id = world.consultation().openUntil("2026-12-01").with("LokalMED").with("Rådet").draft();
    setMail(world.parties(id)[0].contacts[0].id, "kontakt@intet punktum");
    auto found = gateFindings(plan(publishAct, id));
    ASSERT_EQ(found.size(), 1u);
    EXPECT_EQ(found[0].key, "finding.gate.syntax");
    EXPECT_TRUE(found[0].stops);
    EXPECT_EQ(found[0].field, "parties");
    const auto refused = world.database.write([&](sqlite::Tx& tx) {
        return publishConsultation(tx, world.office, world.officer, id, world.find(id).version);
    });
    EXPECT_EQ(refused.error().key, "error.consultation.not_ready");

    setMail(world.parties(id)[0].contacts[0].id, "kontakt@part1.example");
    ASSERT_TRUE(world.database
                    .write([&](sqlite::Tx& tx) {
                        return publishConsultation(tx, world.office, world.officer, id, world.find(id).version);
                    })
                    .ok());
    const auto contact = world.parties(id)[0].contacts[0].id;
    setMail(contact, "kontakt@intet punktum");
    found = gateFindings(plan(cancelAct, id));
    ASSERT_EQ(found.size(), 1u);
    EXPECT_FALSE(found[0].stops);
    EXPECT_EQ(found[0].field, "contact." + std::to_string(contact));
}

TEST_F(SendGateTest, RemembersAddressesThatFailedBeforeUntilALetterGetsThrough) {
    world.consultation().openUntil("2026-12-01").with("LokalMED").with("Rådet").publish();
    testing::refuseNext(world);
    const auto second = testing::acceptNext(world);
    testing::bounce(world, second);
    const auto next = world.consultation().openUntil("2026-12-01").with("LokalMED").with("Rådet").draft();
    EXPECT_THAT(keys(plan(publishAct, next)),
                ElementsAre("finding.gate.refused_before", "finding.gate.bounced_before"));
    EXPECT_THAT(gateFindings(plan(publishAct, next)), Each(Field(&Finding::stops, false)));

    ASSERT_TRUE(world.database
                    .write([&](sqlite::Tx& tx) {
                        return publishConsultation(tx, world.office, world.officer, next, world.find(next).version);
                    })
                    .ok());
    testing::acceptNext(world);
    testing::acceptNext(world);
    const auto third = world.consultation().openUntil("2026-12-01").with("LokalMED").with("Rådet").draft();
    EXPECT_THAT(keys(plan(publishAct, third)), IsEmpty());
}

TEST_F(SendGateTest, AMailingToAllNamesThePartyWithoutAnAddress) {
    const auto id = world.consultation().openUntil("2026-12-01").with("LokalMED").with("Rådet").publish();
    const auto contact = world.parties(id)[1].contacts[0].id;
    world.database.write([&](sqlite::Tx& tx) {
        tx.sql("UPDATE contacts SET removed_at = 1 WHERE id = ?").bind(contact).run();
        tx.housekeeping("test");
    });
    const auto found = gateFindings(plan(closeEarlyAct, id));
    ASSERT_EQ(found.size(), 1u);
    EXPECT_EQ(found[0].key, "finding.gate.no_letter");
    EXPECT_THAT(found[0].args, Contains(std::pair<std::string, std::string>("party", "Rådet")));
}

TEST_F(SendGateTest, ComparesWithTheLastMailing) {
    const auto id =
        world.consultation().openUntil("2026-12-01").with("LokalMED").with("Rådet").with("Politiet").publish();
    const auto same = plan(closeEarlyAct, id).gate.since;
    ASSERT_TRUE(same);
    EXPECT_EQ(same->act, "publish");
    EXPECT_EQ(same->same, 3u);
    EXPECT_THAT(same->changes, IsEmpty());

    const auto parties = world.parties(id);
    ASSERT_TRUE(world.database
                    .write([&](sqlite::Tx& tx) {
                        return correctAddress(tx, world.office, world.officer, id, parties[0].contacts[0].id,
                                              {"ny@part1.example", true});
                    })
                    .ok());
    world.database.write([&](sqlite::Tx& tx) {
        tx.sql("UPDATE contacts SET removed_at = 1 WHERE id = ?").bind(parties[1].contacts[0].id).run();
        tx.sql("INSERT INTO contacts(party_id, name, mail) VALUES (?, 'Ny', 'ny@raadet.example')")
            .bind(parties[1].id)
            .run();
        tx.housekeeping("test");
    });
    const auto since = plan(closeEarlyAct, id).gate.since;
    ASSERT_TRUE(since);
    EXPECT_EQ(since->same, 1u);
    ASSERT_EQ(since->changes.size(), 3u);
    EXPECT_EQ(since->changes[0].kind, AddressChange::Kind::moved);
    EXPECT_EQ(since->changes[0].before, "kontakt@part1.example");
    EXPECT_EQ(since->changes[0].after, "ny@part1.example");
    EXPECT_EQ(since->changes[1].kind, AddressChange::Kind::added);
    EXPECT_EQ(since->changes[1].after, "ny@raadet.example");
    EXPECT_EQ(since->changes[2].kind, AddressChange::Kind::gone);
    EXPECT_EQ(since->changes[2].before, "kontakt@part2.example");

    // An act that writes to some: the others go on getting theirs, and are not called missing.
    auto some = plan(closeEarlyAct, id);
    std::erase_if(some.letters, [&](const auto& out) { return out.party == parties[0].id; });
    const auto gate = world.database.read([&](sqlite::ReadTx& tx) { return lookAtSendGate(tx, some); });
    ASSERT_TRUE(gate.since);
    for (const auto& change : gate.since->changes) EXPECT_NE(change.before, "kontakt@part1.example");
}

TEST_F(SendGateTest, ADomainWhoseMailServersAreNowhereOnlyWarns) {
    const auto id = world.consultation().openUntil("2026-12-01").with("Et").with("To").draft();
    auto draft = plan(publishAct, id);
    addDomainFindings(draft,
                      {{"part1.example", DomainAnswer::lostExchangers}, {"part2.example", DomainAnswer::accepts}});
    EXPECT_THAT(keys(draft), ElementsAre("finding.gate.domain_lost"));
    EXPECT_FALSE(anyStops(draft.findings));
}

TEST_F(SendGateTest, DomainsThatTakeNoMailStopADraftAndUnansweredOnesAreSaid) {
    const auto id = world.consultation().openUntil("2026-12-01").with("Et").with("To").with("Tre").with("Fire").draft();
    auto draft = plan(publishAct, id);
    EXPECT_THAT(mailDomainsOf(draft), ElementsAre("part1.example", "part2.example", "part3.example", "part4.example"));
    const std::map<std::string, DomainAnswer> answers{{"part1.example", DomainAnswer::accepts},
                                                      {"part2.example", DomainAnswer::doesNotExist},
                                                      {"part3.example", DomainAnswer::nullMx},
                                                      {"part4.example", DomainAnswer::unknown}};
    addDomainFindings(draft, answers);
    EXPECT_THAT(keys(draft), ElementsAre("finding.gate.domain_missing", "finding.gate.domain_no_mail",
                                         "finding.gate.domains_unknown"));
    EXPECT_TRUE(anyStops(draft.findings));

    ASSERT_TRUE(world.database
                    .write([&](sqlite::Tx& tx) {
                        return publishConsultation(tx, world.office, world.officer, id, world.find(id).version);
                    })
                    .ok());
    auto later = plan(cancelAct, id);
    addDomainFindings(later, answers);
    EXPECT_FALSE(anyStops(later.findings)) << "the others must hear that it is cancelled";
    EXPECT_EQ(keys(later).size(), 3u);
}

TEST_F(SendGateTest, AnEndlessListIsShortened) {
    auto builder = world.consultation().openUntil("2026-12-01");
    for (int i = 0; i < 40; ++i) builder.with("Part " + std::to_string(i));
    const auto id = builder.draft();
    for (const auto& party : world.parties(id)) setMail(party.contacts[0].id, "a b@c.dk" + std::to_string(party.id));
    const auto found = gateFindings(plan(publishAct, id));
    ASSERT_EQ(found.size(), 26u);
    EXPECT_EQ(found.back().key, "finding.gate.more");
    EXPECT_THAT(found.back().args, Contains(std::pair<std::string, std::string>("n", "15")));
}

} // namespace
} // namespace hoering
