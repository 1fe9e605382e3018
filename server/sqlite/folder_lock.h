// One process at a time in a data folder: a lock on folder/hoering.lock that dies with its process.
// Not here: locks between connections (SQLite's own).
#pragma once

#include <filesystem>

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

} // namespace hoering::sqlite
