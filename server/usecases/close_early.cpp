#include "usecases/close_early.h"

#include "common/strings.h"
#include "sqlite/consultations.h"
#include "sqlite/parties.h"
#include "sqlite/reminders.h"
#include "usecases/check.h"

namespace hoering {
namespace {

Result<ActPlan> plan(sqlite::ReadTx& tx, const Office& office, const Consultation& consultation, const ActInput& input,
                     Now) {
    if (consultation.state != ConsultationState::open) return Error{ErrorKind::closed, "error.act.not_open", {}, {}};
    Check check;
    const std::string reason = check.text("reason", input.get("reason"), 2'000, true);
    if (!check.ok()) return check.error();
    ActPlan plan;
    plan.effects.push_back({"plan.close.now", {}});
    for (const auto& party : sqlite::partiesOf(tx, consultation.id))
        writeTo(plan.letters, party, [&](const Party& to, const Contact& contact) {
            return text::closedLetter(office.words(to.language), {office.house, consultation, to, contact}, reason);
        });
    return plan;
}

Result<Done> perform(sqlite::Tx& tx, const Office&, const Actor& actor, const ActPlan& plan, const ActInput& input) {
    const auto id = plan.consultation.id;
    if (!sqlite::changeState(tx, id, ConsultationState::open, ConsultationState::closed))
        return Error{ErrorKind::conflict, "error.act.changed", {}, {}};
    const std::string reason = cleanText(input.get("reason")); // as the plan checked it
    sqlite::setEndedReason(tx, id, reason);
    sqlite::raiseSequence(tx, id); // the letters take the deadline out of the parties' calendars
    for (const auto& party : sqlite::partiesOf(tx, id)) sqlite::dropPlannedReminders(tx, party.id);
    tx.record({actor,
               "consultation.closed_early",
               id,
               {},
               {{"reason", reason}, {"letters", std::to_string(plan.letters.size())}}});
    tx.touchesPublicPages();
    return Done{};
}

} // namespace

const Act closeEarlyAct{"close", plan, perform};

} // namespace hoering
