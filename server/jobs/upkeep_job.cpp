#include "jobs/upkeep_job.h"

#include <set>
#include <string>

#include "sqlite/files.h"
#include "sqlite/mailings.h"
#include "sqlite/sessions.h"
#include "sqlite/users.h"

namespace hoering {

using namespace std::chrono_literals;

std::size_t sweepOnce(sqlite::Database& database, blobs::BlobStore& blobs, const std::filesystem::path& incoming,
                      Instant now) {
    database.write([&](sqlite::Tx& tx) {
        sqlite::sweepSessions(tx, now - 15 * 24h);
        sqlite::sweepSignInFailures(tx, now - 24h);
        sqlite::sweepActFiles(tx, now - 7 * 24h);
        tx.housekeeping("sweeps ended sessions, counted failures, and files chosen on a form nobody sent");
    });
    std::size_t swept = 0;
    std::error_code ignored;
    const auto oldest = std::filesystem::file_time_type::clock::now() - 24h;
    for (const auto& entry : std::filesystem::directory_iterator(incoming, ignored))
        if (entry.is_regular_file(ignored) && entry.last_write_time(ignored) < oldest)
            swept += std::filesystem::remove(entry.path(), ignored) ? 1 : 0;
    std::set<std::string> keep;
    for (const auto& file : database.read([](sqlite::ReadTx& tx) { return sqlite::distinctFiles(tx); }))
        keep.insert(file.sha256);
    return swept + blobs.sweep(keep, now - 24h).files;
}

} // namespace hoering
