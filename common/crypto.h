// Hashes (nettle), passwords and random secrets (libsodium) behind plain functions.
// Not here: TLS (the proxy, libcurl), who may do what (server/domain/access.h).
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace hoering {

/// Must run once before anything else here. Throws std::runtime_error if the library cannot start.
void initCrypto();

/// SHA-256 (FIPS 180-4) as 64 lower-case hex digits.
std::string sha256Hex(std::string_view bytes);

/// SHA-256 in pieces, for files.
class Sha256 {
  public:
    Sha256();
    ~Sha256();
    Sha256(Sha256&&) noexcept;
    void update(std::string_view bytes);
    /// The length in bytes, a newline, then the bytes: so parts stay apart ("ab", "c" are not "a", "bc").
    void updatePart(std::string_view bytes);
    /// 64 lower-case hex digits; call once.
    std::string hex();

  private:
    struct State;
    std::unique_ptr<State> state_;
};

std::string randomBytes(std::size_t n);
/// n random bytes as base64url without padding; 32 bytes = 256 bits = 43 characters.
std::string randomToken(std::size_t n = 32);
/// HMAC-SHA-256 (RFC 2104) keyed with `key`, raw 32 bytes.
std::string hmacSha256(std::string_view key, std::string_view message);
bool equalConstantTime(std::string_view a, std::string_view b);

/// argon2id in libsodium's string form, with the parameters inside. Takes about `memoryKiB` of memory.
struct PasswordCost {
    unsigned long long operations = 3;
    std::size_t memoryKiB = 19456; // OWASP: >= 19 MiB
};
std::string hashPassword(std::string_view password, PasswordCost cost = {});
bool verifyPassword(std::string_view password, const std::string& hash);

} // namespace hoering
