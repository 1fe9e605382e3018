#include "usecases/finish_sign_in.h"

#include "domain/second_step.h"
#include "sqlite/sessions.h"
#include "sqlite/users.h"

namespace hoering {

std::optional<User> halfSignedIn(sqlite::ReadTx& tx, std::string_view halfToken, Now now) {
    if (halfToken.empty()) return std::nullopt;
    const auto half = sqlite::findHalfSession(tx, sha256Hex(halfToken));
    if (!half || now.instant >= half->createdAt + halfSessionLength) return std::nullopt;
    auto user = sqlite::findUser(tx, half->user);
    // Turned off or reset meanwhile: the password alone is asked for again, from the start.
    if (!user || user->disabled || !user->twoSteps) return std::nullopt;
    return user;
}

Tried<NewSession> finishSignIn(sqlite::Tx& tx, const Office& office, const TypedCode& input) {
    const auto user = halfSignedIn(tx, input.halfToken, tx.now());
    if (!user) return {{}, {ErrorKind::invalid, "error.sign_in.half_over", {}, {}}};
    const auto judged = judgeCode(tx, office, *user, input.code, input.peer, input.kind);
    if (judged.refusal) return {{}, *judged.refusal};
    sqlite::endHalfSession(tx, sha256Hex(input.halfToken));
    tx.record({user->actor(), "user.signed_in", {}, {}, {}});
    return {beginSession(tx, user->id)};
}

} // namespace hoering
