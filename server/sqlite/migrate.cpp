#include "sqlite/migrate.h"

#include <algorithm>
#include <map>
#include <stdexcept>
#include <vector>

#include <fmt/format.h>

#include "common/crypto.h"
#include "sqlite/connection.h"
#include "sqlite/tx.h"

namespace hoering::sqlite {

namespace {

struct Migration {
    int number;
    std::string name;
    std::string_view sql;
    std::string checksum;
};

Migration migrationOf(const EmbeddedFile& file) {
    const auto path = file.path;
    const bool formed = path.size() > 9 && path[4] == '_' && path.ends_with(".sql") &&
                        std::all_of(path.begin(), path.begin() + 4, [](char c) { return c >= '0' && c <= '9'; });
    if (!formed) throw std::runtime_error("A migration must be named NNNN_name.sql: " + std::string(path));
    return {std::stoi(std::string(path.substr(0, 4))), std::string(path.substr(5, path.size() - 9)), file.bytes,
            sha256Hex(file.bytes)};
}

std::vector<Migration> inOrder(std::span<const EmbeddedFile> files) {
    std::vector<Migration> migrations;
    for (const auto& file : files) migrations.push_back(migrationOf(file));
    std::sort(migrations.begin(), migrations.end(), [](auto& a, auto& b) { return a.number < b.number; });
    for (std::size_t i = 1; i < migrations.size(); ++i)
        if (migrations[i].number == migrations[i - 1].number)
            throw std::runtime_error("Two migrations have the number " + std::to_string(migrations[i].number) + ".");
    return migrations;
}

std::map<int, std::string> appliedTo(Connection& connection) {
    std::map<int, std::string> applied;
    Statement rows(connection, "SELECT number, checksum FROM schema_migrations");
    while (rows.step()) applied[static_cast<int>(rows.integer(0))] = rows.text(1);
    return applied;
}

void apply(Connection& connection, const Migration& migration, Instant at) {
    connection.execute("BEGIN IMMEDIATE");
    try {
        connection.execute(std::string(migration.sql));
        {
            Statement broken(connection, "PRAGMA foreign_key_check");
            if (broken.step()) throw std::runtime_error("it leaves rows in " + broken.text(0) + " that point nowhere");
        }
        Statement(connection, "INSERT INTO schema_migrations(number, name, checksum, applied_at) VALUES (?, ?, ?, ?)")
            .bind(migration.number, migration.name, migration.checksum, toMillis(at))
            .run();
        connection.execute("COMMIT");
    } catch (const std::exception& trouble) {
        connection.setBroken(false);
        if (connection.inTransaction()) connection.execute("ROLLBACK");
        throw std::runtime_error("Migration " + std::to_string(migration.number) + " (" + migration.name +
                                 ") failed and was taken back: " + trouble.what());
    }
}

} // namespace

int migrate(Connection& connection, std::span<const EmbeddedFile> files, Instant at) {
    connection.execute("CREATE TABLE IF NOT EXISTS schema_migrations(number INTEGER PRIMARY KEY, name TEXT NOT NULL,"
                       " checksum TEXT NOT NULL, applied_at INTEGER NOT NULL) STRICT");
    const auto migrations = inOrder(files);
    auto applied = appliedTo(connection);
    const int newest = applied.empty() ? 0 : applied.rbegin()->first;
    std::vector<const Migration*> todo;
    for (const auto& migration : migrations) {
        const auto it = applied.find(migration.number);
        const std::string which = std::to_string(migration.number) + " (" + migration.name + ")";
        if (it == applied.end()) {
            if (migration.number < newest)
                throw std::runtime_error("Migration " + which + " is older than the database, which never ran it.");
            todo.push_back(&migration);
            continue;
        }
        if (it->second != migration.checksum)
            throw std::runtime_error("Migration " + which +
                                     " was changed after it ran here. Migrations are never changed; add a new one.");
        applied.erase(it);
    }
    if (!applied.empty())
        throw std::runtime_error("The database is newer than this program: it knows migration " +
                                 std::to_string(applied.rbegin()->first) + ". Start the newer version.");
    // Rebuilding a table needs foreign keys off, which only works outside a transaction; each file checks them itself.
    if (!todo.empty()) connection.execute("PRAGMA foreign_keys=OFF");
    for (const auto* migration : todo) apply(connection, *migration, at);
    connection.execute("PRAGMA foreign_keys=ON");
    return static_cast<int>(todo.size());
}

namespace {

/// "trigger journal_stays" and its SQL; "" for what SQLite makes by itself.
std::map<std::string, std::string> schemaOf(Connection& connection) {
    std::map<std::string, std::string> schema;
    Statement rows(connection, "SELECT type || ' ' || name, coalesce(tbl_name || ': ' || sql, '') FROM sqlite_schema"
                               " WHERE name NOT LIKE 'sqlite_stat_'"); // figures for the planner, of no table of ours
    while (rows.step()) schema[rows.text(0)] = rows.text(1);
    return schema;
}

} // namespace

std::vector<std::string> schemaDeviations(ReadTx& tx, std::span<const EmbeddedFile> files) {
    const auto found = schemaOf(tx.connection());
    if (!found.contains("table schema_migrations")) return {"It does not say which migrations made it."};
    std::vector<std::string> wrong;
    auto applied = appliedTo(tx.connection());
    std::vector<EmbeddedFile> ran;
    for (const auto& file : files) {
        const auto migration = migrationOf(file);
        const auto it = applied.find(migration.number);
        if (it == applied.end()) continue;
        if (it->second != migration.checksum)
            wrong.push_back(fmt::format("Its migration {} is not the one this program has.", migration.number));
        applied.erase(it);
        ran.push_back(file);
    }
    if (!applied.empty())
        return {fmt::format("It is newer than this program: it knows migration {}. Verify it with the newer version.",
                            applied.rbegin()->first)};
    Connection scratch({}, ConnectionKind::scratch);
    migrate(scratch, ran, Instant{});
    const auto made = schemaOf(scratch);
    for (const auto& [name, sql] : made) {
        const auto it = found.find(name);
        if (it == found.end()) wrong.push_back("The " + name + " is missing.");
        else if (it->second != sql) wrong.push_back("The " + name + " is not as this program makes it.");
    }
    for (const auto& [name, sql] : found)
        if (!made.contains(name)) wrong.push_back("The " + name + " is there, and no version of this program made it.");
    return wrong;
}

} // namespace hoering::sqlite
