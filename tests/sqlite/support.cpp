#include "support.h"

#include <sqlite3.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdlib>

namespace {

std::atomic<bool> diskIsFull{false}, syncFails{false};

ssize_t writeOrFull(int file, const void* bytes, size_t size, off_t at) {
    if (diskIsFull) {
        errno = ENOSPC;
        return -1;
    }
    return ::syscall(SYS_pwrite64, file, bytes, size, at);
}

} // namespace

// SQLite's table of system calls has no fdatasync; the program's own definition comes before libc's.
extern "C" int fdatasync(int file) {
    if (syncFails) {
        errno = EIO;
        return -1;
    }
    return static_cast<int>(::syscall(SYS_fdatasync, file));
}

namespace hoering::sqlite {

namespace disk {
void full(bool yes) {
    static const bool replaced = [] {
        auto* vfs = sqlite3_vfs_find(nullptr);
        for (const auto* name : {"pwrite64", "pwrite"})
            vfs->xSetSystemCall(vfs, name, reinterpret_cast<sqlite3_syscall_ptr>(writeOrFull));
        return true;
    }();
    diskIsFull = yes && replaced;
}
void failSync(bool yes) { syncFails = yes; }
} // namespace disk

TempFolder::TempFolder() {
    char name[] = "/tmp/hoering-test-XXXXXX";
    path = ::mkdtemp(name);
}
TempFolder::~TempFolder() { std::filesystem::remove_all(path); }

std::span<const EmbeddedFile> thingsSchema() {
    static const EmbeddedFile files[] = {{"0001_things.sql", R"(
CREATE TABLE things(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, note TEXT) STRICT;
CREATE TABLE parts(id INTEGER PRIMARY KEY, thing_id INTEGER NOT NULL REFERENCES things(id)) STRICT;
CREATE TABLE journal(id INTEGER PRIMARY KEY, at INTEGER NOT NULL, actor_kind TEXT NOT NULL, actor_id INTEGER,
  actor_name TEXT NOT NULL, act TEXT NOT NULL, consultation_id INTEGER, party_id INTEGER, details TEXT NOT NULL,
  prev_hash TEXT NOT NULL, hash TEXT NOT NULL UNIQUE) STRICT;
CREATE TRIGGER journal_is_append_only BEFORE UPDATE ON journal
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER journal_stays BEFORE DELETE ON journal
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
)"}};
    return files;
}

DatabaseOptions optionsIn(const std::filesystem::path& folder) {
    DatabaseOptions options;
    options.folder = folder;
    options.migrations = thingsSchema();
    return options;
}

OnDatabase::OnDatabase() { reopen(); }
OnDatabase::~OnDatabase() {
    disk::full(false);
    disk::failSync(false);
}

void OnDatabase::reopen(const std::function<void(DatabaseOptions&)>& change) {
    database.reset();
    auto options = optionsIn(folder.path);
    change(options);
    database = std::make_unique<Database>(options, clock);
}

void OnDatabase::addThing(Tx& tx, const std::string& name) {
    tx.sql("INSERT INTO things(name) VALUES (?)").bind(name).run();
    AuditEvent event;
    event.actor = Actor::operations("test");
    event.act = "thing.added";
    event.details = {{"name", name}};
    tx.record(event);
}

void OnDatabase::add(const std::string& name) {
    database->write([&](Tx& tx) { addThing(tx, name); });
}

std::vector<std::string> OnDatabase::names() {
    return database->read([](ReadTx& tx) {
        std::vector<std::string> all;
        auto rows = tx.sql("SELECT name FROM things ORDER BY id");
        while (rows.step()) all.push_back(rows.text(0));
        return all;
    });
}

std::vector<std::exception_ptr> OnDatabase::asOneGroup(const std::vector<std::function<void(Tx&)>>& jobs,
                                                       const std::function<void()>& justBefore) {
    std::latch busy{1}, go{1};
    std::vector<std::exception_ptr> thrown(jobs.size());
    // The first job holds the writer until the others wait behind it.
    std::jthread holder([&] {
        try {
            database->write([&](Tx&) {
                busy.count_down();
                go.wait();
            });
        } catch (const StorageFailed&) {
        }
    });
    busy.wait();
    std::vector<std::jthread> callers;
    for (std::size_t i = 0; i < jobs.size(); ++i) {
        callers.emplace_back([&, i] {
            try {
                database->write(jobs[i]);
            } catch (...) {
                thrown[i] = std::current_exception();
            }
        });
        while (database->counters().queued <= i) std::this_thread::yield(); // in this order
    }
    justBefore();
    go.count_down();
    callers.clear();
    return thrown;
}

} // namespace hoering::sqlite
