#include "usecases/change_two_steps.h"

#include "sqlite/second_steps.h"
#include "sqlite/sessions.h"
#include "sqlite/users.h"
#include "usecases/slow_down.h"

namespace hoering {
namespace {

/// Why nothing is done with this code; nothing: it was right, and is used up.
std::optional<Error> refused(sqlite::Tx& tx, const Office& office, const User& user, std::string_view code,
                             std::string_view peer) {
    const auto stored = sqlite::findSecondStep(tx, user.id);
    if (!stored || !stored->nonce) return Error{ErrorKind::conflict, "error.two_steps.off", {}, {}};
    return judgeCode(tx, office, user, code, peer, CodeKind::either).refusal;
}

} // namespace

Tried<RecoveryCodes> renewRecoveryCodes(sqlite::Tx& tx, const Office& office, const User& user, std::string_view code,
                                        std::string_view peer) {
    if (auto no = refused(tx, office, user, code, peer)) return {{}, std::move(*no)};
    tx.record({user.actor(), "user.recovery_codes_made", {}, {}, {}});
    return {makeRecoveryCodes(tx, office, user.id)};
}

Tried<Done> turnOffTwoSteps(sqlite::Tx& tx, const Office& office, const User& user, std::string_view code,
                            std::string_view peer) {
    if (office.twoSteps == TwoSteps::required) return {{}, {ErrorKind::conflict, "error.two_steps.required", {}, {}}};
    if (auto no = refused(tx, office, user, code, peer)) return {{}, std::move(*no)};
    sqlite::dropSecondStep(tx, user.id);
    tx.record({user.actor(), "user.two_steps_off", {}, {}, {}});
    return {Done{}};
}

Result<Done> resetTwoSteps(sqlite::Tx& tx, const Office& office, const Actor& actor, std::int64_t id) {
    const auto user = sqlite::findUser(tx, id);
    if (!user) return Error{ErrorKind::notFound, "error.not_found", {}, {}};
    if (actor.kind == ActorKind::user && actor.id == id)
        return Error{ErrorKind::conflict, "error.two_steps.own", {}, {}};
    if (!user->twoSteps) return Error{ErrorKind::conflict, "error.two_steps.colleague_off", {}, {}};
    sqlite::dropSecondStep(tx, id);
    sqlite::endSessionsOfUser(tx, id);
    sqlite::clearSignInFailures(tx, codeKey(office, id)); // who lost the app has often tried first
    tx.record({actor, "user.two_steps_reset", {}, {}, {{"user", user->name}}});
    return Done{};
}

} // namespace hoering
