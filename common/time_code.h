// Codes that follow the time (TOTP, RFC 6238) and base 32 (RFC 4648), by liboath.
// Not here: which codes count (server/domain/second_step.h), where secrets come from (server/domain/keys.h).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "common/clock.h"

namespace hoering {

/// The time step of RFC 6238 with the parameters every authenticator app knows: whole 30 seconds since 1970.
std::int64_t timeStepAt(Instant at);
/// The code of a step: six digits, HMAC-SHA-1. `secret`: raw bytes, 20 of them as RFC 4226 advises. Throws
/// std::runtime_error if the library cannot.
std::string timeCode(std::string_view secret, std::int64_t step);
/// A-Z and 2-7, with "=" at the end where the bytes do not fill it; 20 bytes are 32 letters.
std::string base32(std::string_view bytes);

} // namespace hoering
