// Sweeping: old sessions, counted failures, temporary files, blobs nothing points at.
// Not here: anything that changes what a person sees.
#pragma once

#include <chrono>
#include <filesystem>

#include "blobs/blob_store.h"
#include "sqlite/database.h"

namespace hoering {

/// Ends with how many files were swept away. Young ones stay: their row may be on its way.
std::size_t sweepOnce(sqlite::Database& database, blobs::BlobStore& blobs, const std::filesystem::path& incoming,
                      Instant now);

} // namespace hoering
