#include "sqlite/failure.h"

#include <SQLiteCpp/Exception.h>
#include <sqlite3.h>

namespace hoering::sqlite {

bool isStorageTrouble(int code) {
    switch (code & 0xFF) {
    case SQLITE_FULL:
    case SQLITE_IOERR:
    case SQLITE_NOMEM:
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
    case SQLITE_BUSY:
    case SQLITE_PROTOCOL: return true;
    default: return false;
    }
}

void throwFor(sqlite3* handle, int code, const std::string& doing) {
    const int extended =
        handle && (sqlite3_extended_errcode(handle) & 0xFF) == (code & 0xFF) ? sqlite3_extended_errcode(handle) : code;
    const std::string message = doing + ": " + (handle ? sqlite3_errmsg(handle) : sqlite3_errstr(code)) + " (SQLite " +
                                std::to_string(extended) + ")";
    if (extended == SQLITE_IOERR_FSYNC || extended == SQLITE_IOERR_DIR_FSYNC) throw SyncFailed(message);
    if (isStorageTrouble(extended)) throw StorageFailed(message);
    if ((extended & 0xFF) == SQLITE_CONSTRAINT)
        throw ConstraintFailed(message, extended == SQLITE_CONSTRAINT_UNIQUE ||
                                            extended == SQLITE_CONSTRAINT_PRIMARYKEY ||
                                            extended == SQLITE_CONSTRAINT_ROWID);
    throw SQLite::Exception(message, extended);
}

} // namespace hoering::sqlite
