#include "domain/party.h"

namespace hoering {

std::string_view roleName(PartyRole role) { return role == PartyRole::consulted ? "consulted" : "informed"; }

std::optional<PartyRole> partyRoleFrom(std::string_view name) {
    if (name == "consulted") return PartyRole::consulted;
    if (name == "informed") return PartyRole::informed;
    return std::nullopt;
}

std::string_view statusName(PartyStatus status) {
    switch (status) {
    case PartyStatus::notInvited: return "not_invited";
    case PartyStatus::invited: return "invited";
    case PartyStatus::delivered: return "delivered";
    case PartyStatus::laidInFolder: return "laid_in_folder";
    case PartyStatus::bounced: return "bounced";
    case PartyStatus::opened: return "opened";
    case PartyStatus::drafting: return "drafting";
    case PartyStatus::answered: return "answered";
    case PartyStatus::noRemarks: return "no_remarks";
    case PartyStatus::declined: return "declined";
    case PartyStatus::joint: return "joint";
    case PartyStatus::withdrawn: return "withdrawn";
    case PartyStatus::noAnswer: return "no_answer";
    }
    return "";
}

PartyStatus statusOf(const PartyFacts& facts, bool over) {
    if (facts.answeredAt) {
        if (facts.noRemarks) return PartyStatus::noRemarks;
        return facts.declined ? PartyStatus::declined : PartyStatus::answered;
    }
    if (facts.joint) return PartyStatus::joint;
    // Until it writes again. After the deadline a draft is none that comes any more.
    const bool writes = !over && facts.draftedAt > facts.withdrawnAt;
    if (facts.withdrawnAt && !writes) return PartyStatus::withdrawn;
    // A party nobody has written to owes no answer; one that opened or drafted has its link all the same.
    const bool asked = facts.letters > 0 || facts.openedAt || facts.draftedAt;
    if (!asked) return PartyStatus::notInvited;
    if (over) return PartyStatus::noAnswer;
    if (facts.draftedAt) return PartyStatus::drafting;
    if (facts.openedAt) return PartyStatus::opened;
    if (facts.accepted > 0) return PartyStatus::delivered;
    if (facts.refused > 0) return PartyStatus::bounced;
    if (facts.laidInFolder > 0) return PartyStatus::laidInFolder;
    return PartyStatus::invited;
}

} // namespace hoering
