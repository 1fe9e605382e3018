// What a colleague chooses for itself: the language, and how it hears of answers.
// Not here: adding and disabling users (manage_users.h), passwords.
#pragma once

#include <string>

#include "common/result.h"
#include "domain/user.h"
#include "sqlite/tx.h"

namespace hoering {

/// As typed: "at_once", "daily" or "never"; "da" or "en".
struct MySettings {
    std::string notify, language;
};
/// Answers that wait to be told follow the new wish. Saving what already stands changes nothing. Errors: fields notify,
/// language.
Result<Done> saveMySettings(sqlite::Tx& tx, const User& user, const MySettings& input);

} // namespace hoering
