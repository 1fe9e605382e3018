#include <gmock/gmock.h>

#include <set>

#include "sqlite/links.h"
#include "sqlite/mailings.h"
#include "sqlite/reminders.h"
#include "support/world.h"
#include "text/letter_html.h"
#include "usecases/publish_consultation.h"

namespace hoering {
namespace {

using ::testing::Contains;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::Not;

struct PublishConsultation : ::testing::Test {
    testing::World world;
    Result<Done> publish(std::int64_t id, std::int64_t version) {
        return world.database.write(
            [&](sqlite::Tx& tx) { return publishConsultation(tx, world.office, world.officer, id, version); });
    }
    /// What the send gate shows.
    ActPlan gate(std::int64_t id) {
        return *world.database.read(
            [&](sqlite::ReadTx& tx) { return planAct(tx, world.office, publishAct, id, {}, world.now()); });
    }
};

TEST_F(PublishConsultation, OpensItAndQueuesOneLetterPerContactInOneCommit) {
    const auto id =
        world.consultation().openUntil("2026-12-01").with("LokalMED").with("Politiet", PartyRole::informed).draft();
    const auto before = world.database.counters().commits;
    ASSERT_TRUE(publish(id, world.find(id).version).ok());
    EXPECT_EQ(world.database.counters().commits, before + 1);
    EXPECT_EQ(world.find(id).state, ConsultationState::open);
    EXPECT_EQ(world.acts().back(), "consultation.published");
    const auto letters = world.letters();
    ASSERT_EQ(letters.size(), 2u);
    EXPECT_EQ(letters[0].kind, LetterKind::invitation);
    EXPECT_EQ(letters[1].kind, LetterKind::informed);
    EXPECT_NE(letters[0].text, letters[1].text);
}

TEST_F(PublishConsultation, IsOneMailingThatItsLettersPointAt) {
    const auto id =
        world.consultation().openUntil("2026-12-01").with("LokalMED").with("Politiet", PartyRole::informed).publish();
    const auto mailings = world.database.read([&](sqlite::ReadTx& tx) { return sqlite::mailingsOf(tx, id); });
    ASSERT_EQ(mailings.size(), 1u);
    EXPECT_EQ(mailings[0].act, "publish");
    EXPECT_EQ(mailings[0].letters, 2);
    EXPECT_THAT(world.letters(), ::testing::Each(Field(&Letter::mailing, std::optional(mailings[0].id))));
}

TEST_F(PublishConsultation, NoLetterNamesAnotherPartyOrItsAddress) {
    const auto id =
        world.consultation().openUntil("2026-12-01").with("Alfarådet").with("Betarådet").with("Gammarådet").publish();
    const auto parties = world.parties(id);
    for (const auto& letter : world.letters())
        for (const auto& party : parties) {
            if (party.id == letter.party) continue;
            for (const auto& body : {letter.subject, letter.text, letter.parts, text::letterHtml(letter)}) {
                EXPECT_THAT(body, Not(HasSubstr(party.name)));
                EXPECT_THAT(body, Not(HasSubstr(party.contacts[0].mail)));
            }
        }
}

TEST_F(PublishConsultation, EveryLinkIsItsOwnAndOnlyItsHashIsStored) {
    const auto id = world.consultation().openUntil("2026-12-01").with("A-rådet").with("B-rådet").publish();
    std::set<std::string> tokens;
    for (std::size_t n = 0; n < 2; ++n) {
        const auto token = world.tokenOf(world.visit(id, n));
        EXPECT_GE(token.size(), 43u); // 256 bits
        tokens.insert(token);
        const auto link =
            world.database.read([&](sqlite::ReadTx& tx) { return sqlite::findLinkByToken(tx, sha256Hex(token)); });
        ASSERT_TRUE(link);
        EXPECT_EQ(link->contact, world.visit(id, n).contact.id);
        for (const auto& letter : world.letters()) EXPECT_THAT(letter.text, Not(HasSubstr(token)));
    }
    EXPECT_EQ(tokens.size(), 2u);
}

TEST_F(PublishConsultation, PlansRemindersForConsultedPartiesOnly) {
    const auto id =
        world.consultation().openUntil("2026-12-01").with("LokalMED").with("Politiet", PartyRole::informed).publish();
    const auto planned = world.database.read([&](sqlite::ReadTx& tx) { return sqlite::remindersOf(tx, id); });
    ASSERT_EQ(planned.size(), 3u);
    for (const auto& reminder : planned) EXPECT_EQ(reminder.partyName, "LokalMED");
    EXPECT_EQ(planned[0].dueLocal, "2026-11-17T09:00:00");
    EXPECT_EQ(planned[1].dueLocal, "2026-11-26T09:00:00");
    EXPECT_EQ(planned[2].dueLocal, "2026-12-01T08:00:00");
}

TEST_F(PublishConsultation, IsStoppedByPlaceholdersEverywhere) {
    const auto id = world.consultation().titled("Sendes til XX").openUntil("2026-12-01").with("LokalMED").draft();
    const auto refused = publish(id, world.find(id).version);
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().key, "error.consultation.not_ready");
    EXPECT_EQ(world.find(id).state, ConsultationState::draft);
    EXPECT_EQ(world.count("letters"), 0);
    EXPECT_THAT(gate(id).findings, Contains(Field(&Finding::key, "finding.placeholder")));
}

TEST_F(PublishConsultation, IsStoppedWithoutPartiesOrDeadline) {
    const auto id = world.consultation().draft();
    EXPECT_FALSE(publish(id, world.find(id).version).ok());
    const auto findings = gate(id).findings;
    EXPECT_THAT(findings, Contains(Field(&Finding::key, "finding.parties.missing")));
    EXPECT_THAT(findings, Contains(Field(&Finding::key, "finding.deadline.missing")));
}

TEST_F(PublishConsultation, NeedsTheVersionThatWasShown) {
    const auto id = world.consultation().openUntil("2026-12-01").with("LokalMED").draft();
    const auto shown = world.find(id).version;
    EXPECT_TRUE(world.database.write([&](sqlite::Tx& tx) {
        return addParty(tx, world.officer, id, {"Ny part", "consulted", "da", "ny@part.example"});
    }));
    const auto refused = publish(id, shown);
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().kind, ErrorKind::conflict);
    EXPECT_EQ(world.count("letters"), 0);
}

TEST_F(PublishConsultation, HappensOnce) {
    const auto id = world.consultation().openUntil("2026-12-01").with("LokalMED").publish();
    EXPECT_EQ(publish(id, world.find(id).version).error().kind, ErrorKind::closed);
    EXPECT_EQ(world.count("letters"), 1);
}

TEST_F(PublishConsultation, AShortPeriodIsAskedAboutAndNeverStops) {
    const auto id = world.consultation().openUntil("2026-11-06").with("LokalMED").draft();
    EXPECT_THAT(gate(id).findings, Contains(Field(&Finding::key, "finding.period.short_reason")));
    EXPECT_TRUE(publish(id, world.find(id).version).ok());
}

TEST_F(PublishConsultation, TheGateShowsTheLetterThatIsSent) {
    const auto id = world.consultation().openUntil("2026-12-01").with("LokalMED").draft();
    const auto shown = gate(id);
    ASSERT_EQ(shown.letters.size(), 1u);
    ASSERT_TRUE(publish(id, world.find(id).version).ok());
    EXPECT_EQ(world.letters().at(0).text, shown.letters[0].letter.text);
    EXPECT_EQ(world.letters().at(0).subject, shown.letters[0].letter.subject);
}

} // namespace
} // namespace hoering
