// The service's own secret and what is derived from it. It lives in a file beside the database, never in it:
// a copy of the database alone opens no link.
// Not here: reading the file (server/app), comparing (common/crypto.h).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace hoering {

class Keys {
  public:
    /// At least 32 random bytes.
    explicit Keys(std::string secret);
    /// The token of the personal link with this nonce: 256 bits, base64url.
    std::string linkToken(std::string_view nonce) const;
    /// The CSRF token of forms shown to visitors without a session, by day number since 1970.
    std::string guestFormToken(long long day) const;
    /// The secret an authenticator app is given with this nonce: 20 raw bytes (RFC 4226, 4).
    std::string timeCodeSecret(std::string_view nonce) const;
    /// What is kept of a user's recovery code: without the key file nobody can try codes against it.
    std::string recoveryCodeHash(std::int64_t user, std::string_view code) const;
    /// A pseudonym for what must be counted but not kept readable (sign-in names, addresses).
    std::string pseudonym(std::string_view text) const;

  private:
    std::string secret_;
};

} // namespace hoering
