#include "usecases/send_reminder.h"

#include "sqlite/consultations.h"
#include "sqlite/ledger.h"
#include "sqlite/parties.h"
#include "usecases/queue_letter.h"
#include "usecases/reminder_facts.h"

namespace hoering {
namespace {

Letter letterFor(const Office& office, const text::LetterFacts& facts, const ReminderFacts& known,
                 const ReminderRules& rules, Now now) {
    const auto words = office.words(facts.party.language);
    if (known.after) return text::overdueLetter(words, facts, rules.lateAnswers, known.drafting);
    return text::reminderLetter(words, facts, now, known.drafting);
}

} // namespace

ReminderOutcome sendDueReminder(sqlite::Tx& tx, const Office& office) {
    const auto reminder = sqlite::oldestDueReminder(tx, tx.now().instant);
    if (!reminder) return ReminderOutcome::nothingDue;
    const auto consultation = sqlite::findConsultation(tx, reminder->consultation);
    const auto party = sqlite::findParty(tx, reminder->party);
    const auto rules = sqlite::reminderRulesOf(tx, consultation->id);
    const auto now = lookAtParty(tx, *party);
    const auto next = sqlite::nextPlannedDue(tx, party->id, reminder->due, isAfterDeadline(*reminder));
    const auto facts = factsFor(office, *consultation, *party, now, rules, *reminder, next, tx.now().instant);
    const std::string reason(whyNot(*consultation, *party, facts, tx.now().instant));
    int letters = 0;
    if (reason.empty())
        for (const auto& way : now.ways) {
            if (way.cameBack) continue;
            queueLetter(tx, office,
                        letterFor(office, {office.house, *consultation, *party, way.contact}, facts, rules, tx.now()),
                        {consultation->id, party->id, way.contact.id, way.link});
            ++letters;
        }
    sqlite::settleReminder(tx, reminder->id, reason.empty(), reason);
    const bool late = tx.now().instant - reminder->due > sleptOver;
    tx.record({Actor::clockwork(),
               reason.empty() ? "reminder.queued" : "reminder.skipped",
               consultation->id,
               party->id,
               {{"step", reminder->step},
                {"planned", late ? reminder->dueLocal : ""},
                {"reason", reason},
                {"letters", std::to_string(letters)}}});
    return reason.empty() ? ReminderOutcome::queued : ReminderOutcome::skipped;
}

} // namespace hoering
