// Tables second_steps, recovery_codes: how a user signs in beside the password. Rules: server/usecases (judge_code,
// turn_on_two_steps, change_two_steps), server/domain/second_step.
// Not here: half sessions (sessions.h), whether a user has two steps on (users.h).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sqlite/tx.h"

namespace hoering::sqlite {

struct SecondStep {
    std::optional<std::string> nonce; // nothing: turned off
    Instant since{};
    std::int64_t lastStep = 0;
    std::optional<std::string> setupNonce;
    Instant setupAt{};
    std::string setupSession; // SHA-256 of the token of the session that asked for it
};
std::optional<SecondStep> findSecondStep(ReadTx& tx, std::int64_t user);
/// A secret that waits for its first code; one that waited before is forgotten.
void beginSetup(Tx& tx, std::int64_t user, std::string_view nonce, std::string_view session);
/// The waiting secret is the one that counts from now on.
void finishSetup(Tx& tx, std::int64_t user, std::int64_t lastStep);
void markStepUsed(Tx& tx, std::int64_t user, std::int64_t step);
/// The secrets and the recovery codes.
void dropSecondStep(Tx& tx, std::int64_t user);

/// In the place of all there were.
void replaceRecoveryCodes(Tx& tx, std::int64_t user, const std::vector<std::string>& hashes);
/// True once: for the call that used it up.
bool useRecoveryCode(Tx& tx, std::int64_t user, std::string_view hash);
int recoveryCodesLeft(ReadTx& tx, std::int64_t user);

} // namespace hoering::sqlite
