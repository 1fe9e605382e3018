// Tables users, password_links, sign_in_failures. Rules: server/usecases/sign_in, manage_users.
// Not here: sessions (sessions.h), codes beside the password (second_steps.h).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/user.h"
#include "sqlite/tx.h"

namespace hoering::sqlite {

std::int64_t insertUser(Tx& tx, const User& user);
std::optional<User> findUser(ReadTx& tx, std::int64_t id);
std::optional<User> findUserByEmail(ReadTx& tx, std::string_view email); // case-insensitive
std::vector<User> listUsers(ReadTx& tx);                                 // by name
std::int64_t countUsers(ReadTx& tx);
std::optional<std::string> passwordHashOf(ReadTx& tx, std::int64_t user);
void setPasswordHash(Tx& tx, std::int64_t user, std::string_view hash);
void setDisabled(Tx& tx, std::int64_t user, bool disabled);
void setUserLanguage(Tx& tx, std::int64_t user, std::string_view language);
void setUserNotify(Tx& tx, std::int64_t user, Notify notify);

struct PasswordLink {
    std::optional<std::int64_t> user; // empty: creates the first administrator
    Instant expiresAt{};
    bool used = false;
};
void insertPasswordLink(Tx& tx, std::string_view tokenHash, std::optional<std::int64_t> user, Instant expiresAt);
std::optional<PasswordLink> findPasswordLink(ReadTx& tx, std::string_view tokenHash);
/// True once: for the call that used it up.
bool usePasswordLink(Tx& tx, std::string_view tokenHash);
/// None of the user's links works any more.
void endPasswordLinksOf(Tx& tx, std::int64_t user);
/// Links nobody has used for the first administrator are dropped when a new one is made.
void dropFirstAdministratorLinks(Tx& tx);

void insertSignInFailure(Tx& tx, std::string_view who);
int signInFailuresSince(ReadTx& tx, std::string_view who, Instant since);
void clearSignInFailures(Tx& tx, std::string_view who);
void sweepSignInFailures(Tx& tx, Instant before);

} // namespace hoering::sqlite
