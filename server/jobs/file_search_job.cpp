#include "jobs/file_search_job.h"

#include "blobs/file_text.h"
#include "blobs/inspect.h"
#include "sqlite/files.h"

namespace hoering {

bool searchNextFile(sqlite::Database& database, const blobs::BlobStore& blobs) {
    const auto file = database.read([](sqlite::ReadTx& tx) { return sqlite::nextNotSearched(tx); });
    if (!file) return false;
    const auto path = blobs.pathOf(file->sha256);
    std::error_code absent;
    FileSearch search;
    search.reading = Reading::nothing;
    if (std::filesystem::is_regular_file(path, absent))
        search = blobs::searchFile(path, blobs::extensionOf(file->name));
    database.write([&](sqlite::Tx& tx) {
        sqlite::setSearch(tx, file->sha256, search);
        tx.housekeeping("what a search found in a file is no act; the file is what it was");
    });
    return true;
}

} // namespace hoering
