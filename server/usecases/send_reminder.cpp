#include "usecases/send_reminder.h"

#include "domain/access.h"
#include "sqlite/consultations.h"
#include "sqlite/drafts.h"
#include "sqlite/links.h"
#include "sqlite/parties.h"
#include "sqlite/reminders.h"
#include "sqlite/responses.h"
#include "usecases/queue_letter.h"

namespace hoering {
namespace {

const char* whyNot(sqlite::Tx& tx, const sqlite::Reminder& reminder, const Consultation& consultation,
                   const Party& party) {
    if (party.role != PartyRole::consulted) return "reminder_reason.informed";
    if (mayAnswer(consultation, party, tx.now().instant) != Answering::inTime) return "reminder_reason.over";
    if (deadlineFor(consultation, party).endsAt() != reminder.deadline) return "reminder_reason.moved";
    if (sqlite::versionsOf(tx, party.id) > 0) return "reminder_reason.answered";
    if (party.jointWith) return "reminder_reason.joint";
    for (const auto& other : sqlite::remindersOf(tx, consultation.id))
        if (other.party == party.id && other.state == "planned" && other.due > reminder.due &&
            other.due <= tx.now().instant)
            return "reminder_reason.later_step";
    return nullptr;
}

} // namespace

ReminderOutcome sendDueReminder(sqlite::Tx& tx, const Office& office) {
    const auto reminder = sqlite::oldestDueReminder(tx, tx.now().instant);
    if (!reminder) return ReminderOutcome::nothingDue;
    const auto consultation = sqlite::findConsultation(tx, reminder->consultation);
    const auto party = sqlite::findParty(tx, reminder->party);
    const char* reason = whyNot(tx, *reminder, *consultation, *party);
    int letters = 0;
    if (!reason) {
        const bool hasDraft = sqlite::findDraft(tx, party->id).has_value();
        for (const auto& contact : party->contacts)
            if (const auto link = sqlite::currentLinkOf(tx, contact.id)) {
                queueLetter(tx, office,
                            text::reminderLetter(office.words(party->language),
                                                 {office.house, *consultation, *party, contact}, tx.now(), hasDraft),
                            {consultation->id, party->id, contact.id, link->id});
                ++letters;
            }
        if (letters == 0) reason = "reminder_reason.no_link";
    }
    sqlite::settleReminder(tx, reminder->id, reason == nullptr, reason ? reason : "");
    tx.record({Actor::clockwork(),
               reason ? "reminder.skipped" : "reminder.queued",
               consultation->id,
               party->id,
               {{"step", reminder->step}, {"reason", reason ? reason : ""}, {"letters", std::to_string(letters)}}});
    return reason ? ReminderOutcome::skipped : ReminderOutcome::queued;
}

} // namespace hoering
