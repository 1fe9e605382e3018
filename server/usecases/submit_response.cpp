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
#include "usecases/tell_staff.h"

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

/// What decides about an answer, as it is now.
struct Circumstances {
    Consultation consultation;
    Party party;
    Answering may = Answering::stopped;
    std::optional<Draft> draft;
    int versions = 0;
    std::int64_t draftVersion() const { return draft ? draft->version : 0; }
};

/// The party and its consultation as given, with what it has written and sent as stored.
Circumstances circumstancesOf(sqlite::ReadTx& tx, Consultation consultation, Party party, Instant received) {
    Circumstances now{std::move(consultation), std::move(party), {}, {}, 0};
    now.may = mayAnswer(now.consultation, now.party, received);
    now.draft = sqlite::findDraft(tx, now.party.id);
    now.versions = sqlite::versionsOf(tx, now.party.id);
    return now;
}

Result<PreparedResponse> prepare(const Circumstances& now, const Office& office, const PartyVisit& visit,
                                 const SubmitInput& input) {
    if (now.may == Answering::over) return Error{ErrorKind::closed, "error.deadline.over", {}, {}};
    if (now.may == Answering::stopped) return Error{ErrorKind::closed, "error.consultation.stopped", {}, {}};
    PreparedResponse prepared{now.may, now.draftVersion(), deadlineFor(now.consultation, now.party), {}, {}};
    Response& response = prepared.response;
    response.kind = input.kind;
    if (input.kind == ResponseKind::remarks) {
        if (now.draftVersion() != input.draftVersion) return Error{ErrorKind::conflict, "error.draft.changed", {}, {}};
        if (now.draft) response.files = now.draft->files;
        Check check;
        response.text = check.text("text", input.text, longestResponse, response.files.empty());
        if (!check.ok()) return check.error();
    }
    response.consultation = now.consultation.id;
    response.party = now.party.id;
    response.version = now.versions + 1;
    response.late = now.may == Answering::late;
    response.receivedAt = input.received;
    response.submittedBy = visit.contact.name.empty() ? visit.contact.mail : visit.contact.name;
    response.receipt = newReceiptNumber();
    response.checksum = responseChecksum(response.kind, response.text, response.files);
    prepared.letter = text::receiptLetter(office.words(now.party.language),
                                          {office.house, now.consultation, now.party, visit.contact}, response);
    return prepared;
}

bool fits(const PreparedResponse& prepared, const Circumstances& now) {
    return prepared.may == now.may && prepared.draftVersion == now.draftVersion() &&
           prepared.deadline == deadlineFor(now.consultation, now.party) &&
           prepared.response.version == now.versions + 1;
}

} // namespace

Result<PreparedResponse> prepareResponse(sqlite::ReadTx& tx, const Office& office, const PartyVisit& visit,
                                         const SubmitInput& input) {
    return prepare(circumstancesOf(tx, visit.consultation, visit.party, input.received), office, visit, input);
}

Result<Response> submitResponse(sqlite::Tx& tx, const Office& office, const PartyVisit& visit, const SubmitInput& input,
                                const PreparedResponse* given) {
    if (auto already = sqlite::findResponseByKey(tx, input.key)) {
        if (already->party == visit.party.id) return std::move(*already);
        return Error{ErrorKind::conflict, "error.form.used", {}, {}};
    }
    if (input.key.size() != 32) return Error{ErrorKind::invalid, "error.form.key", {}, {}};
    // The visit was read before this transaction: what decides is read again in it.
    const auto now = circumstancesOf(tx, sqlite::findConsultation(tx, visit.consultation.id).value(),
                                     sqlite::findParty(tx, visit.party.id).value(), input.received);
    auto prepared = given && fits(*given, now) ? Result<PreparedResponse>(*given) : prepare(now, office, visit, input);
    if (!prepared) return std::move(prepared).error();
    Response& response = prepared->response;
    response.id = sqlite::insertResponse(tx, response, visit.contact.id, input.key);
    if (now.draft) sqlite::deleteDraft(tx, response.party);
    if (now.party.jointWith) sqlite::setJointWith(tx, response.party, std::nullopt); // it speaks for itself now
    tx.record({visit.actor(),
               actOf(response.kind),
               response.consultation,
               response.party,
               {{"version", std::to_string(response.version)},
                {"receipt", response.receipt},
                {"checksum", response.checksum},
                {"files", std::to_string(response.files.size())},
                {"late", response.late ? "true" : "false"}}});
    tellStaff(tx, {LetterKind::staffAnswer, response.consultation, response.party});
    queueLetter(tx, office, std::move(prepared->letter),
                {response.consultation, response.party, visit.contact.id, visit.link});
    return std::move(response);
}

} // namespace hoering
