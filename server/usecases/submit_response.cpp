#include "usecases/submit_response.h"

#include "common/id.h"
#include "common/strings.h"
#include "sqlite/consultations.h"
#include "sqlite/drafts.h"
#include "sqlite/links.h"
#include "sqlite/parties.h"
#include "sqlite/receipts.h"
#include "sqlite/responses.h"
#include "usecases/check.h"
#include "usecases/join_answer.h"
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

/// What an answer is made of and judged by.
struct Circumstances {
    const Consultation& consultation;
    const Party& party;
    std::optional<Draft> draft;
    int versions = 0;
};

std::string storedOr(const std::optional<Deadline>& deadline) { return deadline ? deadline->stored() : ""; }

sqlite::Basis basisOf(const Circumstances& now) {
    const auto& closed = now.consultation.closedAt;
    return {std::string(stateName(now.consultation.state)),
            storedOr(now.consultation.text.deadline),
            storedOr(now.party.ownDeadline),
            closed ? std::optional(toMillis(*closed)) : std::nullopt,
            now.consultation.text.acceptLate,
            now.draft ? now.draft->version : 0,
            now.versions,
            now.party.jointWith};
}

Result<PreparedResponse> prepare(const Circumstances& now, const PartyVisit& visit, const SubmitInput& input) {
    const Answering may = mayAnswer(now.consultation, now.party, input.received);
    if (auto refused = refusedAnswer(now.consultation, now.party, input.received)) return std::move(*refused);
    PreparedResponse prepared{basisOf(now), {}};
    Response& response = prepared.response;
    response.kind = input.kind;
    if (input.kind == ResponseKind::remarks) {
        if (prepared.basis.draftVersion != input.draftVersion)
            return Error{ErrorKind::conflict, "error.draft.changed", {}, {}};
        if (now.draft) response.files = now.draft->files;
        Check check;
        response.text = check.text("text", input.text, longestResponse, response.files.empty());
        if (!check.ok()) return check.error();
    }
    response.consultation = now.consultation.id;
    response.party = now.party.id;
    response.version = now.versions + 1;
    response.late = may == Answering::late;
    response.receivedAt = input.received;
    response.submittedBy = visit.contact.name.empty() ? visit.contact.mail : visit.contact.name;
    response.receipt = newReceiptNumber(input.received);
    response.checksum = responseChecksum(response.kind, response.text, response.files);
    return prepared;
}

Response fileResponse(sqlite::Tx& tx, const PartyVisit& visit, std::string_view key, const PreparedResponse& prepared) {
    Response response = prepared.response;
    response.id = sqlite::insertResponse(tx, response, visit.contact.id, key);
    if (prepared.basis.draftVersion != 0) sqlite::deleteDraft(tx, response.party);
    if (prepared.basis.jointWith) sqlite::setJointWith(tx, response.party, std::nullopt); // it speaks for itself now
    // Who says that the case is not theirs says nothing for others: those are asked, and reminded, again.
    if (response.kind == ResponseKind::declined)
        releaseFollowers(tx, visit.actor(), visit.consultation.id, visit.party.id);
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
    sqlite::queueReceipt(tx, response.id, visit.link);
    return response;
}

} // namespace

Result<PreparedResponse> prepareResponse(sqlite::ReadTx& tx, const PartyVisit& visit, const SubmitInput& input) {
    return prepare({visit.consultation, visit.party, sqlite::findDraft(tx, visit.party.id),
                    sqlite::versionsOf(tx, visit.party.id)},
                   visit, input);
}

Result<Response> submitResponse(sqlite::Tx& tx, const PartyVisit& visit, const SubmitInput& input,
                                const PreparedResponse* prepared) {
    if (auto already = sqlite::findResponseByKey(tx, input.key)) {
        if (already->party == visit.party.id) return std::move(*already);
        return Error{ErrorKind::conflict, "error.form.used", {}, {}};
    }
    if (input.key.size() != 32) return Error{ErrorKind::invalid, "error.form.key", {}, {}};
    // It was read before this transaction: what decides is read again in it.
    if (prepared && prepared->basis == sqlite::basisOf(tx, visit.party.id))
        return fileResponse(tx, visit, input.key, *prepared);
    const auto consultation = sqlite::findConsultation(tx, visit.consultation.id);
    const auto party = sqlite::findParty(tx, visit.party.id);
    const auto anew = prepare(
        {*consultation, *party, sqlite::findDraft(tx, party->id), sqlite::versionsOf(tx, party->id)}, visit, input);
    if (!anew) return anew.error();
    return fileResponse(tx, visit, input.key, *anew);
}

} // namespace hoering
