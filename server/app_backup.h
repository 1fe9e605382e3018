// A backup is a folder: hoering.sqlite3, files/…, secret.key, hoering.toml if there is one, and manifest.json with the
// SHA-256 of each and the journal's head. Letters in DATA/mail are not in it: they are rows of the database.
// Not here: asking a running service for one (cli/service_request.h), putting one back (cli/restore.cpp).
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace hoering {

struct BackupReport {
    std::size_t files = 0; // blobs
    std::uint64_t bytes = 0;
    std::int64_t journalEntries = 0;
    std::string journalHead;
    std::vector<std::string> problems; // what was damaged already; the rest was copied
};

struct CopiedFile {
    std::string sha256;
    std::uint64_t size = 0;
};
/// Copies to a new file with mode 0600 and fsyncs it; the hash is of the bytes written.
/// Throws std::runtime_error with a sentence.
CopiedFile copyDurably(const std::filesystem::path& from, const std::filesystem::path& to);
/// Writes a new file with mode 0600 and fsyncs it. Throws std::runtime_error.
void writeDurably(const std::filesystem::path& file, std::string_view bytes);
/// fsyncs a folder, so that the names in it stay. Throws std::runtime_error.
void syncFolder(const std::filesystem::path& folder);

/// The name and version in every manifest this program writes and reads.
inline constexpr int backupFormat = 1;

} // namespace hoering
