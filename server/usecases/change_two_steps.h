// The second step of signing in once it is on: new recovery codes, turned off by its user, reset for a colleague.
// Not here: turning it on, moving it to another app (turn_on_two_steps.h).
#pragma once

#include <string_view>

#include "common/result.h"
#include "domain/user.h"
#include "sqlite/tx.h"
#include "usecases/judge_code.h"
#include "usecases/office.h"
#include "usecases/turn_on_two_steps.h"

namespace hoering {

/// Ten new codes; the old ones end. The caller has asked for the password. Refusals: those of judgeCode,
/// "error.two_steps.off" (conflict).
Tried<RecoveryCodes> renewRecoveryCodes(sqlite::Tx& tx, const Office& office, const User& user, std::string_view code,
                                        std::string_view peer);
/// The password alone signs in again. Refusals as above, and "error.two_steps.required" (conflict) where the house asks
/// it of everybody.
Tried<Done> turnOffTwoSteps(sqlite::Tx& tx, const Office& office, const User& user, std::string_view code,
                            std::string_view peer);
/// For somebody who lost the app and the recovery codes: the second step is off, and the user's sessions end, as the
/// lost phone may hold one. Errors: notFound; conflict "error.two_steps.own" for an administrator's own (turning it off
/// asks for a code), "error.two_steps.colleague_off".
Result<Done> resetTwoSteps(sqlite::Tx& tx, const Office& office, const Actor& actor, std::int64_t user);

} // namespace hoering
