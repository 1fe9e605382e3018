// Staff come and go: sign in, sign out, who is this. Passwords are hashed by the caller's worker, never on the writer.
// Not here: the code after the password (finish_sign_in.h), adding people (manage_users.h), parties' links
// (open_link.h).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "common/result.h"
#include "domain/user.h"
#include "sqlite/sessions.h"
#include "sqlite/tx.h"
#include "usecases/office.h"

namespace hoering {

struct SignInInput {
    std::string email, password, peer; // peer: client address, for the slow-down
};
struct Credentials {
    std::optional<User> user; // empty or disabled: must fail like a wrong password
    std::string hash;         // a dummy when there is none, so that the time is the same
    bool slowedDown = false;  // too many failures lately: not even tried
};
/// Before the password is looked at; how many failures are enough: slow_down.h.
Credentials findCredentials(sqlite::ReadTx& tx, const Office& office, const SignInInput& input, Now now);
/// The slow part: argon2id. True if the user may come in.
bool passwordMatches(const Credentials& credentials, std::string_view password);

struct NewSession {
    std::string token; // for the cookie; only its hash is stored
    bool half = false; // the user has two steps: the token opens nothing but the page that asks for the code
};
/// A whole session; in the transaction of whatever lets the user in, which records it.
NewSession beginSession(sqlite::Tx& tx, std::int64_t user);
/// After the password was judged. Errors: "error.sign_in.wrong" (same for unknown users), "error.sign_in.slow".
/// `oldToken`: a session that ends now ("" for none).
Result<NewSession> signIn(sqlite::Tx& tx, const Office& office, const SignInInput& input,
                          const Credentials& credentials, bool matched, std::string_view oldToken);
/// A failed try must be counted, but an Error rolls the transaction back: this is its own.
void recordFailedSignIn(sqlite::Tx& tx, const Office& office, const SignInInput& input, const Credentials& credentials);
void signOut(sqlite::Tx& tx, std::string_view token);

struct StaffSession {
    User user;
    sqlite::Session session;
    bool touch = false; // a minute or more since it was last seen
};
/// The user behind a cookie, if the session is within its idle and absolute limits.
std::optional<StaffSession> staffSession(sqlite::ReadTx& tx, const Office& office, std::string_view token, Now now);

} // namespace hoering
