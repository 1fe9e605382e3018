// The second step of signing in: what is typed beside the password, which codes count, what an app is told.
// Not here: the code of a moment (common/time_code.h), counting wrong ones (server/usecases/judge_code), rows.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "common/clock.h"

namespace hoering {

/// After a right password: so long the code may be typed.
inline constexpr std::chrono::minutes halfSessionLength{10};
/// A secret that was shown and never confirmed by a code is dropped after this.
inline constexpr std::chrono::hours setupLength{1};
inline constexpr int recoveryCodeCount = 10;

/// Whether two steps are asked of everybody ([staff] two_steps).
enum class TwoSteps { optional, required };

/// The time step of a typed code that counts now: the app's clock may be a step (30 s) ahead or behind, and no step up
/// to `lastStep` counts again (RFC 6238, 5.2). `typed` may hold blanks. Nothing: it does not count.
std::optional<std::int64_t> acceptedStep(std::string_view secret, std::string_view typed, Instant now,
                                         std::int64_t lastStep);

/// "K7QM-3XRT-FZA2": 60 random bits in the letters of base 32.
std::string newRecoveryCode();
/// What was typed as it is kept and compared: capitals, no blanks or hyphens, 0, 1 and 8 (which no code has) as the
/// letters they look like. "" when it cannot be a code.
std::string recoveryCodeFrom(std::string_view typed);

/// What an app reads from the picture (otpauth://totp/…). `issuer` and `account` are shown in it; `secret`: raw bytes.
std::string authenticatorUri(std::string_view issuer, std::string_view account, std::string_view secret);
/// The secret for typing by hand: base 32 in groups of four.
std::string typedSecret(std::string_view secret);

} // namespace hoering
