#include "usecases/withdraw_response.h"

#include "common/id.h"
#include "common/strings.h"
#include "sqlite/consultations.h"
#include "sqlite/drafts.h"
#include "sqlite/links.h"
#include "sqlite/parties.h"
#include "sqlite/responses.h"
#include "sqlite/withdrawals.h"
#include "usecases/check.h"
#include "usecases/join_answer.h"
#include "usecases/queue_letter.h"
#include "usecases/tell_staff.h"

namespace hoering {
namespace {

/// One for each contact of the party whose link was not taken back: a letter would carry a fresh one.
void tell(sqlite::Tx& tx, const Office& office, const Consultation& consultation, const Party& party,
          const Response& response, bool another) {
    for (const auto& contact : party.contacts) {
        if (sqlite::isCutOff(tx, contact.id)) continue;
        const text::WithdrawnFor told{another, mayAnswer(consultation, party, response.withdrawal->at), true};
        queueLetter(tx, office,
                    text::withdrawnLetter(office.words(party.language), {office.house, consultation, party, contact},
                                          response, told),
                    {consultation.id, party.id, contact.id, linkFor(tx, office, contact.id)});
    }
}

} // namespace

std::optional<Error> refusedWithdrawal(const Consultation& consultation, const Party& party, Instant received) {
    if (auto refused = refusedAnswer(consultation, party, received)) return refused;
    if (mayAnswer(consultation, party, received) == Answering::late)
        return Error{ErrorKind::closed, "error.withdrawal.late", {}, {}};
    return std::nullopt;
}

std::vector<Party> storeWithdrawal(sqlite::Tx& tx, const Actor& actor, std::string_view act, const Response& response,
                                   std::optional<std::int64_t> contact, std::string_view key,
                                   std::vector<std::pair<std::string, std::string>> more) {
    const Withdrawal& withdrawal = *response.withdrawal;
    sqlite::insertWithdrawal(tx, response.id, withdrawal, contact, key);
    sqlite::raiseDraftVersion(tx, response.party); // a correction on its way is not sent as if nothing had happened
    auto released = releaseFollowers(tx, actor, response.consultation, response.party);
    std::vector<std::pair<std::string, std::string>> details{{"version", std::to_string(response.version)},
                                                             {"withdrawn", response.receipt},
                                                             {"receipt", withdrawal.receipt},
                                                             {"channel", std::string(channelName(withdrawal.channel))},
                                                             {"received", isoLocal(toLocal(withdrawal.at))},
                                                             {"checksum", withdrawalChecksum(response, withdrawal)}};
    details.insert(details.end(), more.begin(), more.end());
    tx.record({actor, std::string(act), response.consultation, response.party, std::move(details)});
    return released;
}

Result<Response> withdrawResponse(sqlite::Tx& tx, const Office& office, const PartyVisit& visit,
                                  const WithdrawInput& input) {
    if (const auto already = sqlite::withdrawnByKey(tx, input.key)) {
        auto response = sqlite::findResponse(tx, *already);
        if (response->party == visit.party.id) return std::move(*response);
        return Error{ErrorKind::conflict, "error.form.used", {}, {}};
    }
    if (input.key.size() != 32) return Error{ErrorKind::invalid, "error.form.key", {}, {}};
    auto response = sqlite::lastResponseOf(tx, visit.party.id);
    if (response && response->withdrawal && response->id == input.response) return std::move(*response);
    // The visit was read before this transaction: what decides is read again in it.
    const auto consultation = sqlite::findConsultation(tx, visit.consultation.id);
    const auto party = sqlite::findParty(tx, visit.party.id);
    if (auto refused = refusedWithdrawal(*consultation, *party, input.received)) return std::move(*refused);
    if (!response || response->withdrawal) return Error{ErrorKind::closed, "error.withdrawal.nothing", {}, {}};
    if (response->id != input.response) return Error{ErrorKind::conflict, "error.withdrawal.changed", {}, {}};
    Check check;
    Withdrawal withdrawal;
    withdrawal.reason = trim(check.text("reason", input.reason, longestWithdrawalReason));
    if (!check.ok()) return check.error();
    withdrawal.at = input.received;
    withdrawal.receipt = newReceiptNumber(input.received);
    withdrawal.withdrawnBy = visit.contact.name.empty() ? visit.contact.mail : visit.contact.name;
    response->withdrawal = std::move(withdrawal);
    const auto released =
        storeWithdrawal(tx, visit.actor(), "response.withdrawn", *response, visit.contact.id, input.key);
    tell(tx, office, *consultation, *party, *response, false);
    for (const auto& follower : released) tell(tx, office, *consultation, follower, *response, true);
    tellStaff(tx, {LetterKind::staffAnswer, consultation->id, party->id});
    return std::move(*response);
}

} // namespace hoering
