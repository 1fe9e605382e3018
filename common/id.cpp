#include "common/id.h"

#include <cstdint>

#include "common/crypto.h"
#include "common/strings.h"

namespace hoering {

std::string newReceiptNumber() {
    static constexpr char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"; // Crockford: no I L O U
    std::uint64_t bits = 0;
    for (const char c : randomBytes(8)) bits = bits << 8 | static_cast<unsigned char>(c);
    std::string number;
    for (int i = 0; i < 12; ++i, bits >>= 5) {
        if (i == 4 || i == 8) number += '-';
        number += alphabet[bits & 31];
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
