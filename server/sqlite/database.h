// The data folder's database: one writer lane with group commit at full durability, and a few readers.
// Not here: tables (a file each beside this one), what a job does (server/usecases).
#pragma once

#include <chrono>
#include <exception>
#include <filesystem>
#include <functional>
#include <future>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>

#include "common/clock.h"
#include "common/result.h"
#include "sqlite/tx.h"

namespace hoering::sqlite {

/// The machine could not store (disk full, I/O): nothing was acknowledged. Becomes 503.
struct StorageFailed : std::runtime_error {
    using std::runtime_error::runtime_error;
};

struct DatabaseOptions {
    std::filesystem::path folder; // holds hoering.sqlite3 and the lock
    std::size_t groupLimit = 64;  // jobs a commit
    std::size_t queueLimit = 1024; // waiting jobs; beyond: StorageBusy
};
struct StorageBusy : std::runtime_error {
    using std::runtime_error::runtime_error;
};

struct CommitNews {
    bool publicPages = false;
    bool letters = false;
};

struct DatabaseCounters {
    std::uint64_t commits = 0, jobs = 0, failures = 0, queued = 0;
    std::uint64_t walBytes = 0;
    std::chrono::milliseconds lastCommit{0};
};

class Database {
  public:
    /// Opens or creates, runs the migrations, starts the writer. Throws std::runtime_error with a sentence for the
    /// operator when the folder is locked by another process, a migration's checksum differs, or the file is damaged.
    Database(DatabaseOptions options, const Clock& clock);
    ~Database(); // finishes queued jobs

    /// Runs f(Tx&) on the writer thread and blocks until its commit is on disk. f returns Result<T> or T.
    /// An Error rolls this job back alone; an exception rolls it back and is rethrown here.
    template <class F> auto write(F&& f) -> std::invoke_result_t<F, Tx&>;
    /// Runs f(ReadTx&) on this thread with a borrowed read-only connection and one snapshot. Do not call write inside.
    template <class F> auto read(F&& f) -> std::invoke_result_t<F, ReadTx&>;

    /// Called on the writer thread after each commit that has news. Must be quick. Set before traffic.
    void onCommit(std::function<void(const CommitNews&)> listener);
    /// A whole copy while serving (VACUUM INTO through the writer's connection, then fsync). Target must not exist.
    void backupTo(const std::filesystem::path& file);
    /// PRAGMA integrity_check and foreign_key_check; sentences for what is wrong.
    std::vector<std::string> check();
    DatabaseCounters counters() const;
    /// False once a commit has failed and none has succeeded since.
    bool healthy() const;

  private:
    struct Job {
        std::function<bool(Tx&)> run; // false: roll this job back
        std::function<void(std::exception_ptr)> done; // after the commit, or with what went wrong
    };
    void enqueue(Job job);
    class Reader; // a leased connection
    friend class Reader;
    struct Lease {
        Database& database;
        std::unique_ptr<Connection> connection;
        ~Lease();
    };
    Lease lease();
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

template <class T> struct IsResult : std::false_type {};
template <class T> struct IsResult<Result<T>> : std::true_type {};

template <class F> auto Database::write(F&& f) -> std::invoke_result_t<F, Tx&> {
    using R = std::invoke_result_t<F, Tx&>;
    std::promise<void> committed;
    std::conditional_t<std::is_void_v<R>, char, std::optional<R>> value{};
    auto waiting = committed.get_future();
    Job job;
    job.run = [&](Tx& tx) {
        if constexpr (std::is_void_v<R>) {
            f(tx);
            return true;
        } else {
            value.emplace(f(tx));
            if constexpr (IsResult<R>::value) return value->ok();
            else return true;
        }
    };
    job.done = [&committed](std::exception_ptr trouble) {
        if (trouble) committed.set_exception(trouble);
        else committed.set_value();
    };
    enqueue(std::move(job));
    waiting.get();
    if constexpr (!std::is_void_v<R>) return std::move(*value);
}

} // namespace hoering::sqlite
