#include "usecases/submit_response.h"

#include "common/id.h"
#include "common/strings.h"
#include "sqlite/consultations.h"
#include "sqlite/drafts.h"
#include "sqlite/links.h"
#include "sqlite/parties.h"
#include "sqlite/responses.h"
#include "usecases/check.h"
#include "usecases/queue_letter.h"

namespace hoering {
namespace {

const char* actOf(ResponseKind kind) {
    switch (kind) {
    case ResponseKind::remarks: return "response.submitted";
    case ResponseKind::noRemarks: return "response.no_remarks";
    case ResponseKind::declined: return "response.declined";
    }
    return "";
}

} // namespace

Result<Response> submitResponse(sqlite::Tx& tx, const Office& office, const PartyVisit& visit,
                                const SubmitInput& input) {
    if (auto already = sqlite::findResponseByKey(tx, input.key)) {
        if (already->party == visit.party.id) return std::move(*already);
        return Error{ErrorKind::conflict, "error.form.used", {}, {}};
    }
    if (input.key.size() != 32) return Error{ErrorKind::invalid, "error.form.key", {}, {}};
    // The visit was read before this transaction: what decides is read again in it.
    const auto consultation = sqlite::findConsultation(tx, visit.consultation.id);
    const auto party = sqlite::findParty(tx, visit.party.id);
    const Answering may = mayAnswer(*consultation, *party, input.received);
    if (may == Answering::over) return Error{ErrorKind::closed, "error.deadline.over", {}, {}};
    if (may == Answering::stopped) return Error{ErrorKind::closed, "error.consultation.stopped", {}, {}};

    const auto draft = sqlite::findDraft(tx, party->id);
    Response response;
    response.kind = input.kind;
    if (input.kind == ResponseKind::remarks) {
        if ((draft ? draft->version : 0) != input.draftVersion)
            return Error{ErrorKind::conflict, "error.draft.changed", {}, {}};
        if (draft) response.files = draft->files;
        Check check;
        response.text = check.text("text", input.text, longestResponse, response.files.empty());
        if (!check.ok()) return check.error();
    }
    response.consultation = consultation->id;
    response.party = party->id;
    response.version = sqlite::versionsOf(tx, party->id) + 1;
    response.late = may == Answering::late;
    response.receivedAt = input.received;
    response.submittedBy = visit.contact.name.empty() ? visit.contact.mail : visit.contact.name;
    response.receipt = newReceiptNumber();
    response.checksum = responseChecksum(response.kind, response.text, response.files);
    response.id = sqlite::insertResponse(tx, response, visit.contact.id, input.key);
    if (draft) sqlite::deleteDraft(tx, party->id);

    tx.record({visit.actor(),
               actOf(response.kind),
               consultation->id,
               party->id,
               {{"version", std::to_string(response.version)},
                {"receipt", response.receipt},
                {"checksum", response.checksum},
                {"files", std::to_string(response.files.size())},
                {"late", response.late ? "true" : "false"}}});
    queueLetter(tx, office,
                text::receiptLetter(office.words(party->language), {office.house, *consultation, *party, visit.contact},
                                    response),
                {consultation->id, party->id, visit.contact.id, visit.link});
    return response;
}

} // namespace hoering
