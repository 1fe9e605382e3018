#include "domain/access.h"

#include <gmock/gmock.h>

#include <array>

using namespace hoering;
using namespace std::chrono_literals;

namespace {

Visitor staff(Role role, bool disabled = false) {
    User user;
    user.role = role;
    user.disabled = disabled;
    return {user, nullptr};
}
Visitor staffWithoutTwoSteps(Role role) {
    Visitor visitor = staff(role);
    visitor.needsTwoSteps = true;
    return visitor;
}
Visitor atLink() { return {std::nullopt, std::make_shared<PartyVisit>()}; }
constexpr Access allAccess[] = {Access::everyone,    Access::signedIn,      Access::reader,
                                Access::secretariat, Access::administrator, Access::party};

TEST(Rule, IsThisTableForReading) {
    const auto yes = Ruling::allowed, in = Ruling::signIn, no = Ruling::forbidden, none = Ruling::notFound;
    const auto two = Ruling::turnOnTwoSteps;
    const std::pair<Visitor, std::array<Ruling, 6>> table[] = {
        // everyone, signedIn, reader, secretariat, administrator, party
        {Visitor{}, {yes, in, in, in, in, none}},
        {staff(Role::reader), {yes, yes, yes, no, no, none}},
        {staff(Role::secretariat), {yes, yes, yes, yes, no, none}},
        {staff(Role::administrator), {yes, yes, yes, yes, yes, none}},
        {staff(Role::administrator, true), {yes, in, in, in, in, none}},
        {staffWithoutTwoSteps(Role::reader), {yes, yes, two, two, two, none}},
        {staffWithoutTwoSteps(Role::administrator), {yes, yes, two, two, two, none}},
        {atLink(), {yes, in, in, in, in, yes}},
    };
    int row = 0;
    for (const auto& [visitor, rulings] : table) {
        for (std::size_t i = 0; i < rulings.size(); ++i)
            EXPECT_EQ(rule(allAccess[i], visitor, false, false, false), rulings[i]) << row << "/" << i;
        ++row;
    }
}

TEST(Rule, LetsAChangeByOnlyWithItsTokenAndFromHere) {
    for (const auto& visitor : {staff(Role::administrator), atLink()})
        for (const Access access : allAccess) {
            const auto reading = rule(access, visitor, false, true, true);
            EXPECT_EQ(rule(access, visitor, true, true, true), reading);
            if (reading != Ruling::allowed) continue;
            EXPECT_EQ(rule(access, visitor, true, false, true), Ruling::formExpired);
            EXPECT_EQ(rule(access, visitor, true, true, false), Ruling::forbidden);
            EXPECT_EQ(rule(access, visitor, true, false, false), Ruling::forbidden);
        }
    // Who may not read learns nothing of tokens.
    EXPECT_EQ(rule(Access::reader, Visitor{}, true, false, false), Ruling::signIn);
}

class AtTheDeadline : public testing::Test {
  protected:
    AtTheDeadline() {
        consultation.state = ConsultationState::open;
        consultation.text.deadline = Deadline{parseIsoDate("2023-10-30").value(), std::nullopt, false};
        end = consultation.text.deadline->endsAt();
    }
    Answering at(Instant received) const { return mayAnswer(consultation, party, received); }
    void giveOwn(const char* iso) { party.ownDeadline = Deadline{parseIsoDate(iso).value(), std::nullopt, false}; }

    Consultation consultation;
    Party party;
    Instant end;
};

TEST_F(AtTheDeadline, AnswersAreInTimeToTheLastMillisecond) {
    EXPECT_EQ(at(end - 1ms), Answering::inTime);
    EXPECT_EQ(at(end), Answering::over);
    consultation.text.acceptLate = true;
    EXPECT_EQ(at(end - 1ms), Answering::inTime);
    EXPECT_EQ(at(end), Answering::late);
}

TEST_F(AtTheDeadline, ARequestReceivedBeforeItIsInTimeThoughTheClosingCameFirst) {
    consultation.state = ConsultationState::closed;
    consultation.closedAt = end + 2ms;
    EXPECT_EQ(at(end - 1ms), Answering::inTime);
    EXPECT_EQ(at(end), Answering::over);
    EXPECT_EQ(at(end + 1ms), Answering::over);
    consultation.text.acceptLate = true;
    EXPECT_EQ(at(end + 1ms), Answering::late);
}

TEST_F(AtTheDeadline, AClosingBeforeItCountsFromWhenItCame) {
    consultation.state = ConsultationState::closed;
    consultation.closedAt = end - 48h;
    EXPECT_EQ(at(end - 48h - 1ms), Answering::inTime);
    EXPECT_EQ(at(end - 48h), Answering::over);
    // A deadline of its own that is no later changes nothing.
    giveOwn("2023-10-30");
    EXPECT_EQ(at(end - 47h), Answering::over);
    giveOwn("2023-10-27");
    EXPECT_EQ(at(end - 47h), Answering::over);
}

TEST_F(AtTheDeadline, AnOwnLaterDeadlineStaysOpenAfterTheClosing) {
    giveOwn("2023-11-06");
    consultation.state = ConsultationState::closed;
    consultation.closedAt = end;
    EXPECT_EQ(at(end + 24h), Answering::inTime);
    EXPECT_EQ(at(party.ownDeadline->endsAt() - 1ms), Answering::inTime);
    EXPECT_EQ(at(party.ownDeadline->endsAt()), Answering::over);
    giveOwn("2023-10-01"); // an earlier one never shortens
    EXPECT_EQ(deadlineFor(consultation, party), *consultation.text.deadline);
}

TEST_F(AtTheDeadline, NothingIsTakenWhereNothingIsAsked) {
    for (const auto state : {ConsultationState::draft, ConsultationState::concluded, ConsultationState::cancelled}) {
        consultation.state = state;
        consultation.text.acceptLate = true;
        EXPECT_EQ(at(end - 24h), Answering::stopped);
    }
}

TEST_F(AtTheDeadline, LinksWorkAWhileLonger) {
    const auto ruling = [&](LinkFacts link, Instant now) { return ruleLink(link, consultation, party, now, 30); };
    EXPECT_EQ(ruling({}, end - 1ms), LinkRuling::valid);
    EXPECT_EQ(ruling({}, end), LinkRuling::valid);
    EXPECT_EQ(ruling({}, end + 30 * 24h - 1ms), LinkRuling::valid);
    EXPECT_EQ(ruling({}, end + 30 * 24h), LinkRuling::expired);
    EXPECT_EQ(ruling({true, false}, end - 1ms), LinkRuling::revoked);
    EXPECT_EQ(ruling({false, true}, end - 1ms), LinkRuling::replaced);
    EXPECT_EQ(ruling({true, true}, end + 60 * 24h), LinkRuling::revoked); // taken back later: it hands out no new one
    EXPECT_EQ(ruling({false, true}, end + 60 * 24h), LinkRuling::replaced);
    giveOwn("2023-11-06");
    EXPECT_EQ(ruling({}, end + 30 * 24h), LinkRuling::valid);
}

TEST_F(AtTheDeadline, AConsultationWithoutOneIsOver) {
    consultation.text.deadline.reset();
    EXPECT_EQ(at(end), Answering::over);
    EXPECT_EQ(ruleLink({}, consultation, party, end, 30), LinkRuling::expired);
    giveOwn("2023-11-06");
    EXPECT_EQ(at(end), Answering::inTime);
}

} // namespace
