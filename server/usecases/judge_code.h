// Judges the second thing a user proves itself by: a code of the app, or a recovery code. Right ones are used up, wrong
// ones are counted, in the transaction of what they were typed for.
// Not here: which codes count (server/domain/second_step.h), what follows (finish_sign_in.h, change_two_steps.h).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "common/error.h"
#include "domain/user.h"
#include "sqlite/tx.h"
#include "usecases/office.h"

namespace hoering {

/// What came of something that a code was typed for. Not a Result: an Error would take the count of a wrong code back.
template <class T> struct Tried {
    std::optional<T> done;
    Error refusal{}; // when there is nothing in `done`
};

enum class CodeKind { app, recovery, either };

struct JudgedCode {
    std::optional<Error> refusal; // field "code"; or "error.sign_in.slow" after too many, whatever was typed
    bool recovery = false;        // it was a recovery code
};
/// A right code is used up: the step for all earlier ones too (RFC 6238, 5.2), the recovery code for ever. A wrong one
/// is counted and recorded.
JudgedCode judgeCode(sqlite::Tx& tx, const Office& office, const User& user, std::string_view typed,
                     std::string_view peer, CodeKind kind);

} // namespace hoering
