#include "sqlite/files.h"

#include "sqlite/file_row.h"

namespace hoering::sqlite {

std::int64_t insertFile(Tx& tx, const StoredFile& file) {
    tx.sql("INSERT INTO files(sha256, size, name, content_type, pages, created_at, reading, found) "
           "VALUES (?, ?, ?, ?, ?, ?, nullif(?, ''), ?)")
        .bind(file.sha256, static_cast<std::int64_t>(file.size), file.name, file.contentType, file.pages,
              toMillis(tx.now().instant), readingName(file.search.reading), storedHits(file.search))
        .run();
    return tx.lastInsertId();
}

std::optional<StoredFile> findFile(ReadTx& tx, std::int64_t id) {
    static const std::string sql = "SELECT " + std::string(storedFileColumns) + " FROM files f WHERE f.id = ?";
    auto row = tx.sql(sql);
    if (!row.bind(id).step()) return std::nullopt;
    return readStoredFile(row, 0);
}

std::vector<StoredFile> distinctFiles(ReadTx& tx) {
    static const std::string sql =
        "SELECT " + std::string(storedFileColumns) +
        " FROM files f WHERE f.id IN (SELECT min(id) FROM files GROUP BY sha256) ORDER BY f.id";
    auto row = tx.sql(sql);
    std::vector<StoredFile> files;
    while (row.step()) files.push_back(readStoredFile(row, 0));
    return files;
}

std::optional<StoredFile> nextNotSearched(ReadTx& tx) {
    static const std::string sql =
        "SELECT " + std::string(storedFileColumns) + " FROM files f WHERE f.reading IS NULL ORDER BY f.id DESC LIMIT 1";
    auto row = tx.sql(sql);
    if (!row.step()) return std::nullopt;
    return readStoredFile(row, 0);
}

void setSearch(Tx& tx, std::string_view sha256, const FileSearch& search) {
    tx.sql("UPDATE files SET reading = nullif(?, ''), found = ? WHERE sha256 = ? AND reading IS NULL")
        .bind(readingName(search.reading), storedHits(search), sha256)
        .run();
}

std::vector<Enclosure> enclosuresOf(ReadTx& tx, std::int64_t consultation) {
    static const std::string sql = "SELECT e.id, e.title, e.added_at, " + std::string(storedFileColumns) +
                                   " FROM enclosures e JOIN files f ON f.id = e.file_id WHERE e.consultation_id = ? "
                                   "ORDER BY e.position";
    auto row = tx.sql(sql);
    row.bind(consultation);
    std::vector<Enclosure> list;
    while (row.step()) {
        list.push_back({row.integer(0), row.text(1), readStoredFile(row, 3), {}});
        if (const auto added = row.maybeInteger(2)) list.back().addedAt = fromMillis(*added);
    }
    return list;
}

std::int64_t appendEnclosure(Tx& tx, std::int64_t consultation, std::string_view title, std::int64_t file,
                             std::optional<Instant> addedAt) {
    std::optional<std::int64_t> added;
    if (addedAt) added = toMillis(*addedAt);
    tx.sql("INSERT INTO enclosures(consultation_id, position, title, file_id, added_at) VALUES "
           "(?1, (SELECT coalesce(max(position), 0) + 1 FROM enclosures WHERE consultation_id = ?1), ?2, ?3, ?4)")
        .bind(consultation, title, file, added)
        .run();
    return tx.lastInsertId();
}

bool renameEnclosure(Tx& tx, std::int64_t consultation, std::int64_t enclosure, std::string_view title) {
    tx.sql("UPDATE enclosures SET title = ? WHERE id = ? AND consultation_id = ?")
        .bind(title, enclosure, consultation)
        .run();
    return tx.changes() == 1;
}

bool removeEnclosure(Tx& tx, std::int64_t consultation, std::int64_t enclosure) {
    tx.sql("DELETE FROM enclosures WHERE id = ? AND consultation_id = ?").bind(enclosure, consultation).run();
    return tx.changes() == 1;
}

bool moveEnclosureUp(Tx& tx, std::int64_t consultation, std::int64_t enclosure) {
    std::optional<std::int64_t> position, above, abovePosition;
    {
        auto row = tx.sql("SELECT position FROM enclosures WHERE id = ? AND consultation_id = ?");
        if (row.bind(enclosure, consultation).step()) position = row.integer(0);
    }
    if (!position) return false;
    {
        auto row = tx.sql("SELECT id, position FROM enclosures WHERE consultation_id = ? AND position < ? "
                          "ORDER BY position DESC LIMIT 1");
        if (row.bind(consultation, *position).step()) {
            above = row.integer(0);
            abovePosition = row.integer(1);
        }
    }
    if (!above) return false;
    const auto place = [&](std::int64_t id, std::int64_t at) {
        tx.sql("UPDATE enclosures SET position = ? WHERE id = ?").bind(at, id).run();
    };
    place(enclosure, *abovePosition);
    place(*above, *position);
    return true;
}

} // namespace hoering::sqlite
