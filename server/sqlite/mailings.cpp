#include "sqlite/mailings.h"

#include "sqlite/files.h"

namespace hoering::sqlite {
namespace {

std::optional<Instant> maybeInstant(const Statement& row, int column) {
    if (auto ms = row.maybeInteger(column)) return fromMillis(*ms);
    return std::nullopt;
}

constexpr std::string_view releaseColumns = "SELECT id, consultation_id, act, fields, fingerprint, letters, asked_by, "
                                            "asked_at, state, decided_by, decided_at FROM releases ";

Release readRelease(const Statement& row) {
    return {row.integer(0), row.integer(1),      row.text(2),          row.text(3),
            row.text(4),    row.integer(5),      row.integer(6),       fromMillis(row.integer(7)),
            row.text(8),    row.maybeInteger(9), maybeInstant(row, 10)};
}

std::optional<std::int64_t> idByKey(Statement&& row, std::string_view key) {
    if (!row.bind(key).step()) return std::nullopt;
    return row.integer(0);
}

} // namespace

std::int64_t insertMailing(Tx& tx, const Mailing& m, std::string_view key) {
    tx.sql(
          "INSERT INTO mailings(consultation_id, act, at, user_id, released_by, letters, fingerprint, idempotency_key) "
          "VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
        .bind(m.consultation, m.act, toMillis(tx.now().instant), m.user, m.releasedBy, m.letters, m.fingerprint, key)
        .run();
    return tx.lastInsertId();
}

std::optional<std::int64_t> findMailingByKey(ReadTx& tx, std::string_view key) {
    return idByKey(tx.sql("SELECT id FROM mailings WHERE idempotency_key = ?"), key);
}

std::vector<Mailing> mailingsOf(ReadTx& tx, std::int64_t consultation) {
    auto row = tx.sql("SELECT id, consultation_id, act, at, user_id, released_by, letters, fingerprint, finished_at "
                      "FROM mailings WHERE consultation_id = ? ORDER BY id DESC");
    row.bind(consultation);
    std::vector<Mailing> list;
    while (row.step())
        list.push_back({row.integer(0), row.integer(1), row.text(2), fromMillis(row.integer(3)), row.maybeInteger(4),
                        row.maybeInteger(5), row.integer(6), row.text(7), maybeInstant(row, 8)});
    return list;
}

std::int64_t insertRelease(Tx& tx, const Release& r, std::string_view key) {
    tx.sql("INSERT INTO releases(consultation_id, act, fields, fingerprint, letters, asked_by, asked_at, state, "
           "idempotency_key) VALUES (?, ?, ?, ?, ?, ?, ?, 'waiting', ?)")
        .bind(r.consultation, r.act, r.fields, r.fingerprint, r.letters, r.askedBy, toMillis(tx.now().instant), key)
        .run();
    return tx.lastInsertId();
}

std::optional<Release> findRelease(ReadTx& tx, std::int64_t id) {
    static const std::string sql = std::string(releaseColumns) + "WHERE id = ?";
    auto row = tx.sql(sql);
    if (!row.bind(id).step()) return std::nullopt;
    return readRelease(row);
}

std::optional<std::int64_t> findReleaseByKey(ReadTx& tx, std::string_view key) {
    return idByKey(tx.sql("SELECT id FROM releases WHERE idempotency_key = ?"), key);
}

std::vector<Release> waitingReleases(ReadTx& tx) {
    static const std::string sql = std::string(releaseColumns) + "WHERE state = 'waiting' ORDER BY id";
    auto row = tx.sql(sql);
    std::vector<Release> list;
    while (row.step()) list.push_back(readRelease(row));
    return list;
}

bool decideRelease(Tx& tx, std::int64_t id, std::string_view state, std::int64_t user) {
    tx.sql("UPDATE releases SET state = ?, decided_by = ?, decided_at = ? WHERE id = ? AND state = 'waiting'")
        .bind(state, user, toMillis(tx.now().instant), id)
        .run();
    return tx.changes() == 1;
}

void insertActFile(Tx& tx, std::int64_t file, std::int64_t consultation, std::int64_t user) {
    tx.sql("INSERT INTO act_files(file_id, consultation_id, user_id, created_at) VALUES (?, ?, ?, ?)")
        .bind(file, consultation, user, toMillis(tx.now().instant))
        .run();
}

void takeActFile(Tx& tx, std::int64_t file) { tx.sql("DELETE FROM act_files WHERE file_id = ?").bind(file).run(); }

int sweepActFiles(Tx& tx, Instant before) {
    std::vector<std::int64_t> files;
    {
        auto row = tx.sql("SELECT file_id FROM act_files a WHERE created_at < ? AND NOT EXISTS "
                          "(SELECT 1 FROM releases r WHERE r.consultation_id = a.consultation_id AND "
                          "r.state = 'waiting')");
        row.bind(toMillis(before));
        while (row.step()) files.push_back(row.integer(0));
    }
    for (const auto file : files) {
        takeActFile(tx, file);
        tx.sql("DELETE FROM files WHERE id = ?").bind(file).run();
    }
    return static_cast<int>(files.size());
}

std::optional<StoredFile> findActFile(ReadTx& tx, std::int64_t file, std::int64_t consultation) {
    {
        auto row = tx.sql("SELECT 1 FROM act_files WHERE file_id = ? AND consultation_id = ?");
        if (!row.bind(file, consultation).step()) return std::nullopt;
    }
    return findFile(tx, file);
}

} // namespace hoering::sqlite
