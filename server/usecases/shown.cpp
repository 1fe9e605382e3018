#include "usecases/shown.h"

#include "common/crypto.h"
#include "domain/typed_contacts.h"

namespace hoering {
namespace {

/// Parts stay apart: "ab" and "c" are not "a" and "bc".
void add(Sha256& hash, std::string_view part) {
    hash.update(std::to_string(part.size()) + ":");
    hash.update(part);
}

} // namespace

std::string shownOf(const Party& party) {
    Sha256 hash;
    add(hash, party.name);
    add(hash, roleName(party.role));
    add(hash, party.language);
    for (const auto& contact : party.contacts) add(hash, typedContact(contact));
    return hash.hex();
}

std::string shownOf(const ReminderPlan& plan) {
    Sha256 hash;
    for (const auto& step : plan.steps) add(hash, step.name());
    add(hash, plan.rules.remindDrafting ? "drafting" : "");
    add(hash, plan.rules.lateAnswers);
    return hash.hex();
}

Result<Done> unchangedSince(const Shown& shown, std::string_view stored) {
    if (shown && *shown != stored) return Error{ErrorKind::conflict, "error.changed_meanwhile", {}, {}};
    return Done{};
}

} // namespace hoering
