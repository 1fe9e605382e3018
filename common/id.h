// Short random names: request numbers, receipts, idempotency keys.
// Not here: secrets (common/crypto.h tokens).
#pragma once

#include <string>

#include "common/clock.h"

namespace hoering {

/// A receipt number a person can read aloud: "K7QM-3XRT-9F2A" (Crockford base 32 without I L O U). The first four
/// signs are the time, in sixteenths of a second, going round once in 18 hours; the other eight are 40 random bits.
/// So numbers given in one moment stand side by side in their index, and none can be guessed from another.
std::string newReceiptNumber(Instant at);
/// 128 random bits as 32 hex digits.
std::string newKey();
/// 32 hex digits as well, for keys that are stored: 48 bits of milliseconds, then 80 random ones. New keys stand side
/// by side in their index (as in RFC 9562, version 7), so storing many touches few of its pages.
std::string newKeyAt(Instant at);

} // namespace hoering
