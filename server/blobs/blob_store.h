// Files on disk, named by their SHA-256: folder/ab/abcdef… Written whole or not at all, and on the disk before a row
// may point at them: fdatasync, rename, fsync of the folder.
// Not here: whether a file may come in (server/blobs/inspect.h), the rows (server/sqlite/files.h), receiving it
// (server/http/uploads.h).
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <mutex>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>

#include "common/clock.h"

namespace hoering::blobs {

/// The disk said no (full, I/O, not there): nothing is stored. Becomes 503.
struct BlobFailed : std::runtime_error {
    using std::runtime_error::runtime_error;
};

struct BlobId {
    std::string sha256; // 64 lower-case hex digits
    std::uint64_t size = 0;
    bool operator==(const BlobId&) const = default;
};

enum class BlobState { whole, missing, damaged };

/// May be used from many threads.
class BlobStore {
  public:
    /// Makes the folder. `onSyncFailure` is called when an fsync failed; empty: log and abort, for nothing here knows
    /// any more what is on the disk. If it returns, BlobFailed is thrown.
    explicit BlobStore(std::filesystem::path folder, std::function<void(const std::string&)> onSyncFailure = {});

    /// Takes a complete file over; it must lie in the same file system and is gone from its place afterwards, also when
    /// the same content was here already: it takes that one's place, which mends one that was damaged on the disk. When
    /// this returns, it is on the disk. Throws BlobFailed; the file stays then.
    BlobId adopt(const std::filesystem::path& file);
    BlobId put(std::string_view bytes);

    /// Where it is, or would be. Throws std::invalid_argument when that is no SHA-256.
    std::filesystem::path pathOf(std::string_view sha256) const;
    bool has(std::string_view sha256) const;
    /// Throws BlobFailed when it is missing or larger than `most` bytes.
    std::string read(std::string_view sha256, std::uint64_t most = 256 << 20) const;
    /// Reads it all and hashes it again.
    BlobState verify(std::string_view sha256) const;

    struct Swept {
        std::size_t files = 0;
        std::uint64_t bytes = 0;
    };
    /// Deletes what is not in `keep` and was last brought in before `olderThan`: files whose row never came. An hour
    /// is far more than any request takes.
    Swept sweep(const std::set<std::string>& keep, Instant olderThan);

  private:
    void sync(int file, const std::filesystem::path& what, bool dataOnly);
    void syncFolder(const std::filesystem::path& folder);
    void makeFolder(const std::filesystem::path& folder);

    std::filesystem::path folder_;
    std::function<void(const std::string&)> onSyncFailure_;
    std::mutex placing_; // between "it is here already" and its new date, nothing may sweep it away
};

} // namespace hoering::blobs
