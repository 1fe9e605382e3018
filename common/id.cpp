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

} // namespace hoering
