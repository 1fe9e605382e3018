#include "usecases/judge_code.h"

#include "domain/second_step.h"
#include "sqlite/second_steps.h"
#include "sqlite/users.h"
#include "usecases/slow_down.h"

namespace hoering {
namespace {

bool useAppCode(sqlite::Tx& tx, const Office& office, const User& user, std::string_view typed) {
    const auto stored = sqlite::findSecondStep(tx, user.id);
    if (!stored || !stored->nonce) return false;
    const std::string secret = office.keys.timeCodeSecret(*stored->nonce);
    const auto step = acceptedStep(secret, typed, tx.now().instant, stored->lastStep);
    if (step) sqlite::markStepUsed(tx, user.id, *step);
    return step.has_value();
}

bool useRecoveryCode(sqlite::Tx& tx, const Office& office, const User& user, std::string_view typed) {
    const std::string code = recoveryCodeFrom(typed);
    if (code.empty() || !sqlite::useRecoveryCode(tx, user.id, office.keys.recoveryCodeHash(user.id, code)))
        return false;
    const std::string left = std::to_string(sqlite::recoveryCodesLeft(tx, user.id));
    tx.record({user.actor(), "user.recovery_code_used", {}, {}, {{"codes_left", left}}});
    return true;
}

} // namespace

JudgedCode judgeCode(sqlite::Tx& tx, const Office& office, const User& user, std::string_view typed,
                     std::string_view peer, CodeKind kind) {
    const std::string who = codeKey(office, user.id), from = peerKey(office, peer);
    if (tooManyFailures(tx, who, from, tx.now())) return {slowDown()};
    const bool byApp = kind != CodeKind::recovery && useAppCode(tx, office, user, typed);
    if (byApp || (kind != CodeKind::app && useRecoveryCode(tx, office, user, typed))) {
        sqlite::clearSignInFailures(tx, who);
        return {std::nullopt, !byApp};
    }
    sqlite::insertSignInFailure(tx, who);
    sqlite::insertSignInFailure(tx, from);
    tx.record({user.actor(), "user.code_failed", {}, {}, {}});
    const char* key = kind == CodeKind::recovery ? "error.code.recovery_wrong"
                      : kind == CodeKind::app    ? "error.code.wrong"
                                                 : "error.code.neither";
    return {Error{ErrorKind::invalid, "error.form", {}, {{"code", key, {}}}}};
}

} // namespace hoering
