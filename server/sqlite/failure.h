// What goes wrong below SQL, as exceptions: the machine failed, the lane is full, a constraint said no.
// Not here: a rule's "no" (common/error.h).
#pragma once

#include <stdexcept>
#include <string>

struct sqlite3;

namespace hoering::sqlite {

/// The machine could not store or read (disk full, I/O): nothing was acknowledged. Becomes 503.
struct StorageFailed : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// fsync said no: what is on the disk is unknown, and asking again would be told a lie. Ends the process.
struct SyncFailed : StorageFailed {
    using StorageFailed::StorageFailed;
};

/// Too many jobs wait for the writer. Becomes 503 with Retry-After.
struct StorageBusy : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// UNIQUE, CHECK, NOT NULL, a foreign key, or a trigger's RAISE(ABORT): the statement changed nothing, and the job may
/// catch this and go on.
struct ConstraintFailed : std::runtime_error {
    ConstraintFailed(const std::string& message, bool ofUniqueness)
        : std::runtime_error(message), unique(ofUniqueness) {}
    bool unique; // UNIQUE or PRIMARY KEY
};

/// Whether an (extended) result code is about the disk, the file or memory rather than about the statement.
bool isStorageTrouble(int code);

/// Throws what fits the result code: StorageFailed, SyncFailed, ConstraintFailed or, for SQL that is wrong,
/// SQLite::Exception. `doing` starts the message.
[[noreturn]] void throwFor(sqlite3* handle, int code, const std::string& doing);

} // namespace hoering::sqlite
