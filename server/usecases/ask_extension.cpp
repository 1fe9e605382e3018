#include "usecases/ask_extension.h"

#include "sqlite/consultations.h"
#include "sqlite/extensions.h"
#include "sqlite/parties.h"
#include "usecases/check.h"
#include "usecases/queue_letter.h"
#include "usecases/tell_staff.h"

namespace hoering {

Result<ExtensionRequest> checkExtension(sqlite::ReadTx& tx, const Office& office, const PartyVisit& visit,
                                        const ExtensionInput& input) {
    // The visit was read before this transaction: what decides is read again in it.
    const auto consultation = sqlite::findConsultation(tx, visit.consultation.id);
    const auto party = sqlite::findParty(tx, visit.party.id);
    if (!consultation || !party ||
        mayAskExtension(*consultation, *party, input.received, office.linkGraceDays) == Asking::no)
        return Error{ErrorKind::closed, "error.extension.not_now", {}, {}};
    if (const auto last = sqlite::lastExtensionRequestOf(tx, party->id); last && last->state == RequestState::asked)
        return Error{ErrorKind::closed, "error.extension.waiting", {}, {}};
    Check check;
    ExtensionRequest request;
    const Deadline present = deadlineFor(*consultation, *party);
    if (const auto wanted = deadlineFromTyped(input.date, "", ""); !wanted) {
        for (const auto& field : wanted.error().fields) check.fail(field.field, field.key, field.args);
    } else if (wanted->endsAt() <= input.received) {
        check.fail("deadline_date", "error.deadline.past");
    } else if (wanted->endsAt() <= present.endsAt()) {
        check.fail("deadline_date", "error.deadline.not_later", {{"deadline", present.asArg()}});
    } else {
        request.wanted = *wanted;
    }
    request.reason = check.text("reason", input.reason, 2'000, true);
    if (!check.ok()) return check.error();
    request.consultation = consultation->id;
    request.party = party->id;
    request.contact = visit.contact.id;
    request.partyName = party->name;
    request.askedBy = visit.contact.name.empty() ? visit.contact.mail : visit.contact.name;
    request.askedAt = input.received;
    return request;
}

Result<ExtensionRequest> askExtension(sqlite::Tx& tx, const Office& office, const PartyVisit& visit,
                                      const ExtensionInput& input) {
    if (auto already = sqlite::findExtensionRequestByKey(tx, input.key)) {
        if (already->party == visit.party.id) return std::move(*already);
        return Error{ErrorKind::conflict, "error.form.used", {}, {}};
    }
    if (input.key.size() != 32) return Error{ErrorKind::invalid, "error.form.key", {}, {}};
    auto request = checkExtension(tx, office, visit, input);
    if (!request) return request;
    request->id = sqlite::insertExtensionRequest(tx, *request, input.key);
    // The party's own words stay out of the journal, which nobody can take anything out of.
    tx.record({visit.actor(),
               "extension.asked",
               request->consultation,
               request->party,
               {{"wanted", request->wanted.stored()}}});
    const auto consultation = sqlite::findConsultation(tx, request->consultation).value();
    const auto party = sqlite::findParty(tx, request->party).value();
    const bool over = mayAnswer(consultation, party, input.received) != Answering::inTime;
    queueLetter(tx, office,
                text::extensionAskedLetter(office.words(party.language),
                                           {office.house, consultation, party, visit.contact}, *request, over),
                {request->consultation, request->party, visit.contact.id, visit.link});
    tellStaff(tx, {LetterKind::staffExtension, request->consultation, request->party});
    return request;
}

} // namespace hoering
