// Who works here: the first administrator's one-time link, new colleagues, passwords, leaving.
// Not here: signing in (sign_in.h).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "common/result.h"
#include "domain/user.h"
#include "sqlite/tx.h"
#include "usecases/office.h"

namespace hoering {

/// A link's token that lets its holder create the first administrator within 24 hours; nothing once there is a user.
/// Each call makes the earlier ones worthless.
std::optional<std::string> firstAdministratorToken(sqlite::Tx& tx);

struct NewUser {
    std::string email, name;
    Role role = Role::reader;
    std::string language = "da";
};
struct UserAdded {
    std::int64_t id = 0;
    std::string passwordToken; // for a one-time link, 7 days, in which the person chooses a password
};
/// Sent twice – the same person, who has chosen no password yet – it is one user, and the newer link is the one that
/// works. Errors: fields email (missing, not an address, taken), name.
Result<UserAdded> addUser(sqlite::Tx& tx, const Office& office, const Actor& actor, const NewUser& input);
/// A new one-time link for a user who lost the password. Until it is used nothing ends but the links before it: one
/// that went astray is made worthless by making another.
Result<std::string> newPasswordToken(sqlite::Tx& tx, const Actor& actor, std::int64_t user);
/// What a one-time link is for: nullopt when unknown, used or too old. Empty user: the first administrator.
struct PasswordLinkFacts {
    std::optional<User> user;
};
std::optional<PasswordLinkFacts> lookAtPasswordLink(sqlite::ReadTx& tx, std::string_view token, Now now);

struct ChosenPassword {
    std::string token, name, email; // name and email only for the first administrator
    std::string password, again;
};
/// Checks what was typed (before the slow hash): lengths, equality, name and email for the first administrator.
Result<Done> checkChosenPassword(const Office& office, const ChosenPassword& input, bool first);
/// Uses the link up, sets the password, ends the user's sessions. `hash`: of input.password, made on a worker.
Result<User> choosePassword(sqlite::Tx& tx, const Office& office, const ChosenPassword& input, const std::string& hash);
/// Ends a user's access and sessions; the last administrator stays. Enables again when `disabled` is false.
Result<Done> setUserDisabled(sqlite::Tx& tx, const Actor& actor, std::int64_t user, bool disabled);

} // namespace hoering
