#include "common/id.h"

#include <cstdint>

#include "common/crypto.h"
#include "common/strings.h"

namespace hoering {

std::string newReceiptNumber(Instant at) {
    static constexpr char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"; // Crockford: no I L O U, and ascending
    auto bits = static_cast<std::uint64_t>(toMillis(at)) * 16 / 1000;      // its last 20 are kept
    for (const char c : randomBytes(5)) bits = bits << 8 | static_cast<unsigned char>(c);
    std::string number;
    for (int i = 0; i < 12; ++i) {
        if (i == 4 || i == 8) number += '-';
        number += alphabet[bits >> (55 - 5 * i) & 31];
    }
    return number;
}

std::string newKey() { return toHex(randomBytes(16)); }

std::string newKeyAt(Instant at) {
    std::string bytes(6, '\0');
    auto millis = static_cast<std::uint64_t>(toMillis(at));
    for (auto byte = bytes.rbegin(); byte != bytes.rend(); ++byte, millis >>= 8)
        *byte = static_cast<char>(millis & 0xFF);
    return toHex(bytes + randomBytes(10));
}

} // namespace hoering
