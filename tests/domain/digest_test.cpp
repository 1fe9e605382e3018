#include "domain/digest.h"

#include <gmock/gmock.h>

#include <algorithm>

using namespace hoering;
using namespace std::chrono_literals;
using testing::ElementsAre;

namespace {

Response answer(ResponseKind kind, bool late = false, int files = 0) {
    Response response;
    response.kind = kind;
    response.late = late;
    response.files.resize(static_cast<std::size_t>(files));
    return response;
}

DigestParty entry(std::string name, PartyRole role, PartyStatus status, std::vector<Response> versions) {
    DigestParty made;
    made.party.name = std::move(name);
    made.party.role = role;
    made.status = status;
    made.versions = std::move(versions);
    return made;
}

TEST(DanishOrder, PutsAaWithTheLastLetter) {
    std::vector<std::string> names{
        "\u00d8stre Skole", "Aabenraa",   "Zebra",  "\u00c6r\u00f8sk\u00f8bing", "\u00c5lborg Skole", "aalborg",
        "Bestyrelsen",      "\u00c5rhus", "Avedøre"};
    std::sort(names.begin(), names.end(), danishLess);
    EXPECT_THAT(names, ElementsAre("Aved\u00f8re", "Bestyrelsen", "Zebra", "\u00c6r\u00f8sk\u00f8bing",
                                   "\u00d8stre Skole", "Aabenraa", "aalborg", "\u00c5lborg Skole", "\u00c5rhus"));
}

TEST(DanishOrder, LooksAtCaseLast) {
    EXPECT_TRUE(danishLess("lokalmed A", "LokalMED B"));
    EXPECT_TRUE(danishLess("LokalMED A", "lokalmed B"));
    EXPECT_NE(danishLess("med", "MED"), danishLess("MED", "med"));
    EXPECT_FALSE(danishLess("MED", "MED"));
}

class ADigest : public testing::Test {
  protected:
    ADigest() {
        consultation.text.deadline = Deadline{parseIsoDate("2023-10-30").value(), std::nullopt, false};
        consultation.openedAt = toInstant(atTime(parseIsoDate("2023-09-27").value(), 23h + 30min));
    }
    Consultation consultation;
};

TEST_F(ADigest, CountsByRoleAndByTheLastVersion) {
    const auto consulted = PartyRole::consulted, informed = PartyRole::informed;
    const auto remarks = ResponseKind::remarks, none = ResponseKind::noRemarks;
    const auto digest = makeDigest(
        consultation, {},
        {entry("\u00d8stre", consulted, PartyStatus::answered, {answer(none), answer(remarks, false, 2)}),
         entry("Aaby", consulted, PartyStatus::noRemarks, {answer(remarks, true, 5), answer(none)}),
         entry("Bo", consulted, PartyStatus::declined, {answer(ResponseKind::declined)}),
         entry("Carl", consulted, PartyStatus::noAnswer, {}),
         entry("Dora", consulted, PartyStatus::answered, {answer(remarks), answer(remarks, true, 1)}),
         entry("Politi", informed, PartyStatus::answered, {answer(remarks)}),
         entry("Plan", informed, PartyStatus::noAnswer, {}), entry("Ny", consulted, PartyStatus::notInvited, {})},
        Instant{});
    const auto& figures = digest.figures;
    EXPECT_EQ(figures.consulted, 5); // not the one nobody asked
    EXPECT_EQ(figures.informed, 2);
    EXPECT_EQ(figures.answered, 2);
    EXPECT_EQ(figures.noRemarks, 1);
    EXPECT_EQ(figures.declined, 1);
    EXPECT_EQ(figures.noAnswer, 1);
    EXPECT_EQ(figures.informedAnswered, 1);
    EXPECT_EQ(figures.late, 1);
    EXPECT_EQ(figures.files, 3);
    EXPECT_EQ(figures.consulted, figures.answered + figures.noRemarks + figures.declined + figures.noAnswer);
    std::vector<std::string> names;
    for (const auto& party : digest.parties) {
        names.push_back(party.party.name);
        EXPECT_EQ(party.late, party.party.name == "Dora") << party.party.name;
    }
    EXPECT_THAT(names, ElementsAre("Bo", "Carl", "Dora", "Ny", "Plan", "Politi", "\u00d8stre", "Aaby"));
}

TEST_F(ADigest, CountsAWithdrawnAnswerAsNone) {
    const auto consulted = PartyRole::consulted, informed = PartyRole::informed;
    const auto withdrawn = [](bool late, int files) {
        auto made = answer(ResponseKind::remarks, late, files);
        made.withdrawal.emplace();
        return made;
    };
    auto leader = entry("Bo", consulted, PartyStatus::withdrawn, {answer(ResponseKind::noRemarks), withdrawn(true, 2)});
    leader.party.id = 1;
    auto follower = entry("Carl", consulted, PartyStatus::joint, {});
    follower.party.jointWith = 1;
    auto own = entry("Ekstra", informed, PartyStatus::withdrawn, {withdrawn(false, 1)});
    own.party.unsolicited = true;
    const auto digest = makeDigest(
        consultation, {},
        {leader, follower, own, entry("Dora", informed, PartyStatus::withdrawn, {withdrawn(false, 0)}),
         entry("Anna", consulted, PartyStatus::answered, {withdrawn(true, 3), answer(ResponseKind::remarks)})},
        Instant{});
    const auto& figures = digest.figures;
    EXPECT_EQ(figures.withdrawn, 3);
    EXPECT_EQ(figures.consulted, 3);
    EXPECT_EQ(figures.answered, 1) << "the one who answered anew";
    EXPECT_EQ(figures.noAnswer, 2);
    EXPECT_EQ(figures.joint, 0);
    EXPECT_EQ(figures.informed, 1);
    EXPECT_EQ(figures.informedAnswered, 0);
    EXPECT_EQ(figures.unsolicited, 0);
    EXPECT_EQ(figures.late, 0);
    EXPECT_EQ(figures.files, 0);
}

TEST_F(ADigest, CountsTheAnswerOfOneNobodyInvited) {
    const auto digest = makeDigest(
        consultation, {},
        {entry("Af egen drift", PartyRole::consulted, PartyStatus::notInvited, {answer(ResponseKind::remarks)})},
        Instant{});
    EXPECT_EQ(digest.figures.answered, 1);
}

TEST_F(ADigest, CountsThePeriodInLocalDays) {
    EXPECT_EQ(makeDigest(consultation, {}, {}, Instant{}).periodDays, 33);
    consultation.openedAt.reset();
    EXPECT_EQ(makeDigest(consultation, {}, {}, Instant{}).periodDays, 0);
}

TEST_F(ADigest, CountsThePeriodToTheDayItReallyEnded) {
    consultation.state = ConsultationState::closed;
    consultation.closedAt = toInstant(atTime(parseIsoDate("2023-10-09").value(), 0h));
    EXPECT_EQ(makeDigest(consultation, {}, {}, Instant{}).periodDays, 12) << "closed by hand";
    consultation.closedAt = *consultation.openedAt + 6min;
    EXPECT_EQ(makeDigest(consultation, {}, {}, Instant{}).periodDays, 0);
    consultation.closedAt = toInstant(atTime(parseIsoDate("2023-10-31").value(), 1min));
    EXPECT_EQ(makeDigest(consultation, {}, {}, Instant{}).periodDays, 33) << "closed by the clock, after midnight";
    consultation.state = ConsultationState::concluded;
    consultation.endedAt = toInstant(atTime(parseIsoDate("2023-12-01").value(), 9h));
    EXPECT_EQ(makeDigest(consultation, {}, {}, Instant{}).periodDays, 33);
    consultation.state = ConsultationState::cancelled;
    consultation.closedAt.reset();
    consultation.endedAt = toInstant(atTime(parseIsoDate("2023-10-01").value(), 9h));
    EXPECT_EQ(makeDigest(consultation, {}, {}, Instant{}).periodDays, 4) << "cancelled while open";
}

TEST_F(ADigest, IsPreliminaryAsLongAsAnyPartysDeadlineRuns) {
    auto late = entry("Bo", PartyRole::consulted, PartyStatus::noAnswer, {});
    late.party.ownDeadline = Deadline{parseIsoDate("2023-11-10").value(), std::nullopt, false};
    consultation.state = ConsultationState::open;
    EXPECT_TRUE(makeDigest(consultation, {}, {}, Instant{}).preliminary);
    consultation.state = ConsultationState::closed;
    EXPECT_FALSE(makeDigest(consultation, {}, {late}, Instant{}).preliminary) << "its own deadline has passed too";
    late.inTime = true;
    EXPECT_TRUE(makeDigest(consultation, {}, {late}, Instant{}).preliminary);
    EXPECT_EQ(makeDigest(consultation, {}, {late}, Instant{}).runsOnTo, late.party.ownDeadline);
    consultation.state = ConsultationState::concluded;
    EXPECT_FALSE(makeDigest(consultation, {}, {late}, Instant{}).preliminary);
}

TEST_F(ADigest, IsTheSameWhateverOrderItsPartiesCameIn) {
    std::vector<DigestParty> parties;
    for (const char* name : {"B", "A", "C"})
        parties.push_back(entry(name, PartyRole::consulted, PartyStatus::invited, {}));
    auto turned = parties;
    std::reverse(turned.begin(), turned.end());
    const auto one = makeDigest(consultation, {}, parties, fromMillis(7)),
               two = makeDigest(consultation, {}, turned, fromMillis(7));
    for (std::size_t i = 0; i < 3; ++i) EXPECT_EQ(one.parties[i].party.name, two.parties[i].party.name);
    EXPECT_EQ(one.asOf, fromMillis(7));
}

} // namespace
