#include "sqlite/files.h"

namespace hoering::sqlite {
namespace {

StoredFile readFile(Statement& row, int from) {
    StoredFile file;
    file.id = row.integer(from);
    file.sha256 = row.text(from + 1);
    file.size = static_cast<std::uint64_t>(row.integer(from + 2));
    file.name = row.text(from + 3);
    file.contentType = row.text(from + 4);
    if (auto pages = row.maybeInteger(from + 5)) file.pages = static_cast<int>(*pages);
    return file;
}

} // namespace

std::int64_t insertFile(Tx& tx, const StoredFile& file) {
    tx.sql("INSERT INTO files(sha256, size, name, content_type, pages, created_at) VALUES (?, ?, ?, ?, ?, ?)")
        .bind(file.sha256, static_cast<std::int64_t>(file.size), file.name, file.contentType, file.pages,
              toMillis(tx.now().instant))
        .run();
    return tx.lastInsertId();
}

std::optional<StoredFile> findFile(ReadTx& tx, std::int64_t id) {
    auto row = tx.sql("SELECT id, sha256, size, name, content_type, pages FROM files WHERE id = ?");
    if (!row.bind(id).step()) return std::nullopt;
    return readFile(row, 0);
}

std::vector<StoredFile> distinctFiles(ReadTx& tx) {
    auto row = tx.sql("SELECT min(id), sha256, size, min(name), '', NULL FROM files GROUP BY sha256 ORDER BY 1");
    std::vector<StoredFile> files;
    while (row.step()) files.push_back(readFile(row, 0));
    return files;
}

std::vector<Enclosure> enclosuresOf(ReadTx& tx, std::int64_t consultation) {
    auto row = tx.sql("SELECT e.id, e.title, f.id, f.sha256, f.size, f.name, f.content_type, f.pages, e.added_at "
                      "FROM enclosures e JOIN files f ON f.id = e.file_id WHERE e.consultation_id = ? "
                      "ORDER BY e.position");
    row.bind(consultation);
    std::vector<Enclosure> list;
    while (row.step()) {
        list.push_back({row.integer(0), row.text(1), readFile(row, 2), {}});
        if (const auto added = row.maybeInteger(8)) list.back().addedAt = fromMillis(*added);
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
