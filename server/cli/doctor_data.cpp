// What the doctor sees in a data folder.
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>

#include <fmt/format.h>

#include "cli/findings.h"
#include "common/calendar.h"
#include "common/crypto.h"
#include "domain/keys.h"
#include "sqlite/folder_lock.h"
#include "sqlite/inspector.h"
#include "sqlite/journal.h"

namespace hoering::cli {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

namespace {

constexpr std::uintmax_t megabyte = 1 << 20;

void rights(const fs::path& path, mode_t wanted, const char* what, Lines& lines) {
    struct stat found {};
    if (::stat(path.c_str(), &found) != 0) return; // its absence is another line's
    if (found.st_uid != ::geteuid())
        lines.push_back({Standing::warn, what,
                         fmt::format("{} belongs to user {}, this is user {}; run the doctor as the service's user",
                                     path.string(), found.st_uid, ::geteuid())});
    else if ((found.st_mode & 077) != 0)
        lines.push_back(
            {Standing::fail, what, fmt::format("others may read {}; chmod {:o} it", path.string(), wanted)});
    else lines.push_back({Standing::ok, what, fmt::format("{}, only for its owner", path.string())});
}

/// The key's bytes, "" if it is missing or damaged.
std::string keyOf(const DataFolder& folder, Lines& lines) {
    std::ifstream in(folder.key(), std::ios::binary);
    const std::string secret((std::istreambuf_iterator<char>(in)), {});
    if (secret.size() >= 32) return secret;
    lines.push_back({Standing::fail, "key",
                     folder.key().string() + (in ? " is damaged" : " is missing") +
                         ": no personal link works without it; restore it from a backup"});
    return "";
}

void insideDatabase(const DataFolder& folder, Instant now, const std::string& secret, Lines& lines) {
    try {
        sqlite::Inspector database(folder.database());
        const auto links = database.read([](sqlite::ReadTx& tx) { return sqlite::linkClaims(tx, 1); });
        const auto newest = database.read([](sqlite::ReadTx& tx) { return sqlite::journalPage(tx, {}, {}, 1); });
        lines.push_back(
            {Standing::ok, "database",
             fmt::format("{} journal entries; verify proves it whole", newest.empty() ? 0 : newest.front().id)});
        if (secret.empty()) {
        } else if (links.empty()) lines.push_back({Standing::ok, "key", "there; no personal link was made yet"});
        else if (sha256Hex(Keys(secret).linkToken(links.front().nonce)) == links.front().tokenHash)
            lines.push_back({Standing::ok, "key", "fits the database"});
        else
            lines.push_back(
                {Standing::fail, "key",
                 "does not fit the database: personal links open nothing; restore the one they were made with"});
        if (!newest.empty() && newest.front().at > now + 5min)
            lines.push_back({Standing::fail, "journal",
                             "the newest act is of " + isoUtc(newest.front().at) +
                                 ", later than now: this machine's clock was or is wrong"});
    } catch (const std::exception& trouble) {
        lines.push_back({Standing::fail, "database", std::string(trouble.what()) + "; restore a backup"});
    }
}

} // namespace

void lookAtData(const DataFolder& folder, Instant now, Lines& lines) {
    if (!fs::exists(folder.root)) {
        lines.push_back(
            {Standing::warn, "data folder", folder.root.string() + " is not there yet; the service makes it"});
        return;
    }
    rights(folder.root, 0700, "data folder", lines);
    if (::access(folder.root.c_str(), W_OK | X_OK) != 0)
        lines.push_back({Standing::fail, "data folder", folder.root.string() + " cannot be written by this user"});
    std::error_code trouble;
    const auto space = fs::space(folder.root, trouble);
    const auto free = trouble ? 0 : space.available / megabyte;
    lines.push_back(
        {free < 200    ? Standing::fail
         : free < 2048 ? Standing::warn
                       : Standing::ok,
         "disk",
         fmt::format("{} MB free{}", free, free < 2048 ? "; make room: nothing is accepted on a full disk" : "")});
    const auto holder = sqlite::holderOf(folder.root);
    lines.push_back(
        {Standing::ok, "lock", holder ? fmt::format("process {} has the folder", *holder) : "nobody has the folder"});
    if (!fs::exists(folder.database())) {
        lines.push_back({Standing::warn, "database", "not made yet; the service makes it on its first start"});
        return;
    }
    rights(folder.key(), 0600, "key file", lines);
    insideDatabase(folder, now, keyOf(folder, lines), lines);
    const auto log = fs::file_size(folder.database().string() + "-wal", trouble);
    const auto size = trouble ? 0 : log / megabyte;
    lines.push_back({size > 256 ? Standing::warn : Standing::ok, "log",
                     fmt::format("write-ahead log of {} MB{}", size,
                                 size > 256 ? "; something reads for long, or the service is behind" : "")});
}

} // namespace hoering::cli
