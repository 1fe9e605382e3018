// What the pages of signing in have in common: where to go afterwards, cookies, judging a password, the first form.
// Not here: the pages (sign_in_pages.cpp, code_pages.cpp), the rules (server/usecases/sign_in.h).
#pragma once

#include <string>
#include <string_view>

#include "usecases/sign_in.h"
#include "web/components.h"
#include "web/desk.h"

namespace hoering::web {

/// Where to go after signing in: an address of the office, on this very server, and nothing else.
std::string safeTarget(std::string_view asked);
/// The token of the office's cookie, "" for none.
std::string staffToken(const Desk& desk);
/// The token of a right password that waits for its code, "" for none.
std::string halfToken(const Desk& desk);
/// A page of signing in with the address to go on to, "/kontor/log-ind/kode?til=…".
std::string withTarget(std::string_view page, std::string_view target);

/// To `where` with a whole session's cookie, or to the page that asks for the code with a half one's.
http::Reply goOnWith(const Desk& desk, const std::string& where, const NewSession& session);

/// The slow hash runs here, on the worker; a wrong password is counted in a transaction of its own.
struct JudgedPassword {
    Credentials credentials;
    bool matched = false;
};
JudgedPassword judgePassword(Desk& desk, const SignInInput& input);
/// The password of who is signed in already, asked for again in the field "password" before something weighty.
/// Nothing: it is right.
std::optional<Error> refusedPassword(Desk& desk);
/// That field. `form` shows what was wrong.
Markup passwordField(const Form& form);

http::Reply showSignIn(const Desk& desk, const Form& form, std::string_view target, int status);

} // namespace hoering::web
