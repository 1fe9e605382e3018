// Guessing is slowed down: what is counted of failed tries, and when there were too many.
// Not here: what was tried (sign_in.h, judge_code.h), wrong personal links (server/web/guess_limit).
#pragma once

#include <string>
#include <string_view>

#include "common/error.h"
#include "sqlite/tx.h"
#include "usecases/office.h"

namespace hoering {

/// Under what name failures are counted; none can be read back.
std::string nameKey(const Office& office, std::string_view email); // passwords for a typed name
std::string codeKey(const Office& office, std::int64_t user);      // codes after a right password
std::string peerKey(const Office& office, std::string_view peer);  // both, by client address

/// 10 failures in a quarter of an hour for one name are enough, and 50 from one address.
bool tooManyFailures(sqlite::ReadTx& tx, const std::string& who, const std::string& peer, Now now);
/// "error.sign_in.slow", with how long to wait.
Error slowDown();

} // namespace hoering
