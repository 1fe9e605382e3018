#include "usecases/extend_party.h"

#include <charconv>

#include "domain/access.h"
#include "sqlite/consultations.h"
#include "sqlite/extensions.h"
#include "sqlite/parties.h"
#include "sqlite/reminders.h"
#include "sqlite/responses.h"
#include "usecases/new_deadline.h"
#include "usecases/plan_reminders.h"

namespace hoering {
namespace {

/// Who gets a deadline, and the request it answers, if one waits.
struct Extended {
    Party party;
    std::optional<ExtensionRequest> request;
};

Error notFound() { return {ErrorKind::notFound, "error.not_found", {}, {}}; }

Result<Extended> chosen(sqlite::ReadTx& tx, const Consultation& consultation, const ActInput& input) {
    const auto id = idIn(input, "party");
    if (id == 0) return Error{ErrorKind::invalid, "error.form", {}, {{"party", "error.party.choose", {}}}};
    auto party = sqlite::findParty(tx, id);
    if (!party || party->consultation != consultation.id) return notFound();
    auto request = sqlite::lastExtensionRequestOf(tx, id);
    if (request && request->state != RequestState::asked) request.reset();
    return Extended{std::move(*party), std::move(request)};
}

Result<Extended> asking(sqlite::ReadTx& tx, const Consultation& consultation, const ActInput& input) {
    auto request = requestToAnswer(tx, consultation, input);
    if (!request) return std::move(request).error();
    auto party = sqlite::findParty(tx, request->party);
    if (!party) return notFound();
    return Extended{std::move(*party), std::move(*request)};
}

using Find = Result<Extended> (*)(sqlite::ReadTx&, const Consultation&, const ActInput&);

Result<ActPlan> planFor(Find find, sqlite::ReadTx& tx, const Office& office, const Consultation& consultation,
                        const ActInput& input, Now now) {
    if (consultation.state == ConsultationState::closed && closedEarly(consultation))
        return Error{ErrorKind::closed, "error.act.closed_early", {}, {}};
    if (!mayExtendOne(consultation)) return Error{ErrorKind::closed, "error.act.not_extendable", {}, {}};
    const auto extended = find(tx, consultation, input);
    if (!extended) return extended.error();
    const Party& party = extended->party;
    const Deadline before = deadlineFor(consultation, party);
    const auto typed = newDeadlineFrom(input, before, now);
    if (!typed) return typed.error();

    ActPlan plan;
    plan.findings = doubtsAboutMove(typed->deadline, now);
    plan.effects.push_back(
        {"plan.extend_party.to",
         {{"party", party.name}, {"before", before.asArg()}, {"deadline", typed->deadline.asArg()}}});
    if (extended->request)
        plan.effects.push_back(
            {"plan.extend_party.answers", {{"party", party.name}, {"wanted", extended->request->wanted.asArg()}}});
    if (party.role == PartyRole::consulted && !sqlite::reminderStepsOf(tx, consultation.id).empty())
        plan.effects.push_back({"plan.extend_party.reminders", {}});
    const text::DeadlineMove move{before, typed->reason, sqlite::hasAnswered(tx, party.id), false};
    Party after = party;
    after.ownDeadline = typed->deadline;
    writeTo(plan.letters, after, [&](const Party& to, const Contact& contact) {
        const text::LetterFacts facts{office.house, consultation, to, contact};
        return extended->request
                   ? text::extensionGrantedLetter(office.words(to.language), facts, move, extended->request->wanted)
                   : text::ownDeadlineLetter(office.words(to.language), facts, move);
    });
    return plan;
}

Result<Done> performFor(Find find, sqlite::Tx& tx, const Actor& actor, const ActPlan& plan, const ActInput& input) {
    const Consultation& consultation = plan.consultation;
    auto extended = find(tx, consultation, input);
    if (!extended) return std::move(extended).error();
    Party& party = extended->party;
    const Deadline before = deadlineFor(consultation, party);
    const auto typed = newDeadlineFrom(input, before, tx.now());
    if (!typed) return typed.error();
    sqlite::setOwnDeadline(tx, party.id, typed->deadline);
    sqlite::bumpVersion(tx, consultation.id);
    sqlite::insertDeadlineChange(tx, {.consultation = consultation.id,
                                      .party = party.id,
                                      .from = before,
                                      .to = typed->deadline,
                                      .reason = typed->reason,
                                      .byName = actor.name});
    party.ownDeadline = typed->deadline;
    planRemindersOf(tx, consultation, party, sqlite::reminderStepsOf(tx, consultation.id));
    std::vector<std::pair<std::string, std::string>> details{{"before", before.stored()},
                                                             {"deadline", typed->deadline.stored()},
                                                             {"reason", typed->reason},
                                                             {"letters", std::to_string(plan.letters.size())}};
    if (const auto& request = extended->request) {
        if (!sqlite::answerExtensionRequest(tx, request->id, RequestState::granted, actor.id, typed->deadline,
                                            typed->reason))
            return Error{ErrorKind::closed, "error.extension.decided", {}, {}};
        details.insert(details.begin(), {"wanted", request->wanted.stored()});
    }
    tx.record({actor, extended->request ? "extension.granted" : "party.deadline_extended", consultation.id, party.id,
               std::move(details)});
    return Done{};
}

Result<ActPlan> planExtend(sqlite::ReadTx& tx, const Office& office, const Consultation& consultation,
                           const ActInput& input, Now now) {
    return planFor(chosen, tx, office, consultation, input, now);
}
Result<Done> performExtend(sqlite::Tx& tx, const Office&, const Actor& actor, const ActPlan& plan,
                           const ActInput& input) {
    return performFor(chosen, tx, actor, plan, input);
}
Result<ActPlan> planGrant(sqlite::ReadTx& tx, const Office& office, const Consultation& consultation,
                          const ActInput& input, Now now) {
    return planFor(asking, tx, office, consultation, input, now);
}
Result<Done> performGrant(sqlite::Tx& tx, const Office&, const Actor& actor, const ActPlan& plan,
                          const ActInput& input) {
    return performFor(asking, tx, actor, plan, input);
}

} // namespace

std::int64_t idIn(const ActInput& input, std::string_view field) {
    const auto text = input.get(field);
    std::int64_t id = 0;
    const auto [end, trouble] = std::from_chars(text.data(), text.data() + text.size(), id);
    return trouble == std::errc{} && end == text.data() + text.size() ? id : 0;
}

Result<ExtensionRequest> requestToAnswer(sqlite::ReadTx& tx, const Consultation& consultation, const ActInput& input) {
    auto request = sqlite::findExtensionRequest(tx, idIn(input, "request"));
    if (!request || request->consultation != consultation.id) return notFound();
    if (request->state != RequestState::asked) return Error{ErrorKind::closed, "error.extension.decided", {}, {}};
    return std::move(*request);
}

const Act extendPartyAct{"extend_party", planExtend, performExtend};
const Act grantExtensionAct{"grant_extension", planGrant, performGrant};

} // namespace hoering
