#include "usecases/shown.h"

#include "common/crypto.h"
#include "domain/typed_contacts.h"

namespace hoering {
std::string shownOf(const Party& party) {
    Sha256 hash;
    hash.updatePart(party.name);
    hash.updatePart(roleName(party.role));
    hash.updatePart(party.language);
    for (const auto& contact : party.contacts) hash.updatePart(typedContact(contact));
    return hash.hex();
}

std::string shownOf(const ReminderPlan& plan) {
    Sha256 hash;
    for (const auto& step : plan.steps) hash.updatePart(step.name());
    hash.updatePart(plan.rules.remindDrafting ? "drafting" : "");
    hash.updatePart(plan.rules.lateAnswers);
    return hash.hex();
}

Result<Done> unchangedSince(const Shown& shown, std::string_view stored) {
    if (shown && *shown != stored) return Error{ErrorKind::conflict, "error.changed_meanwhile", {}, {}};
    return Done{};
}

} // namespace hoering
