#include "domain/why_not.h"

#include "domain/access.h"

namespace hoering {

namespace {

bool over(const Consultation& consultation, const Party& party, const ReminderFacts& facts, Instant at) {
    const auto may = mayAnswer(consultation, party, at);
    if (!facts.after) return may != Answering::inTime;
    return may == Answering::stopped || may == Answering::inTime; // in time after all: its deadline is another
}

} // namespace

std::string_view whyNot(const Consultation& consultation, const Party& party, const ReminderFacts& facts, Instant at) {
    if (party.role != PartyRole::consulted) return "reminder_reason.informed";
    if (facts.answered) return "reminder_reason.answered";
    if (party.jointWith) return "reminder_reason.joint";
    if (facts.drafting && !facts.remindsDrafting) return "reminder_reason.drafting";
    if (deadlineFor(consultation, party).endsAt() != facts.deadline) return "reminder_reason.moved";
    if (over(consultation, party, facts, at)) return "reminder_reason.over";
    if (facts.after && mayAnswer(consultation, party, at) == Answering::over && !facts.otherWayAfter)
        return "reminder_reason.no_late";
    if (!facts.hasLink) return "reminder_reason.no_link";
    if (!facts.reachable) return "reminder_reason.bounced";
    if (facts.nextDue) {
        if (*facts.nextDue <= at) return "reminder_reason.later_step";
        if (at - facts.due > sleptOver && *facts.nextDue - at <= nextIsNear) return "reminder_reason.later_step";
    }
    return "";
}

} // namespace hoering
