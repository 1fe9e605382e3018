#include "usecases/extend_deadline.h"

#include "domain/access.h"
#include "domain/extension.h"
#include "sqlite/consultations.h"
#include "sqlite/extensions.h"
#include "sqlite/parties.h"
#include "sqlite/reminders.h"
#include "usecases/new_deadline.h"
#include "usecases/plan_reminders.h"

namespace hoering {
namespace {

/// As it will be: what the letters tell of, and what each party's deadline follows from.
Consultation movedTo(Consultation consultation, const Deadline& deadline) {
    consultation.text.deadline = deadline;
    consultation.state = ConsultationState::open;
    consultation.closedAt.reset();
    return consultation;
}

/// Its deadline moves, or its door opens again.
bool concerns(const Consultation& before, const Consultation& after, const Party& party) {
    return closedEarly(before) || deadlineFor(after, party).endsAt() > deadlineFor(before, party).endsAt();
}

/// Waiting requests of parties that get at least what they asked for.
std::vector<ExtensionRequest> fulfilledBy(sqlite::ReadTx& tx, const Consultation& after) {
    std::vector<ExtensionRequest> fulfilled;
    for (auto& request : sqlite::extensionRequestsOf(tx, after.id))
        if (request.state == RequestState::asked && request.wanted.endsAt() <= after.text.deadline->endsAt())
            fulfilled.push_back(std::move(request));
    return fulfilled;
}

Result<ActPlan> plan(sqlite::ReadTx& tx, const Office& office, const Consultation& consultation, const ActInput& input,
                     Now now) {
    if (!mayExtend(consultation)) return Error{ErrorKind::closed, "error.act.not_extendable", {}, {}};
    const Deadline before = *consultation.text.deadline;
    const auto typed = newDeadlineFrom(input, before, now);
    if (!typed) return typed.error();
    const Consultation after = movedTo(consultation, typed->deadline);
    const bool reopens = consultation.state == ConsultationState::closed;

    ActPlan plan;
    plan.findings = doubtsAboutMove(typed->deadline, now);
    plan.effects.push_back({"plan.extend.to", {{"before", before.asArg()}, {"deadline", typed->deadline.asArg()}}});
    if (reopens) plan.effects.push_back({"plan.extend.reopens", {}});
    if (consultation.text.isPublic) plan.effects.push_back({"plan.extend.public", {}});
    if (!sqlite::reminderStepsOf(tx, consultation.id).empty()) plan.effects.push_back({"plan.extend.reminders", {}});
    for (const auto& request : fulfilledBy(tx, after))
        plan.effects.push_back({"plan.extend.fulfils", {{"party", request.partyName}}});

    const auto facts = sqlite::factsOf(tx, consultation.id);
    bool anyLate = false;
    for (const auto& party : sqlite::partiesOf(tx, consultation.id)) {
        const PartyFacts& known = facts.at(party.id);
        anyLate = anyLate || known.late;
        if (!concerns(consultation, after, party)) {
            plan.leftOut.push_back({party.name, "left_out.own_later"});
            continue;
        }
        const text::DeadlineMove move{deadlineFor(consultation, party), typed->reason, known.answeredAt.has_value(),
                                      reopens};
        writeTo(plan.letters, party, [&](const Party& to, const Contact& contact) {
            return text::deadlineChangedLetter(office.words(to.language), {office.house, after, to, contact}, move);
        });
    }
    if (anyLate) plan.effects.push_back({"plan.extend.late_stay", {}});
    return plan;
}

Result<Done> perform(sqlite::Tx& tx, const Office&, const Actor& actor, const ActPlan& plan, const ActInput& input) {
    const Consultation& before = plan.consultation;
    const Deadline from = *before.text.deadline;
    const auto typed = newDeadlineFrom(input, from, tx.now());
    if (!typed) return typed.error();
    if (!sqlite::moveDeadline(tx, before.id, typed->deadline, before.version))
        return Error{ErrorKind::conflict, "error.act.changed", {}, {}};
    sqlite::insertDeadlineChange(tx, {.consultation = before.id,
                                      .from = from,
                                      .to = typed->deadline,
                                      .reason = typed->reason,
                                      .byName = actor.name});
    const Consultation after = movedTo(before, typed->deadline);
    const auto steps = sqlite::reminderStepsOf(tx, before.id);
    for (const auto& party : sqlite::partiesOf(tx, before.id))
        if (concerns(before, after, party)) planRemindersOf(tx, after, party, steps);
    const bool reopened = before.state == ConsultationState::closed;
    tx.record({actor,
               "deadline.extended",
               before.id,
               {},
               {{"before", from.stored()},
                {"deadline", typed->deadline.stored()},
                {"reason", typed->reason},
                {"reopened", reopened ? "true" : "false"},
                {"letters", std::to_string(plan.letters.size())}}});
    for (const auto& request : fulfilledBy(tx, after)) {
        sqlite::answerExtensionRequest(tx, request.id, RequestState::granted, actor.id, typed->deadline, typed->reason);
        tx.record({actor,
                   "extension.granted",
                   before.id,
                   request.party,
                   {{"wanted", request.wanted.stored()}, {"deadline", typed->deadline.stored()}}});
    }
    tx.touchesPublicPages();
    return Done{};
}

} // namespace

const Act extendAct{"extend", plan, perform};

} // namespace hoering
