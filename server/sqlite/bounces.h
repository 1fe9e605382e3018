// Table bounces: what became known of letters after a mail server took them.
// Not here: what follows from it (server/usecases/record_bounce), reading a returned mail (server/bounces).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/clock.h"
#include "sqlite/tx.h"

namespace hoering::sqlite {

struct Bounce {
    std::optional<std::int64_t> letter; // nothing: it could not be told which
    Instant at{};
    std::string action, status, diagnostic, recipient;
    std::string fingerprint;
};
/// `at` is the transaction's time. False, and nothing written, if there is one with that fingerprint.
bool insertBounce(Tx& tx, const Bounce& bounce);
std::vector<Bounce> bouncesOf(ReadTx& tx, std::int64_t letter); // oldest first
/// Those that fit no letter, newest first.
std::vector<Bounce> strayBounces(ReadTx& tx, int limit);
/// True for the first time.
bool markBounced(Tx& tx, std::int64_t letter);

} // namespace hoering::sqlite
