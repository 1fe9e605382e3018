// One process at a time in a data folder: a lock on folder/hoering.lock that dies with its process.
// Not here: locks between connections (SQLite's own).
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <optional>

namespace hoering::sqlite {

class FolderLock {
  public:
    /// Throws std::runtime_error with a sentence that names the process that has the folder.
    explicit FolderLock(const std::filesystem::path& folder);
    ~FolderLock();
    FolderLock(const FolderLock&) = delete;

  private:
    int file_ = -1;
};

/// The process that has the folder now: its id, 0 if it did not say, nothing if the folder is free. Takes the lock for
/// a moment to find out, so ask once, not in a loop.
std::optional<pid_t> holderOf(const std::filesystem::path& folder);

} // namespace hoering::sqlite
