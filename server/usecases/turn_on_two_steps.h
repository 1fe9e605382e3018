// A colleague turns on the second step of signing in, or moves it to another app: a secret is shown, and counts once a
// code of it was typed, so that nobody locks itself out.
// Not here: turning it off, new recovery codes, resetting (change_two_steps.h); asking for the password (sign_in.h).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/result.h"
#include "domain/user.h"
#include "sqlite/tx.h"
#include "usecases/judge_code.h"
#include "usecases/office.h"

namespace hoering {

struct TwoStepsFacts {
    bool on = false;
    Instant since{}; // when on
    int recoveryCodesLeft = 0;
    std::optional<std::string> setupSecret; // raw bytes of one that waits for its first code; for an hour
};
/// As that session of the user sees it.
TwoStepsFacts lookAtTwoSteps(sqlite::ReadTx& tx, const Office& office, std::int64_t user, std::string_view sessionToken,
                             Now now);

/// Makes a secret that waits for its first code; what counts now goes on counting. The caller has asked for the
/// password in this session, which alone may confirm it. Errors: "error.two_steps.on" (conflict): then it is
/// moveTwoSteps.
Result<Done> beginTwoSteps(sqlite::Tx& tx, const User& user, std::string_view sessionToken);
/// The same for another app: the old one's code, or a recovery code, is asked for too. Refusals: those of judgeCode,
/// "error.two_steps.off" (conflict).
Tried<Done> moveTwoSteps(sqlite::Tx& tx, const Office& office, const User& user, std::string_view code,
                         std::string_view peer, std::string_view sessionToken);

/// "K7QM-3XRT-FZA2", to be shown once: only hashes are stored.
using RecoveryCodes = std::vector<std::string>;
/// New ones in the place of all there were; in the transaction of what they are made for, which records it.
RecoveryCodes makeRecoveryCodes(sqlite::Tx& tx, const Office& office, std::int64_t user);

/// The waiting secret counts from now on if `code` is one of it; the user's sessions but this one end, they came about
/// without it. Errors: field code; "error.two_steps.setup_over" (conflict) when none waits any more.
Result<RecoveryCodes> confirmTwoSteps(sqlite::Tx& tx, const Office& office, const User& user, std::string_view code,
                                      std::string_view sessionToken);

} // namespace hoering
