#include "usecases/answer_extension.h"

#include "domain/access.h"
#include "domain/extension.h"
#include "sqlite/extensions.h"
#include "sqlite/parties.h"
#include "usecases/check.h"
#include "usecases/extend_party.h"

namespace hoering {
namespace {

Result<ActPlan> plan(sqlite::ReadTx& tx, const Office& office, const Consultation& consultation, const ActInput& input,
                     Now now) {
    if (!mayExtend(consultation)) return Error{ErrorKind::closed, "error.act.not_extendable", {}, {}};
    const auto request = requestToAnswer(tx, consultation, input);
    if (!request) return request.error();
    const auto party = sqlite::findParty(tx, request->party);
    if (!party) return Error{ErrorKind::notFound, "error.not_found", {}, {}};
    Check check;
    const std::string reason = check.text("reason", input.get("reason"), 2'000, true);
    if (!check.ok()) return check.error();
    ActPlan plan;
    const Deadline due = deadlineFor(consultation, *party);
    const bool over = mayAnswer(consultation, *party, now.instant) != Answering::inTime;
    plan.effects.push_back({over ? "plan.refuse_extension.over" : "plan.refuse_extension.stays",
                            {{"party", party->name}, {"deadline", due.asArg()}}});
    writeTo(plan.letters, *party, [&](const Party& to, const Contact& contact) {
        return text::extensionRefusedLetter(office.words(to.language), {office.house, consultation, to, contact},
                                            request->wanted, reason, over);
    });
    return plan;
}

Result<Done> perform(sqlite::Tx& tx, const Office&, const Actor& actor, const ActPlan& plan, const ActInput& input) {
    const auto request = requestToAnswer(tx, plan.consultation, input);
    if (!request) return request.error();
    Check check;
    const std::string reason = check.text("reason", input.get("reason"), 2'000, true);
    if (!sqlite::answerExtensionRequest(tx, request->id, RequestState::refused, actor.id, {}, reason))
        return Error{ErrorKind::closed, "error.extension.decided", {}, {}};
    tx.record(
        {actor,
         "extension.refused",
         plan.consultation.id,
         request->party,
         {{"wanted", request->wanted.stored()}, {"reason", reason}, {"letters", std::to_string(plan.letters.size())}}});
    return Done{};
}

} // namespace

const Act refuseExtensionAct{"refuse_extension", plan, perform};

} // namespace hoering
