// The second step of signing in: the code after a right password.
// Not here: the password (sign_in.h), turning the second step on and off (turn_on_two_steps.h, change_two_steps.h).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "domain/user.h"
#include "sqlite/tx.h"
#include "usecases/judge_code.h"
#include "usecases/office.h"
#include "usecases/sign_in.h"

namespace hoering {

/// Whose right password waits for its code; nothing once ten minutes have passed, or the half session has ended.
std::optional<User> halfSignedIn(sqlite::ReadTx& tx, std::string_view halfToken, Now now);

struct TypedCode {
    std::string halfToken, code;
    CodeKind kind = CodeKind::app;
    std::string peer; // client address, for the slow-down
};
/// Ends the half session and begins a whole one, under another token. Refusals: those of judgeCode, and
/// "error.sign_in.half_over" when nothing waits for a code any more.
Tried<NewSession> finishSignIn(sqlite::Tx& tx, const Office& office, const TypedCode& input);

} // namespace hoering
