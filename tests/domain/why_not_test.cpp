#include "domain/why_not.h"

#include <gtest/gtest.h>

using namespace hoering;
using namespace std::chrono_literals;

namespace {

LocalDate on(const char* iso) { return parseIsoDate(iso).value(); }
Instant at(const char* iso, std::chrono::minutes time = 9h) { return toInstant(atTime(on(iso), time)); }

struct WhyNot : ::testing::Test {
    Consultation consultation;
    Party party;
    ReminderFacts facts;
    Instant now = at("2026-11-26");

    WhyNot() {
        consultation.state = ConsultationState::open;
        consultation.text.deadline = Deadline{on("2026-12-01"), {}, false};
        facts.due = now;
        facts.deadline = consultation.text.deadline->endsAt();
        facts.hasLink = facts.reachable = true;
    }
    void afterTheDeadline(const char* due = "2026-12-02") {
        facts.after = true;
        facts.due = now = at(due);
        consultation.state = ConsultationState::closed;
        consultation.closedAt = facts.deadline;
    }
    std::string why() { return std::string(whyNot(consultation, party, facts, now)); }
};

TEST_F(WhyNot, NothingStandsInTheWayOfAConsultedPartyThatHasNotAnswered) { EXPECT_EQ(why(), ""); }

TEST_F(WhyNot, InformedAnsweredAndJointPartiesAreNeverReminded) {
    party.role = PartyRole::informed;
    EXPECT_EQ(why(), "reminder_reason.informed");
    party.role = PartyRole::consulted;
    party.jointWith = 7;
    EXPECT_EQ(why(), "reminder_reason.joint");
    facts.answered = true;
    EXPECT_EQ(why(), "reminder_reason.answered");
}

TEST_F(WhyNot, DraftsAreSparedOnlyWhenThePlanSaysSo) {
    facts.drafting = true;
    EXPECT_EQ(why(), "");
    facts.remindsDrafting = false;
    EXPECT_EQ(why(), "reminder_reason.drafting");
}

TEST_F(WhyNot, AStepBeforeTheDeadlineNeverGoesAfterIt) {
    now = facts.deadline - 1ms;
    EXPECT_EQ(why(), "");
    now = facts.deadline;
    EXPECT_EQ(why(), "reminder_reason.over");
    consultation.text.acceptLate = true; // late answers are welcome; a late reminder is not
    EXPECT_EQ(why(), "reminder_reason.over");
    now = at("2026-11-26");
    consultation.state = ConsultationState::cancelled;
    EXPECT_EQ(why(), "reminder_reason.over");
}

TEST_F(WhyNot, OneForAnotherDeadlineIsLeft) {
    facts.deadline += 24h;
    EXPECT_EQ(why(), "reminder_reason.moved");
    party.ownDeadline = Deadline{on("2026-12-02"), {}, false};
    EXPECT_EQ(why(), "");
}

TEST_F(WhyNot, WhoCannotBeWrittenToIsNamedAsSuch) {
    facts.reachable = false;
    EXPECT_EQ(why(), "reminder_reason.bounced");
    facts.hasLink = false;
    EXPECT_EQ(why(), "reminder_reason.no_link");
}

TEST_F(WhyNot, AfterTheDeadlineOnlyWhereAnAnswerCanStillBeSent) {
    afterTheDeadline();
    EXPECT_EQ(why(), "reminder_reason.no_late");
    facts.otherWayAfter = true;
    EXPECT_EQ(why(), "");
    facts.otherWayAfter = false;
    consultation.text.acceptLate = true;
    EXPECT_EQ(why(), "");
    facts.answered = true;
    EXPECT_EQ(why(), "reminder_reason.answered");
    facts.answered = false;
    consultation.state = ConsultationState::concluded;
    EXPECT_EQ(why(), "reminder_reason.over");
}

TEST_F(WhyNot, AfterTheDeadlineNotBeforeIt) {
    consultation.text.acceptLate = true;
    afterTheDeadline();
    consultation.state = ConsultationState::open;
    consultation.closedAt.reset();
    now = facts.deadline - 1ms;
    EXPECT_EQ(why(), "reminder_reason.over");
}

TEST_F(WhyNot, SeveralMissedStepsBecomeOne) {
    facts.due = at("2026-11-16");
    facts.nextDue = at("2026-11-26");
    EXPECT_EQ(why(), "reminder_reason.later_step");
}

TEST_F(WhyNot, AMissedStepIsLeftWhenTheNextIsNearAndGoesWhenItIsNot) {
    facts.due = at("2026-11-25");
    facts.nextDue = at("2026-11-27"); // in exactly a day
    EXPECT_EQ(why(), "reminder_reason.later_step");
    facts.nextDue = *facts.nextDue + 1min;
    EXPECT_EQ(why(), "");
}

TEST_F(WhyNot, AStepInTimeGoesHoweverNearTheNextIs) {
    facts.nextDue = now + 2h;
    EXPECT_EQ(why(), "");
    facts.due = now - sleptOver; // as late as an ordinary delay may be
    EXPECT_EQ(why(), "");
    facts.due -= 1ms;
    EXPECT_EQ(why(), "reminder_reason.later_step");
}

} // namespace
