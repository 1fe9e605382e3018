// How a database is opened, and what it tells of itself.
// Not here: opening it (server/sqlite/database.h), settings files (server/settings).
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <span>
#include <string>

#include "common/embedded.h"

namespace hoering::sqlite {

struct DatabaseOptions {
    std::filesystem::path folder; // holds hoering.sqlite3 and the lock; made if it is not there
    /// Jobs a commit. With twice as many, all who write wait for the same one, and the processors have nothing to do.
    std::size_t groupLimit = 32;
    std::size_t crowd = 16;        // jobs that wait or are being stored: what can wait should
    std::size_t queueLimit = 1024; // waiting jobs; beyond: StorageBusy
    std::size_t idleReaders = 8;   // connections kept open between reads
    int checkpointPages = 500;     // of 16 KiB in the write-ahead log, before they are copied into the database
    std::uint64_t truncateAbove = 16 << 20; // bytes; a larger log is cut back when the writer has been idle
    std::chrono::milliseconds idleAfter{2000};
    /// Instead of the embedded ones.
    std::optional<std::span<const EmbeddedFile>> migrations{};
    /// Called with what failed when an fsync did. Empty: log and abort, for nothing here knows any more what is on the
    /// disk. When it returns, the jobs concerned get StorageFailed.
    std::function<void(const std::string&)> onSyncFailure{};
};

/// What a commit made stale, for the listener.
struct CommitNews {
    bool publicPages = false;
    bool letters = false;
    bool notices = false; // colleagues are to be told something at once
    bool visits = false;  // what was read of a party's session before is no longer so
};

struct DatabaseCounters {
    std::uint64_t commits = 0;               // groups on disk
    std::uint64_t jobs = 0;                  // jobs in them, without those taken back
    std::uint64_t failures = 0;              // groups that could not be stored
    std::uint64_t queued = 0;                // waiting now
    std::uint64_t walBytes = 0;              // size of the write-ahead log now
    std::chrono::milliseconds lastCommit{0}; // how long the last COMMIT took
};

} // namespace hoering::sqlite
