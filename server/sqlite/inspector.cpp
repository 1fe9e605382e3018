#include "sqlite/inspector.h"

#include "sqlite/connection.h"

namespace hoering::sqlite {

Inspector::Inspector(const std::filesystem::path& file)
    : connection_(std::make_unique<Connection>(file, ConnectionKind::reader)) {}

Inspector::~Inspector() = default;

Inspector::Snapshot::Snapshot(Connection& on) : connection(on) { connection.execute("BEGIN"); }

Inspector::Snapshot::~Snapshot() {
    // A damaged file may end the transaction itself, and a reader has nothing to lose by a failed one.
    if (connection.inTransaction()) sqlite3_exec(connection.handle(), "ROLLBACK", nullptr, nullptr, nullptr);
}

std::vector<std::string> damagesIn(ReadTx& tx) {
    std::vector<std::string> wrong;
    auto integrity = tx.sql("PRAGMA integrity_check");
    while (integrity.step())
        if (const auto line = integrity.text(0); line != "ok") wrong.push_back(line);
    auto keys = tx.sql("PRAGMA foreign_key_check");
    while (keys.step())
        wrong.push_back("row " + keys.text(1) + " of " + keys.text(0) + " points to a missing row of " + keys.text(2));
    return wrong;
}

std::vector<FileClaim> fileClaims(ReadTx& tx) {
    auto row = tx.sql("SELECT sha256, min(name), size FROM files GROUP BY sha256, size ORDER BY min(id)");
    std::vector<FileClaim> claims;
    while (row.step()) claims.push_back({row.text(0), row.text(1), static_cast<std::uint64_t>(row.integer(2))});
    return claims;
}

std::vector<std::int64_t> consultationIds(ReadTx& tx) {
    auto row = tx.sql("SELECT id FROM consultations ORDER BY id");
    std::vector<std::int64_t> ids;
    while (row.step()) ids.push_back(row.integer(0));
    return ids;
}

std::vector<LinkClaim> linkClaims(ReadTx& tx, int limit) {
    auto row = tx.sql("SELECT id, nonce, token_hash FROM links ORDER BY id DESC LIMIT ?");
    row.bind(limit);
    std::vector<LinkClaim> claims;
    while (row.step()) claims.push_back({row.integer(0), row.text(1), row.text(2)});
    return claims;
}

} // namespace hoering::sqlite
