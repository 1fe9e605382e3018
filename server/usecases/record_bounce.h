// A letter came back: it is marked, its party with it, the journal has it, and the secretariat hears of it.
// Not here: reading the returned mail (server/bounces), how it comes in (server/cli/bounce).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "common/result.h"
#include "domain/audit.h"
#include "sqlite/tx.h"

namespace hoering {

/// What a returned mail told: from outside, so nothing of it is believed beyond what it can do here – say of a letter
/// whose Message-ID it knows that it was not delivered.
struct ReturnedLetter {
    std::vector<std::string> messageIds; // "key@domain"; the first that is one of ours counts
    std::string action, status;          // RFC 3464 2.3.3, RFC 3463
    std::string diagnostic, recipient;   // one line each
    std::string fingerprint;             // of the message; 64 hexadecimal digits
};

struct BounceDone {
    std::optional<std::int64_t> letter; // which it is about, if that could be told
    bool known = false;                 // the same message came before: nothing was changed
    bool marked = false;                // the letter counts as not delivered from now on
};

/// Keeps the outcome, once per message. An action other than "failed" is only noted. Error: invalid "error.bounce" for
/// an action, status or fingerprint that is none.
Result<BounceDone> recordBounce(sqlite::Tx& tx, const Actor& actor, const ReturnedLetter& returned);

} // namespace hoering
