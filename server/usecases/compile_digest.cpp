#include "usecases/compile_digest.h"

#include <algorithm>

#include "sqlite/consultations.h"
#include "sqlite/extensions.h"
#include "sqlite/files.h"
#include "sqlite/parties.h"
#include "sqlite/responses.h"

namespace hoering {

std::optional<Digest> compileDigest(sqlite::ReadTx& tx, std::int64_t id, Now now) {
    auto consultation = sqlite::findConsultation(tx, id);
    if (!consultation) return std::nullopt;
    const auto facts = sqlite::factsOf(tx, id);
    Instant asOf = consultation->openedAt.value_or(consultation->createdAt);
    const auto notBefore = [&](const std::optional<Instant>& at) {
        if (at) asOf = std::max(asOf, *at);
    };
    notBefore(consultation->closedAt);
    notBefore(consultation->endedAt);
    auto enclosures = sqlite::enclosuresOf(tx, id);
    for (const auto& enclosure : enclosures) notBefore(enclosure.addedAt);
    std::vector<DigestParty> parties;
    std::map<std::int64_t, std::size_t> place;
    for (auto& party : sqlite::partiesOf(tx, id)) {
        DigestParty entry;
        const bool over = now.instant >= deadlineFor(*consultation, party).endsAt();
        entry.status = statusOf(facts.at(party.id), over);
        entry.inTime = mayAnswer(*consultation, party, now.instant) == Answering::inTime;
        notBefore(party.jointAt);
        place[party.id] = parties.size();
        entry.party = std::move(party);
        parties.push_back(std::move(entry));
    }
    for (auto& response : sqlite::responsesOf(tx, id)) {
        notBefore(response.registeredAt ? response.registeredAt : response.receivedAt);
        if (const auto& withdrawal = response.withdrawal)
            notBefore(withdrawal->registeredAt ? withdrawal->registeredAt : withdrawal->at);
        parties[place.at(response.party)].versions.push_back(std::move(response));
    }
    auto changes = sqlite::deadlineChangesOf(tx, id);
    for (const auto& change : changes) notBefore(change.at);
    return makeDigest(std::move(*consultation), std::move(enclosures), std::move(parties), asOf, std::move(changes));
}

} // namespace hoering
