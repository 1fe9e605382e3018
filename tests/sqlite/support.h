// What the tests of server/sqlite share: a folder, a schema, a database in it, and a disk that fails when told to.
// Not here: builders of consultations and parties (tests/support).
#pragma once

#include <gmock/gmock.h>

#include <filesystem>
#include <functional>
#include <latch>
#include <string>
#include <thread>
#include <vector>

#include "common/clock.h"
#include "sqlite/database.h"
#include "sqlite/journal.h"

namespace hoering::sqlite {

struct TempFolder {
    TempFolder();
    ~TempFolder();
    std::filesystem::path path;
};

/// A table `things(id, name UNIQUE)`, and the journal as in 0001_foundation.sql.
std::span<const EmbeddedFile> thingsSchema();

DatabaseOptions optionsIn(const std::filesystem::path& folder);

/// What goes wrong below SQLite while it is armed; SQLite's system calls are replaced once, in this process.
namespace disk {
void full(bool yes);     // every write: ENOSPC
void failSync(bool yes); // every fdatasync/fsync: EIO
} // namespace disk

struct OnDatabase : testing::Test {
    OnDatabase();
    ~OnDatabase() override;

    /// Inserts a row with its act.
    static void addThing(Tx& tx, const std::string& name);
    void add(const std::string& name);
    std::vector<std::string> names();
    /// Runs all `jobs` as one commit group, a thread each; what each threw, in order.
    std::vector<std::exception_ptr> asOneGroup(
        const std::vector<std::function<void(Tx&)>>& jobs, const std::function<void()>& justBefore = [] {});
    void reopen(const std::function<void(DatabaseOptions&)>& change = [](auto&) {});

    TempFolder folder;
    ManualClock clock{fromMillis(1'700'000'000'000)};
    std::unique_ptr<Database> database;
};

template <class E> bool holds(const std::exception_ptr& trouble) {
    if (!trouble) return false;
    try {
        std::rethrow_exception(trouble);
    } catch (const E&) {
        return true;
    } catch (...) {
        return false;
    }
}

} // namespace hoering::sqlite
