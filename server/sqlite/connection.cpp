#include "sqlite/connection.h"

#include "domain/danish_search.h"
#include "sqlite/failure.h"

namespace hoering::sqlite {

namespace {

constexpr int busyMilliseconds = 5000;
constexpr std::size_t writerStatements = 512, readerStatements = 96;

int flagsFor(ConnectionKind kind) {
    // One thread at a time by construction, so SQLite's own mutexes are left out.
    return SQLITE_OPEN_NOMUTEX |
           (kind == ConnectionKind::reader ? SQLite::OPEN_READONLY : SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
}

/// SQLite's count of its memory is one lock for all connections, taken at every allocation; nothing here reads it.
/// Must come before the first connection.
void configureOnce() {
    static const int done = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    if (done != SQLITE_OK && done != SQLITE_MISUSE) throw StorageFailed("SQLite does not let itself be configured");
}

SQLite::Database open(const std::filesystem::path& file, ConnectionKind kind) {
    configureOnce();
    try {
        const std::string name = kind == ConnectionKind::scratch ? ":memory:" : file.string();
        return SQLite::Database(name, flagsFor(kind), busyMilliseconds);
    } catch (const SQLite::Exception& trouble) {
        if (isStorageTrouble(trouble.getErrorCode()))
            throw StorageFailed("opening " + file.string() + ": " + trouble.what());
        throw;
    }
}

int isWal(void*, int, char** values, char**) { return values[0] && std::string_view(values[0]) == "wal" ? 0 : 1; }

/// folded(text): SQLite's own lower() knows ASCII only.
void folded(sqlite3_context* context, int, sqlite3_value** values) {
    const auto* text = reinterpret_cast<const char*>(sqlite3_value_text(values[0]));
    if (!text) return; // NULL stays NULL
    const auto made = foldedForSearch({text, static_cast<std::size_t>(sqlite3_value_bytes(values[0]))});
    sqlite3_result_text64(context, made.data(), made.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
}

/// What a party's visit is read from: session, link, contact, party, consultation and its wordings (PartyVisit).
/// `about`: a table, then for an update the column.
bool changesVisits(int act, const char* about, const char* column) {
    if (act != SQLITE_INSERT && act != SQLITE_UPDATE && act != SQLITE_DELETE) return false;
    const std::string_view table = about;
    if (table == "sessions" || table == "links") {
        if (act == SQLITE_UPDATE)
            return std::string_view(column) != "seen_at" && std::string_view(column) != "opened_at";
        return act == SQLITE_DELETE;
    }
    return table == "contacts" || table == "parties" || table == "consultations" || table == "letter_wordings";
}

} // namespace

Connection::Connection(const std::filesystem::path& file, ConnectionKind kind)
    : database_(open(file, kind)), cacheLimit_(kind == ConnectionKind::writer ? writerStatements : readerStatements) {
    sqlite3_extended_result_codes(handle(), 1);
    sqlite3_db_config(handle(), SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    sqlite3_db_config(handle(), SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_create_function_v2(handle(), "folded", 1, SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS, nullptr,
                               folded, nullptr, nullptr, nullptr);
    execute("PRAGMA mmap_size=0; PRAGMA temp_store=MEMORY; PRAGMA foreign_keys=ON;");
    if (kind == ConnectionKind::writer) {
        // Checkpoints are asked for by the writer lane, which looks at their result: the automatic ones swallow errors.
        // Pages of 16 KiB (of a new database): a letter or an answer fills few, and each one costs two writes to the
        // log.
        execute(
            "PRAGMA page_size=16384; PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=0; PRAGMA cache_size=-8192;");
        sqlite3_set_authorizer(handle(), look, this);
        const int code = sqlite3_exec(handle(), "PRAGMA journal_mode=WAL", isWal, nullptr, nullptr);
        if (code != SQLITE_OK) throwFor(handle(), code, "turning to write-ahead logging");
    } else if (kind == ConnectionKind::reader) {
        sqlite3_db_config(handle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
        execute("PRAGMA query_only=ON; PRAGMA wal_autocheckpoint=0; PRAGMA cache_size=-1024;");
    }
}

void Connection::execute(const std::string& sql) {
    const int code = sqlite3_exec(handle(), sql.c_str(), nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) throwFor(handle(), code, "running SQL");
}

std::unique_ptr<PreparedStatement> Connection::prepare(std::string_view sql) {
    auto statement = std::make_unique<PreparedStatement>();
    statement->sql = sql;
    sqlite3_stmt* raw = nullptr;
    const char* tail = nullptr;
    beingPrepared_ = statement.get();
    const int code = sqlite3_prepare_v3(handle(), statement->sql.c_str(), static_cast<int>(sql.size()) + 1,
                                        SQLITE_PREPARE_PERSISTENT, &raw, &tail);
    beingPrepared_ = nullptr;
    if (code != SQLITE_OK) throwFor(handle(), code, "preparing " + statement->sql);
    statement->handle.reset(raw);
    if (!raw || std::string_view(tail).find_first_not_of(" \t\r\n;") != std::string_view::npos)
        throw std::logic_error("one statement, please: " + statement->sql);
    statement->parameters = sqlite3_bind_parameter_count(raw);
    return statement;
}

/// Called by SQLite for everything a statement does, while it is prepared. Forbids nothing.
int Connection::look(void* self, int act, const char* table, const char* column, const char*, const char*) {
    auto& connection = *static_cast<Connection*>(self);
    if (connection.beingPrepared_ && changesVisits(act, table, column)) connection.beingPrepared_->changesVisits = true;
    return SQLITE_OK;
}

PreparedStatement* Connection::borrow(std::string_view sql) {
    if (broken_) throw StorageFailed("the transaction has already failed");
    PreparedStatement* found = nullptr;
    if (const auto it = byAddress_.find({sql.data(), sql.size()}); it != byAddress_.end() && it->second->sql == sql) {
        found = it->second;
    } else if (const auto same = byText_.find(sql); same != byText_.end()) {
        found = same->second.get();
        byAddress_[{sql.data(), sql.size()}] = found;
    }
    if (found && found->onLoan) { // the same statement inside its own loop
        auto another = prepare(sql);
        another->onLoan = true;
        return another.release();
    }
    if (!found) {
        makeRoom();
        auto fresh = prepare(sql);
        fresh->cached = true;
        found = fresh.get();
        byText_.emplace(std::string_view(found->sql), std::move(fresh));
        byAddress_[{sql.data(), sql.size()}] = found;
    }
    found->onLoan = true;
    found->lastUse = ++uses_;
    return found;
}

void Connection::giveBack(PreparedStatement* statement) noexcept {
    sqlite3_reset(statement->handle.get());
    if (statement->parameters > 0)
        sqlite3_clear_bindings(statement->handle.get()); // they may point to the caller's text
    statement->onLoan = false;
    if (!statement->cached) delete statement;
}

void Connection::makeRoom() {
    if (byAddress_.size() > 2 * cacheLimit_) byAddress_.clear(); // texts put together at run time have many addresses
    if (byText_.size() < cacheLimit_) return;
    auto oldest = byText_.end();
    for (auto it = byText_.begin(); it != byText_.end(); ++it)
        if (!it->second->onLoan && (oldest == byText_.end() || it->second->lastUse < oldest->second->lastUse))
            oldest = it;
    if (oldest == byText_.end()) return;
    std::erase_if(byAddress_, [&](const auto& entry) { return entry.second == oldest->second.get(); });
    const auto gone = std::move(oldest->second); // its text is the key: it must outlive the erasure
    byText_.erase(oldest);
}

} // namespace hoering::sqlite
