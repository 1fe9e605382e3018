// The schema, step by step: numbered SQL files, run once each, in order, never changed afterwards.
// Not here: the files themselves (server/sqlite/migrations), opening the database (server/sqlite/database).
#pragma once

#include <span>
#include <string>
#include <vector>

#include "common/clock.h"
#include "common/embedded.h"

namespace hoering {
/// server/sqlite/migrations, embedded; paths like "0001_foundation.sql".
std::span<const EmbeddedFile> migrationFiles();
} // namespace hoering

namespace hoering::sqlite {

class Connection;
class ReadTx;

/// Runs what has not run yet, each file in a transaction of its own with foreign keys checked at its end. Throws
/// std::runtime_error with a sentence for the operator when a file that ran has another SHA-256 now, when the database
/// knows a file that this program does not, when a name is not NNNN_name.sql, or when the SQL fails. Returns how many
/// ran.
int migrate(Connection& connection, std::span<const EmbeddedFile> files, Instant at);

/// Compares tables, indexes, triggers and views with what the files that ran here make of an empty database. A sentence
/// for each that is missing, is another one, or that no file makes; empty when there is none. Also right for a database
/// that later files have not come to yet. Changes nothing; throws what reading a damaged database throws.
std::vector<std::string> schemaDeviations(ReadTx& tx, std::span<const EmbeddedFile> files);

} // namespace hoering::sqlite
