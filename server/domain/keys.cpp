#include "domain/keys.h"

#include <stdexcept>

#include "common/crypto.h"
#include "common/strings.h"

namespace hoering {

Keys::Keys(std::string secret) : secret_(std::move(secret)) {
    if (secret_.size() < 32) throw std::runtime_error("the secret key is shorter than 32 bytes");
}

std::string Keys::linkToken(std::string_view nonce) const {
    return base64Url(hmacSha256(secret_, "link\n" + std::string(nonce)));
}

std::string Keys::guestFormToken(long long day) const {
    return base64Url(hmacSha256(secret_, "guest form\n" + std::to_string(day)));
}

std::string Keys::timeCodeSecret(std::string_view nonce) const {
    return hmacSha256(secret_, "time code\n" + std::string(nonce)).substr(0, 20);
}

std::string Keys::recoveryCodeHash(std::int64_t user, std::string_view code) const {
    return base64Url(hmacSha256(secret_, "recovery code\n" + std::to_string(user) + "\n" + std::string(code)));
}

std::string Keys::pseudonym(std::string_view text) const {
    return base64Url(hmacSha256(secret_, "pseudonym\n" + std::string(text)).substr(0, 12));
}

} // namespace hoering
