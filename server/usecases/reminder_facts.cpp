#include "usecases/reminder_facts.h"

#include <algorithm>

#include "domain/access.h"
#include "sqlite/drafts.h"
#include "sqlite/links.h"
#include "sqlite/responses.h"

namespace hoering {

bool skippedByHand(const sqlite::Reminder& reminder) {
    return reminder.state == "skipped" && !reminder.reason.starts_with("reminder_reason.");
}

bool isAfterDeadline(const sqlite::Reminder& reminder) {
    const auto step = reminderStepFrom(reminder.step);
    return step && step->after;
}

PartyNow lookAtParty(sqlite::ReadTx& tx, const Party& party) {
    PartyNow now;
    now.answered = sqlite::hasAnswered(tx, party.id);
    now.drafting = sqlite::findDraft(tx, party.id).has_value();
    for (const auto& contact : party.contacts)
        if (const auto link = sqlite::currentLinkOf(tx, contact.id))
            now.ways.push_back({contact, link->id, sqlite::cameBack(tx, contact)});
    return now;
}

ReminderFacts factsFor(const Office& office, const Consultation& consultation, const Party& party, const PartyNow& now,
                       const ReminderRules& rules, const sqlite::Reminder& reminder, std::optional<Instant> nextDue,
                       Instant at) {
    ReminderFacts facts;
    facts.after = isAfterDeadline(reminder);
    facts.due = reminder.due;
    facts.deadline = reminder.deadline;
    facts.nextDue = nextDue;
    facts.answered = now.answered;
    facts.drafting = now.drafting;
    facts.hasLink =
        !now.ways.empty() && ruleLink({}, consultation, party, at, office.linkGraceDays) == LinkRuling::valid;
    facts.reachable =
        std::any_of(now.ways.begin(), now.ways.end(), [](const PartyNow::Way& way) { return !way.cameBack; });
    facts.otherWayAfter = !rules.lateAnswers.empty();
    facts.remindsDrafting = rules.remindDrafting;
    return facts;
}

} // namespace hoering
