// Short random names: request numbers, receipts, idempotency keys.
// Not here: secrets (common/crypto.h tokens).
#pragma once

#include <string>

namespace hoering {

/// A receipt number a person can read aloud: "K7QM-3XRT-9F2A" (Crockford base 32 without I L O U, 60 random bits).
std::string newReceiptNumber();
/// 128 random bits as 32 hex digits, for idempotency keys and Message-IDs.
std::string newKey();

} // namespace hoering
