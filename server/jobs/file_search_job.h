// Searching, one by one, the contents of files that nobody has: those that came before files were searched, or too many
// at once. Not here: files as they come in (server/web/desk.cpp), the search (server/blobs/file_text.h).
#pragma once

#include "blobs/blob_store.h"
#include "sqlite/database.h"

namespace hoering {

/// Searches the newest such file. False: there is none. One whose bytes are not there counts as one that cannot be
/// read; throws BlobFailed when a program for it is missing.
bool searchNextFile(sqlite::Database& database, const blobs::BlobStore& blobs);

} // namespace hoering
