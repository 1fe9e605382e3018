#include "usecases/sign_in.h"

#include "domain/typed_mail.h"
#include "sqlite/users.h"
#include "usecases/slow_down.h"

namespace hoering {

using namespace std::chrono_literals;

namespace {

const std::string& dummyHash(const Office& office) {
    static const std::string hash = hashPassword(randomToken(), office.passwordCost);
    return hash;
}

} // namespace

Credentials findCredentials(sqlite::ReadTx& tx, const Office& office, const SignInInput& input, Now now) {
    Credentials credentials;
    credentials.slowedDown = tooManyFailures(tx, nameKey(office, input.email), peerKey(office, input.peer), now);
    credentials.user = sqlite::findUserByEmail(tx, mailAsStored(input.email));
    if (credentials.user && credentials.user->disabled) credentials.user.reset();
    if (credentials.user) credentials.hash = sqlite::passwordHashOf(tx, credentials.user->id).value_or("");
    if (credentials.hash.empty()) {
        credentials.user.reset();
        credentials.hash = dummyHash(office);
    }
    return credentials;
}

bool passwordMatches(const Credentials& credentials, std::string_view password) {
    return verifyPassword(password, credentials.hash) && credentials.user.has_value();
}

NewSession beginSession(sqlite::Tx& tx, std::int64_t user) {
    NewSession made{randomToken()};
    const auto now = tx.now().instant;
    sqlite::insertSession(tx, {sha256Hex(made.token), user, {}, randomToken(18), now, now});
    return made;
}

Result<NewSession> signIn(sqlite::Tx& tx, const Office& office, const SignInInput& input,
                          const Credentials& credentials, bool matched, std::string_view oldToken) {
    if (credentials.slowedDown) return slowDown();
    if (!matched || !credentials.user)
        return Error{ErrorKind::invalid, "error.sign_in.wrong", {}, {{"password", "error.sign_in.wrong", {}}}};
    if (!oldToken.empty()) sqlite::endSession(tx, sha256Hex(oldToken));
    sqlite::clearSignInFailures(tx, nameKey(office, input.email));
    // Asked again here: it may have been turned on while the password was looked at.
    const auto user = sqlite::findUser(tx, credentials.user->id);
    if (user && user->twoSteps) {
        NewSession half{randomToken(), true};
        sqlite::insertHalfSession(tx, sha256Hex(half.token), user->id);
        tx.housekeeping("a right password waits for its code");
        return half;
    }
    tx.record({credentials.user->actor(), "user.signed_in", {}, {}, {}});
    return beginSession(tx, credentials.user->id);
}

void recordFailedSignIn(sqlite::Tx& tx, const Office& office, const SignInInput& input,
                        const Credentials& credentials) {
    sqlite::insertSignInFailure(tx, nameKey(office, input.email));
    sqlite::insertSignInFailure(tx, peerKey(office, input.peer));
    // Only for a known user: a typed name may be anything, even a password in the wrong field.
    if (credentials.user) tx.record({credentials.user->actor(), "user.sign_in_failed", {}, {}, {}});
    else tx.housekeeping("counts failed sign-ins of unknown names");
}

void signOut(sqlite::Tx& tx, std::string_view token) {
    const auto session = sqlite::findSession(tx, sha256Hex(token));
    if (!session || !session->user) return;
    sqlite::endSession(tx, session->tokenHash);
    if (const auto user = sqlite::findUser(tx, *session->user))
        tx.record({user->actor(), "user.signed_out", {}, {}, {}});
    else tx.housekeeping("ends a session");
}

std::optional<StaffSession> staffSession(sqlite::ReadTx& tx, const Office& office, std::string_view token, Now now) {
    if (token.empty()) return std::nullopt;
    auto session = sqlite::findSession(tx, sha256Hex(token));
    if (!session || !session->user) return std::nullopt;
    if (now.instant >= session->seenAt + office.sessionIdle || now.instant >= session->createdAt + office.sessionLength)
        return std::nullopt;
    auto user = sqlite::findUser(tx, *session->user);
    if (!user || user->disabled) return std::nullopt;
    const bool touch = now.instant >= session->seenAt + 1min;
    return StaffSession{std::move(*user), std::move(*session), touch};
}

} // namespace hoering
