#include "usecases/restore_reminders.h"

#include "domain/access.h"
#include "sqlite/consultations.h"
#include "sqlite/parties.h"
#include "usecases/reminder_facts.h"

namespace hoering {
namespace {

constexpr std::size_t mostNames = 50;

Error notRestorable() { return {ErrorKind::closed, "error.reminder.not_restorable", {}, {}}; }

} // namespace

bool mayBeRestored(const Consultation& consultation, const Party& party, const sqlite::Reminder& reminder,
                   Instant now) {
    if (!skippedByHand(reminder) || reminder.due <= now) return false;
    if (deadlineFor(consultation, party).endsAt() != reminder.deadline) return false;
    const auto may = mayAnswer(consultation, party, reminder.due);
    // After the deadline whether late answers are taken is the plan's own matter: only an end is an end.
    return isAfterDeadline(reminder) ? may != Answering::stopped : may == Answering::inTime;
}

Result<RestorePlan> planRestoration(sqlite::ReadTx& tx, const Office& office, std::int64_t consultation,
                                    std::int64_t id, Now now) {
    auto about = sqlite::findConsultation(tx, consultation);
    auto chosen = sqlite::findReminder(tx, id);
    if (!about || !chosen || chosen->consultation != consultation)
        return Error{ErrorKind::notFound, "error.not_found", {}, {}};
    RestorePlan plan{std::move(*about), std::move(*chosen), {}};
    std::vector<sqlite::Reminder> rows{plan.chosen};
    for (auto& row : sqlite::remindersOf(tx, consultation))
        if (row.id != plan.chosen.id && row.step == plan.chosen.step && row.due == plan.chosen.due)
            rows.push_back(std::move(row));
    const auto rules = sqlite::reminderRulesOf(tx, consultation);
    for (auto& row : rows) {
        const auto party = sqlite::findParty(tx, row.party);
        if (!party || !mayBeRestored(plan.consultation, *party, row, now.instant)) {
            if (row.id == plan.chosen.id) return notRestorable();
            continue;
        }
        const auto facts =
            factsFor(office, plan.consultation, *party, lookAtParty(tx, *party), rules, row, {}, row.due);
        const Instant due = row.due;
        plan.concerned.push_back({std::move(row), std::string(whyNot(plan.consultation, *party, facts, due))});
    }
    return plan;
}

Result<Done> restoreReminders(sqlite::Tx& tx, const Office& office, const Actor& actor, std::int64_t consultation,
                              std::int64_t id, bool all) {
    if (const auto row = sqlite::findReminder(tx, id);
        row && row->consultation == consultation && row->state == "planned")
        return Done{};
    auto plan = planRestoration(tx, office, consultation, id, tx.now());
    if (!plan) return plan.error();
    if (!all) plan->concerned.resize(1);
    std::string names;
    for (const auto& each : plan->concerned) {
        if (!sqlite::restoreReminder(tx, each.reminder.id)) return notRestorable();
        if (plan->concerned.size() <= mostNames) names += (names.empty() ? "" : "; ") + each.reminder.partyName;
    }
    const bool one = plan->concerned.size() == 1;
    tx.record({actor,
               "reminder.restored",
               consultation,
               one ? std::optional(plan->chosen.party) : std::nullopt,
               {{"step", plan->chosen.step},
                {"planned", plan->chosen.dueLocal},
                {"parties", std::to_string(plan->concerned.size())},
                {"names", names}}});
    return Done{};
}

} // namespace hoering
