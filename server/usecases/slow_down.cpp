#include "usecases/slow_down.h"

#include <chrono>

#include "common/strings.h"
#include "domain/typed_mail.h"
#include "sqlite/users.h"

namespace hoering {
namespace {

constexpr std::chrono::minutes failureWindow{15};
constexpr int failuresAllowed = 10;

} // namespace

std::string nameKey(const Office& office, std::string_view email) {
    return office.keys.pseudonym("name " + lowerAscii(mailAsStored(email)));
}
std::string codeKey(const Office& office, std::int64_t user) {
    return office.keys.pseudonym("code " + std::to_string(user));
}
std::string peerKey(const Office& office, std::string_view peer) {
    return office.keys.pseudonym("peer " + std::string(peer));
}

bool tooManyFailures(sqlite::ReadTx& tx, const std::string& who, const std::string& peer, Now now) {
    const Instant since = now.instant - failureWindow;
    return sqlite::signInFailuresSince(tx, who, since) >= failuresAllowed ||
           sqlite::signInFailuresSince(tx, peer, since) >= failuresAllowed * 5;
}

Error slowDown() {
    return {ErrorKind::invalid, "error.sign_in.slow", {{"minutes", std::to_string(failureWindow.count())}}, {}};
}

} // namespace hoering
