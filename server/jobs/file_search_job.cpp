#include "jobs/file_search_job.h"

#include "blobs/file_text.h"
#include "blobs/inspect.h"
#include "common/log.h"
#include "sqlite/files.h"

namespace hoering {

namespace {

constexpr std::chrono::seconds longest{20};

/// What fails is not tried again for ever: it counts as a file that cannot be read. A missing program is no such
/// failure.
FileSearch searched(const std::filesystem::path& path, const StoredFile& file) {
    try {
        return blobs::searchFile(path, blobs::extensionOf(file.name), longest).search;
    } catch (const blobs::BlobFailed&) {
        throw;
    } catch (const std::exception& trouble) {
        log::error("file_search_failed", {{"file", file.sha256}, {"what", std::string(trouble.what())}});
        FileSearch none;
        none.reading = Reading::nothing;
        return none;
    }
}

} // namespace

bool searchNextFile(sqlite::Database& database, const blobs::BlobStore& blobs) {
    const auto file = database.read([](sqlite::ReadTx& tx) { return sqlite::nextNotSearched(tx); });
    if (!file) return false;
    const auto path = blobs.pathOf(file->sha256);
    std::error_code absent;
    FileSearch search;
    search.reading = Reading::nothing;
    if (std::filesystem::is_regular_file(path, absent)) search = searched(path, *file);
    database.write([&](sqlite::Tx& tx) {
        sqlite::setSearch(tx, file->sha256, search);
        tx.housekeeping("what a search found in a file is no act; the file is what it was");
    });
    return true;
}

} // namespace hoering
