// Gathers what the digest (høringsnotat) is made of. Not here: figures and order (server/domain/digest.h),
// wording and layout (server/documents and server/web/digest_pages).
#pragma once

#include <optional>

#include "domain/digest.h"
#include "sqlite/tx.h"

namespace hoering {

/// Nothing for an unknown consultation. `asOf` is the time of its newest journal entry that changes the digest.
std::optional<Digest> compileDigest(sqlite::ReadTx& tx, std::int64_t consultation, Now now);

} // namespace hoering
