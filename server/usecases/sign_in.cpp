#include "usecases/sign_in.h"

#include "common/strings.h"
#include "domain/typed_mail.h"
#include "sqlite/users.h"

namespace hoering {

using namespace std::chrono_literals;

namespace {

constexpr auto failureWindow = 15min;
constexpr int failuresAllowed = 10;

std::string nameKey(const Office& office, const SignInInput& input) {
    return office.keys.pseudonym("name " + lowerAscii(mailAsStored(input.email)));
}
std::string peerKey(const Office& office, const SignInInput& input) {
    return office.keys.pseudonym("peer " + input.peer);
}

const std::string& dummyHash(const Office& office) {
    static const std::string hash = hashPassword(randomToken(), office.passwordCost);
    return hash;
}

bool tooMany(sqlite::ReadTx& tx, const Office& office, const SignInInput& input, Instant since) {
    return sqlite::signInFailuresSince(tx, nameKey(office, input), since) >= failuresAllowed ||
           sqlite::signInFailuresSince(tx, peerKey(office, input), since) >= failuresAllowed * 5;
}

} // namespace

Credentials findCredentials(sqlite::ReadTx& tx, const Office& office, const SignInInput& input, Now now) {
    Credentials credentials;
    credentials.slowedDown = tooMany(tx, office, input, now.instant - failureWindow);
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

Result<NewSession> signIn(sqlite::Tx& tx, const Office& office, const SignInInput& input,
                          const Credentials& credentials, bool matched, std::string_view oldToken) {
    if (credentials.slowedDown)
        return Error{ErrorKind::invalid,
                     "error.sign_in.slow",
                     {{"minutes", std::to_string(std::chrono::minutes{failureWindow}.count())}},
                     {}};
    if (!matched || !credentials.user)
        return Error{ErrorKind::invalid, "error.sign_in.wrong", {}, {{"password", "error.sign_in.wrong", {}}}};
    if (!oldToken.empty()) sqlite::endSession(tx, sha256Hex(oldToken));
    NewSession made{randomToken()};
    const auto now = tx.now().instant;
    sqlite::insertSession(tx, {sha256Hex(made.token), credentials.user->id, {}, randomToken(18), now, now});
    sqlite::clearSignInFailures(tx, nameKey(office, input));
    tx.record({credentials.user->actor(), "user.signed_in", {}, {}, {}});
    return made;
}

void recordFailedSignIn(sqlite::Tx& tx, const Office& office, const SignInInput& input,
                        const Credentials& credentials) {
    sqlite::insertSignInFailure(tx, nameKey(office, input));
    sqlite::insertSignInFailure(tx, peerKey(office, input));
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
