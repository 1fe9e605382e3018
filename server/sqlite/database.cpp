#include "sqlite/database.h"

#include <fcntl.h>
#include <unistd.h>

#include <cstring>
#include <mutex>

#include "common/log.h"
#include "sqlite/connection.h"
#include "sqlite/folder_lock.h"
#include "sqlite/inspector.h"
#include "sqlite/migrate.h"
#include "sqlite/writer.h"

namespace hoering::sqlite {

namespace {

void syncPath(const std::filesystem::path& path, int flags);

void makeFolder(const std::filesystem::path& folder) {
    std::error_code trouble;
    if (std::filesystem::create_directories(folder, trouble)) {
        std::filesystem::permissions(folder, std::filesystem::perms::owner_all, trouble);
        syncPath(std::filesystem::absolute(folder).parent_path(), O_RDONLY | O_DIRECTORY);
    }
    if (trouble)
        throw std::runtime_error("The data folder " + folder.string() + " cannot be made: " + trouble.message() + ".");
}

DatabaseOptions completed(DatabaseOptions options) {
    if (!options.migrations) options.migrations = migrationFiles();
    if (!options.onSyncFailure)
        options.onSyncFailure = [](const std::string& what) {
            log::error("fsync_failed", {{"what", what}});
            std::abort();
        };
    makeFolder(options.folder);
    return options;
}

/// fsync of a file or folder. Throws SyncFailed. Never for the database itself: closing another descriptor of it
/// would drop SQLite's locks (POSIX).
void syncPath(const std::filesystem::path& path, int flags) {
    const int file = ::open(path.c_str(), flags | O_CLOEXEC);
    if (file < 0) throw StorageFailed("opening " + path.string() + ": " + std::strerror(errno));
    const bool synced = ::fsync(file) == 0;
    const int why = errno;
    ::close(file);
    if (!synced) throw SyncFailed("fsync of " + path.string() + ": " + std::strerror(why));
}

} // namespace

struct Database::Impl {
    Impl(DatabaseOptions given, const Clock& clock) : options(completed(std::move(given))), folderLock(options.folder) {
        file = options.folder / "hoering.sqlite3";
        std::unique_ptr<Connection> connection;
        try {
            connection = std::make_unique<Connection>(file, ConnectionKind::writer);
        } catch (const std::exception& trouble) {
            throw std::runtime_error("The database " + file.string() + " cannot be opened: " + trouble.what() + ".");
        }
        const int ran = migrate(*connection, *options.migrations, clock.now());
        if (ran > 0) log::info("migrated", {{"steps", static_cast<long long>(ran)}});
        syncPath(options.folder, O_RDONLY | O_DIRECTORY); // the names of the files just made
        writer = std::make_unique<Writer>(std::move(connection), options, clock);
    }
    ~Impl() {
        idle.clear(); // readers before the writer: the last connection to close checkpoints, and that is the writer's
        writer.reset();
    }

    const DatabaseOptions options;
    const FolderLock folderLock;
    std::filesystem::path file;
    std::mutex lock; // guards idle
    std::vector<std::unique_ptr<Connection>> idle;
    std::unique_ptr<Writer> writer;
};

Database::Database(DatabaseOptions options, const Clock& clock)
    : impl_(std::make_unique<Impl>(std::move(options), clock)) {}

Database::~Database() = default;

namespace {

/// Blocks until the job is done; the promise is shared because the writer may still be inside set_value when the
/// caller is back.
template <class Enqueue> void await(Enqueue&& enqueue, WriterJob job) {
    auto promise = std::make_shared<std::promise<void>>();
    auto answer = promise->get_future();
    job.done = [promise](std::exception_ptr trouble) {
        if (trouble) promise->set_exception(trouble);
        else promise->set_value();
    };
    promise.reset();
    enqueue(std::move(job));
    answer.get();
}

} // namespace

void Database::onWriter(std::function<bool(Tx&)> run) {
    await([this](WriterJob job) { impl_->writer->enqueue(std::move(job)); }, {std::move(run), nullptr, nullptr});
}

void Database::enqueueRepeatable(std::function<bool(Tx&)> run, std::function<void(std::exception_ptr)> done) {
    impl_->writer->enqueue({std::move(run), nullptr, std::move(done), true});
}

void Database::onCommit(std::function<void(const CommitNews&)> listener) {
    impl_->writer->onCommit(std::move(listener));
}

void Database::backupTo(const std::filesystem::path& target) {
    const auto copy = [&](Connection& connection) {
        if (std::filesystem::exists(target))
            throw StorageFailed("The backup " + target.string() + " is already there.");
        try {
            Statement(connection, "VACUUM INTO ?").bind(target.string()).run();
            syncPath(target, O_RDONLY);
            const auto folder = std::filesystem::absolute(target).parent_path();
            syncPath(folder, O_RDONLY | O_DIRECTORY);
        } catch (const SyncFailed& trouble) {
            // Not this database's disk, perhaps; the copy is worthless, the service is not.
            std::error_code ignored;
            std::filesystem::remove(target, ignored);
            throw StorageFailed(trouble.what());
        } catch (...) {
            std::error_code ignored;
            std::filesystem::remove(target, ignored);
            throw;
        }
    };
    await([this](WriterJob job) { impl_->writer->enqueue(std::move(job)); }, {nullptr, copy, nullptr});
}

std::vector<std::string> Database::check() {
    return read([](ReadTx& tx) { return damagesIn(tx); });
}

bool Database::crowded() const { return impl_->writer->crowded(); }

DatabaseCounters Database::counters() const { return impl_->writer->counters(); }
bool Database::healthy() const { return impl_->writer->healthy(); }

Database::Lease::Lease(Database& database) : database_(database) {
    auto& impl = *database_.impl_;
    {
        std::lock_guard lock(impl.lock);
        if (!impl.idle.empty()) {
            connection_ = std::move(impl.idle.back());
            impl.idle.pop_back();
        }
    }
    if (!connection_) connection_ = std::make_unique<Connection>(impl.file, ConnectionKind::reader);
    Statement(*connection_, "BEGIN").run();
}

Database::Lease::~Lease() {
    try {
        // One that had trouble with the disk is closed, not kept.
        if (connection_->broken()) return;
        Statement(*connection_, "ROLLBACK").run();
        auto& impl = *database_.impl_;
        std::lock_guard lock(impl.lock);
        if (impl.idle.size() < impl.options.idleReaders) impl.idle.push_back(std::move(connection_));
    } catch (const std::exception& trouble) {
        log::warn("reader_dropped", {{"what", std::string(trouble.what())}});
    }
}

} // namespace hoering::sqlite
