#include "usecases/join_answer.h"

#include <algorithm>

#include "domain/digest.h"
#include "sqlite/consultations.h"
#include "sqlite/parties.h"
#include "sqlite/responses.h"

namespace hoering {
namespace {

Error refuse(const char* key) { return {ErrorKind::invalid, "error.form", {}, {{"party", key, {}}}}; }

/// The party as it is now, if it may say something.
Result<Party> partyNow(sqlite::Tx& tx, const PartyVisit& visit, Instant received) {
    const auto consultation = sqlite::findConsultation(tx, visit.consultation.id);
    auto party = sqlite::findParty(tx, visit.party.id);
    if (auto refused = refusedAnswer(*consultation, *party, received)) return std::move(*refused);
    return std::move(*party);
}

} // namespace

std::vector<Party> possiblePartners(const std::vector<Party>& all, const Party& self) {
    std::vector<Party> partners;
    for (const auto& party : all)
        if (party.id != self.id && !party.jointWith && !party.unsolicited && party.role == PartyRole::consulted)
            partners.push_back(party);
    std::sort(partners.begin(), partners.end(),
              [](const auto& a, const auto& b) { return danishLess(a.name, b.name); });
    return partners;
}

std::vector<Party> followersOf(const std::vector<Party>& all, std::int64_t party) {
    std::vector<Party> followers;
    for (const auto& each : all)
        if (each.jointWith == party) followers.push_back(each);
    return followers;
}

std::vector<Party> releaseFollowers(sqlite::Tx& tx, const Actor& actor, std::int64_t consultation, std::int64_t party) {
    auto followers = followersOf(sqlite::partiesOf(tx, consultation), party);
    for (const auto& follower : followers) {
        sqlite::setJointWith(tx, follower.id, std::nullopt);
        tx.record({actor, "party.left_joint", consultation, follower.id, {}});
    }
    return followers;
}

Result<Done> joinAnswer(sqlite::Tx& tx, const PartyVisit& visit, std::int64_t other, Instant received) {
    const auto party = partyNow(tx, visit, received);
    if (!party) return party.error();
    if (party->jointWith == other) return Done{}; // sent twice
    const auto all = sqlite::partiesOf(tx, party->consultation);
    if (sqlite::hasAnswered(tx, party->id)) return refuse("error.joint.answered");
    if (!followersOf(all, party->id).empty()) return refuse("error.joint.followers");
    const auto partners = possiblePartners(all, *party);
    const auto chosen = std::find_if(partners.begin(), partners.end(), [&](const auto& p) { return p.id == other; });
    if (chosen == partners.end()) return refuse("error.joint.choose");
    sqlite::setJointWith(tx, party->id, chosen->id);
    tx.record({visit.actor(), "party.joined", party->consultation, party->id, {{"with", chosen->name}}});
    return Done{};
}

Result<Done> leaveJointAnswer(sqlite::Tx& tx, const PartyVisit& visit, Instant received) {
    const auto party = partyNow(tx, visit, received);
    if (!party) return party.error();
    if (!party->jointWith) return Done{};
    sqlite::setJointWith(tx, party->id, std::nullopt);
    tx.record({visit.actor(), "party.left_joint", party->consultation, party->id, {}});
    return Done{};
}

} // namespace hoering
