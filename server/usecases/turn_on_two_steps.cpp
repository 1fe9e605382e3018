#include "usecases/turn_on_two_steps.h"

#include "common/crypto.h"
#include "domain/second_step.h"
#include "sqlite/second_steps.h"
#include "sqlite/sessions.h"
#include "sqlite/users.h"

namespace hoering {
namespace {

/// The nonce of a secret that waits for its first code in this session, which gave the password, and is not too old.
std::optional<std::string> waiting(const std::optional<sqlite::SecondStep>& stored, std::string_view session, Now now) {
    if (!stored || stored->setupSession != sha256Hex(session) || !stored->setupNonce ||
        now.instant >= stored->setupAt + setupLength)
        return std::nullopt;
    return stored->setupNonce;
}

bool isOn(sqlite::ReadTx& tx, std::int64_t user) {
    const auto stored = sqlite::findSecondStep(tx, user);
    return stored && stored->nonce;
}

void begin(sqlite::Tx& tx, std::int64_t user, std::string_view session) {
    sqlite::beginSetup(tx, user, randomToken(), sha256Hex(session));
    tx.housekeeping("a secret waits for its first code, and means nothing until then");
}

} // namespace

TwoStepsFacts lookAtTwoSteps(sqlite::ReadTx& tx, const Office& office, std::int64_t user, std::string_view sessionToken,
                             Now now) {
    TwoStepsFacts facts;
    const auto stored = sqlite::findSecondStep(tx, user);
    if (const auto nonce = waiting(stored, sessionToken, now)) facts.setupSecret = office.keys.timeCodeSecret(*nonce);
    if (!stored || !stored->nonce) return facts;
    facts.on = true;
    facts.since = stored->since;
    facts.recoveryCodesLeft = sqlite::recoveryCodesLeft(tx, user);
    return facts;
}

Result<Done> beginTwoSteps(sqlite::Tx& tx, const User& user, std::string_view sessionToken) {
    if (isOn(tx, user.id)) return Error{ErrorKind::conflict, "error.two_steps.on", {}, {}};
    begin(tx, user.id, sessionToken);
    return Done{};
}

Tried<Done> moveTwoSteps(sqlite::Tx& tx, const Office& office, const User& user, std::string_view code,
                         std::string_view peer, std::string_view sessionToken) {
    if (!isOn(tx, user.id)) return {{}, {ErrorKind::conflict, "error.two_steps.off", {}, {}}};
    const auto judged = judgeCode(tx, office, user, code, peer, CodeKind::either);
    if (judged.refusal) return {{}, *judged.refusal};
    begin(tx, user.id, sessionToken);
    return {Done{}};
}

RecoveryCodes makeRecoveryCodes(sqlite::Tx& tx, const Office& office, std::int64_t user) {
    RecoveryCodes codes;
    std::vector<std::string> hashes;
    for (int i = 0; i < recoveryCodeCount; ++i) {
        codes.push_back(newRecoveryCode());
        hashes.push_back(office.keys.recoveryCodeHash(user, recoveryCodeFrom(codes.back())));
    }
    sqlite::replaceRecoveryCodes(tx, user, hashes);
    return codes;
}

Result<RecoveryCodes> confirmTwoSteps(sqlite::Tx& tx, const Office& office, const User& user, std::string_view code,
                                      std::string_view sessionToken) {
    const auto stored = sqlite::findSecondStep(tx, user.id);
    const auto nonce = waiting(stored, sessionToken, tx.now());
    if (!nonce) return Error{ErrorKind::conflict, "error.two_steps.setup_over", {}, {}};
    // A code of the old app counts no more, so the steps it used are no bar.
    const auto step = acceptedStep(office.keys.timeCodeSecret(*nonce), code, tx.now().instant, 0);
    if (!step) return Error{ErrorKind::invalid, "error.form", {}, {{"code", "error.code.first_wrong", {}}}};
    const bool moved = stored->nonce.has_value();
    sqlite::finishSetup(tx, user.id, *step);
    sqlite::endOtherSessionsOfUser(tx, user.id, sha256Hex(sessionToken));
    auto codes = makeRecoveryCodes(tx, office, user.id);
    tx.record({user.actor(), moved ? "user.two_steps_moved" : "user.two_steps_on", {}, {}, {}});
    return codes;
}

} // namespace hoering
