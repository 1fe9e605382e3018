#include "usecases/cancel_consultation.h"

#include "common/strings.h"
#include "sqlite/consultations.h"
#include "sqlite/parties.h"
#include "sqlite/reminders.h"
#include "usecases/check.h"

namespace hoering {
namespace {

Result<ActPlan> plan(sqlite::ReadTx& tx, const Office& office, const Consultation& consultation, const ActInput& input,
                     Now) {
    const bool draft = consultation.state == ConsultationState::draft;
    if (!draft && consultation.state != ConsultationState::open)
        return Error{ErrorKind::closed, "error.act.not_open", {}, {}};
    Check check;
    const std::string reason = check.text("reason", input.get("reason"), 2'000, !draft);
    if (!check.ok()) return check.error();
    ActPlan plan;
    plan.effects.push_back({draft ? "plan.cancel.draft" : "plan.cancel.open", {}});
    for (const auto& party : sqlite::partiesOf(tx, consultation.id)) {
        if (draft) plan.leftOut.push_back({party.name, "left_out.not_invited"});
        else
            writeTo(plan.letters, party, [&](const Party& to, const Contact& contact) {
                return text::cancelledLetter(office.words(to.language), {office.house, consultation, to, contact},
                                             reason);
            });
    }
    return plan;
}

Result<Done> perform(sqlite::Tx& tx, const Office&, const Actor& actor, const ActPlan& plan, const ActInput& input) {
    const auto& consultation = plan.consultation;
    if (!sqlite::changeState(tx, consultation.id, consultation.state, ConsultationState::cancelled))
        return Error{ErrorKind::conflict, "error.act.changed", {}, {}};
    const std::string reason = cleanText(input.get("reason")); // as the plan checked it
    sqlite::setEndedReason(tx, consultation.id, reason);
    sqlite::raiseSequence(tx, consultation.id);
    for (const auto& party : sqlite::partiesOf(tx, consultation.id)) sqlite::dropPlannedReminders(tx, party.id);
    tx.record({actor,
               "consultation.cancelled",
               consultation.id,
               {},
               {{"reason", reason}, {"letters", std::to_string(plan.letters.size())}}});
    tx.touchesPublicPages();
    return Done{};
}

} // namespace

const Act cancelAct{"cancel", plan, perform};

} // namespace hoering
