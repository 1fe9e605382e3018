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

std::string storedOr(const std::optional<Deadline>& deadline) { return deadline ? deadline->stored() : ""; }

sqlite::Basis basisOf(const Consultation& consultation, const Party& party, const std::optional<Draft>& draft) {
    const auto& closed = consultation.closedAt;
    return {std::string(stateName(consultation.state)),
            storedOr(consultation.text.deadline),
            storedOr(party.ownDeadline),
            closed ? std::optional(toMillis(*closed)) : std::nullopt,
            consultation.text.acceptLate,
            draft ? draft->version : 0,
            party.jointWith};
}

Result<PreparedResponse> prepare(const Consultation& consultation, const Party& party,
                                 const std::optional<Draft>& draft, const Contact& by, const SubmitInput& input) {
    const Answering may = mayAnswer(consultation, party, input.received);
    if (auto refused = refusedAnswer(consultation, party, input.received)) return std::move(*refused);
    PreparedResponse prepared{basisOf(consultation, party, draft), {}};
    Response& response = prepared.response;
    response.kind = input.kind;
    if (input.kind == ResponseKind::remarks) {
        if (prepared.basis.draftVersion != input.draftVersion)
            return Error{ErrorKind::conflict, "error.draft.changed", {}, {}};
        if (draft) response.files = draft->files;
        Check check;
        response.text = check.text("text", input.text, longestResponse, response.files.empty());
        if (!check.ok()) return check.error();
    }
    response.consultation = consultation.id;
    response.party = party.id;
    response.late = may == Answering::late;
    response.receivedAt = input.received;
    response.submittedBy = by.name.empty() ? by.mail : by.name;
    response.receipt = newReceiptNumber(input.received);
    response.checksum = responseChecksum(response.kind, response.text, response.files);
    return prepared;
}

std::int64_t fileResponse(sqlite::Tx& tx, const PartyVisit& visit, std::string_view key, int version,
                          const PreparedResponse& prepared) {
    const Response& response = prepared.response;
    const auto id = sqlite::insertResponse(tx, response, version, visit.contact.id, key);
    if (prepared.basis.draftVersion != 0) sqlite::deleteDraft(tx, response.party);
    if (prepared.basis.jointWith) sqlite::setJointWith(tx, response.party, std::nullopt); // it speaks for itself now
    // Who says that the case is not theirs says nothing for others: those are asked, and reminded, again.
    if (response.kind == ResponseKind::declined)
        releaseFollowers(tx, visit.actor(), visit.consultation.id, visit.party.id);
    tx.record({visit.actor(),
               actOf(response.kind),
               response.consultation,
               response.party,
               {{"version", std::to_string(version)},
                {"receipt", response.receipt},
                {"checksum", response.checksum},
                {"files", std::to_string(response.files.size())},
                {"late", response.late ? "true" : "false"}}});
    tellStaff(tx, {LetterKind::staffAnswer, response.consultation, response.party});
    sqlite::queueReceipt(tx, id, visit.link);
    return id;
}

} // namespace

Result<PreparedResponse> prepareResponse(const PartyVisit& visit, const std::optional<Draft>& draft,
                                         const SubmitInput& input) {
    return prepare(visit.consultation, visit.party, draft, visit.contact, input);
}

Result<std::int64_t> submitResponse(sqlite::Tx& tx, const PartyVisit& visit, const SubmitInput& input,
                                    const PreparedResponse* prepared) {
    const auto now = sqlite::footingOf(tx, visit.party.id, input.key);
    if (now.filed) {
        if (sqlite::findResponse(tx, *now.filed)->party == visit.party.id) return *now.filed;
        return Error{ErrorKind::conflict, "error.form.used", {}, {}};
    }
    if (input.key.size() != 32) return Error{ErrorKind::invalid, "error.form.key", {}, {}};
    // It was made before this transaction: what decides is read again in it.
    if (prepared && prepared->basis == now.basis)
        return fileResponse(tx, visit, input.key, now.versions + 1, *prepared);
    const auto consultation = sqlite::findConsultation(tx, visit.consultation.id);
    const auto party = sqlite::findParty(tx, visit.party.id);
    const auto anew = prepare(*consultation, *party, sqlite::findDraft(tx, party->id), visit.contact, input);
    if (!anew) return anew.error();
    return fileResponse(tx, visit, input.key, now.versions + 1, *anew);
}

} // namespace hoering
