// The data folder's database: one writer lane with group commit at full durability, and a few readers.
// Not here: tables (a file each beside this one), what a job does (server/usecases), the lane itself (writer.h).
#pragma once

#include <exception>
#include <filesystem>
#include <functional>
#include <future>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

#include "common/clock.h"
#include "common/result.h"
#include "sqlite/failure.h"
#include "sqlite/options.h"
#include "sqlite/tx.h"

namespace hoering::sqlite {

class Database {
  public:
    /// Opens or creates, runs the migrations, starts the writer. Throws std::runtime_error with a sentence for the
    /// operator when the folder is locked by another process, a migration's checksum differs, or the file is damaged.
    Database(DatabaseOptions options, const Clock& clock);
    ~Database(); // finishes queued jobs
    Database(const Database&) = delete;

    /// Runs f(Tx&) on the writer thread and blocks until its commit is on disk. f returns Result<T> or T or nothing.
    /// An Error rolls this job back alone; an exception rolls it back and is rethrown here. StorageFailed: nothing of
    /// it is stored. StorageBusy: it was never begun.
    template <class F> auto write(F&& f) -> std::invoke_result_t<F, Tx&>;
    /// As write, but waits for nothing. After the commit, or when it failed, `then` is called on the writer thread with
    /// what went wrong (nullptr: nothing) and what f, which returns a Result, returned. f may be run twice, when
    /// another one's failure takes its first run back: it must leave what it holds as it was. `then` must be quick,
    /// must not write and must not throw. StorageBusy is thrown here, before anything began.
    template <class F, class Then> void writeThen(F f, Then then);
    /// Runs f(ReadTx&) on this thread with a borrowed read-only connection and one snapshot. Do not call write inside.
    template <class F> auto read(F&& f) -> std::invoke_result_t<F, ReadTx&>;

    /// Called on the writer thread after each commit that has news, before its writers are answered. Must be quick and
    /// not write. Set before traffic.
    void onCommit(std::function<void(const CommitNews&)> listener);
    /// A whole copy while serving (VACUUM INTO through the writer's connection, then fsync). Target must not exist.
    /// Throws StorageFailed; a copy that failed leaves nothing behind.
    void backupTo(const std::filesystem::path& file);
    /// PRAGMA integrity_check and foreign_key_check; sentences for what is wrong.
    std::vector<std::string> check();
    DatabaseCounters counters() const;
    /// So many changes wait for the disk that those nobody waits for should come later (DatabaseOptions::crowd).
    bool crowded() const;
    /// False once a commit has failed and none has succeeded since.
    bool healthy() const;

  private:
    /// A borrowed reader with an open snapshot; both end here.
    class Lease {
      public:
        explicit Lease(Database& database);
        ~Lease();
        Lease(const Lease&) = delete;
        Connection& connection() { return *connection_; }

      private:
        Database& database_;
        std::unique_ptr<Connection> connection_;
    };
    void onWriter(std::function<bool(Tx&)> run); // blocks; throws what went wrong
    void enqueueRepeatable(std::function<bool(Tx&)> run, std::function<void(std::exception_ptr)> done);
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

template <class T> struct IsResult : std::false_type {};
template <class T> struct IsResult<Result<T>> : std::true_type {};

template <class F> auto Database::write(F&& f) -> std::invoke_result_t<F, Tx&> {
    using R = std::invoke_result_t<F, Tx&>;
    if constexpr (std::is_void_v<R>) {
        onWriter([&f](Tx& tx) { return f(tx), true; });
    } else {
        std::optional<R> value;
        onWriter([&](Tx& tx) {
            value.emplace(f(tx));
            if constexpr (IsResult<R>::value) return value->ok();
            else return true;
        });
        return std::move(*value);
    }
}

template <class F, class Then> void Database::writeThen(F f, Then then) {
    auto value = std::make_shared<std::optional<std::invoke_result_t<F&, Tx&>>>();
    enqueueRepeatable(
        [f = std::move(f), value](Tx& tx) mutable { return value->emplace(f(tx)).ok(); },
        [then = std::move(then), value](std::exception_ptr trouble) mutable { then(trouble, std::move(*value)); });
}

template <class F> auto Database::read(F&& f) -> std::invoke_result_t<F, ReadTx&> {
    Lease lease(*this);
    ReadTx tx(lease.connection());
    return f(tx);
}

} // namespace hoering::sqlite
