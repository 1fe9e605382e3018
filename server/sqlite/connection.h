// One SQLite connection, set up for durability, with its prepared statements. Belongs to one thread at a time.
// Not here: running a statement (server/sqlite/tx.h), which thread has which connection (server/sqlite/database).
#pragma once

#include <SQLiteCpp/Database.h>
#include <sqlite3.h>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace hoering::sqlite {

enum class ConnectionKind { writer, reader, scratch };

/// A prepared statement and its text. SQLite::Statement cannot bind a string_view nor prepare for long use, so the
/// handle is SQLite's own.
struct PreparedStatement {
    struct Finalize {
        void operator()(sqlite3_stmt* s) const { sqlite3_finalize(s); }
    };
    std::string sql;
    std::unique_ptr<sqlite3_stmt, Finalize> handle;
    int parameters = 0;
    bool onLoan = false, cached = false;
    bool changesVisits = false; // as takeVisitsChanged says
    std::uint64_t lastUse = 0;
};

class Connection {
  public:
    /// Opens `file`; a writer creates it. A scratch one is empty, in memory alone, and has no file. Throws
    /// StorageFailed or SQLite::Exception.
    Connection(const std::filesystem::path& file, ConnectionKind kind);
    Connection(const Connection&) = delete;

    sqlite3* handle() const { return database_.getHandle(); }

    /// A statement that nobody else uses; give it back. The text is found by its address first, as most are literals,
    /// and compared in any case.
    PreparedStatement* borrow(std::string_view sql);
    void giveBack(PreparedStatement* statement) noexcept;

    /// Runs statements without parameters or rows that matter (PRAGMA, migrations). Not cached.
    void execute(const std::string& sql);

    bool inTransaction() const { return sqlite3_get_autocommit(handle()) == 0; }

    /// Whether, since this was last asked, a statement was run here that may change who comes in by a party's session
    /// or what they find there, unless it only adds a session or a link, or notes that one was seen or opened. Known
    /// when a statement is prepared, for its triggers too; of a writer's connection alone.
    bool takeVisitsChanged() { return std::exchange(visitsChanged_, false); }
    void noteVisitsChanged() { visitsChanged_ = true; }

    /// The journal's last entry, where it is known: this connection alone writes there. Forgotten with each rollback.
    struct JournalHead {
        std::int64_t id = 0;
        std::string hash;
    };
    std::optional<JournalHead> journalHead;

    /// After trouble with the storage the transaction may be gone; until it has been ended, statements are refused, so
    /// that a job that swallows the exception cannot write outside a transaction.
    bool broken() const { return broken_; }
    void setBroken(bool broken) { broken_ = broken; }

  private:
    struct Address {
        const char* data;
        std::size_t size;
        bool operator==(const Address&) const = default;
    };
    struct AddressHash {
        std::size_t operator()(const Address& a) const {
            return (reinterpret_cast<std::uintptr_t>(a.data) ^ a.size * 0x9E3779B97F4A7C15ULL) *
                       0xBF58476D1CE4E5B9ULL >>
                   16;
        }
    };
    std::unique_ptr<PreparedStatement> prepare(std::string_view sql);
    void makeRoom();
    static int look(void* self, int act, const char* table, const char* column, const char*, const char*);

    SQLite::Database database_;
    std::size_t cacheLimit_;
    bool broken_ = false, visitsChanged_ = false;
    PreparedStatement* beingPrepared_ = nullptr;
    std::uint64_t uses_ = 0;
    std::unordered_map<Address, PreparedStatement*, AddressHash> byAddress_;
    std::unordered_map<std::string_view, std::unique_ptr<PreparedStatement>> byText_; // keys point into the values
};

} // namespace hoering::sqlite
