#include "sqlite/drafts.h"

#include "sqlite/file_row.h"

namespace hoering::sqlite {

std::optional<Draft> findDraft(ReadTx& tx, std::int64_t party) {
    Draft draft;
    {
        auto row = tx.sql("SELECT d.text, d.version, d.submission_key, d.updated_at, c.name, c.mail FROM drafts d "
                          "JOIN contacts c ON c.id = d.updated_by WHERE d.party_id = ?");
        if (!row.bind(party).step()) return std::nullopt;
        draft.party = party;
        draft.text = row.text(0);
        draft.version = row.integer(1);
        draft.submissionKey = row.text(2);
        draft.updatedAt = fromMillis(row.integer(3));
        draft.updatedBy = row.text(4).empty() ? row.text(5) : row.text(4);
    }
    static const std::string files = "SELECT " + std::string(storedFileColumns) +
                                     " FROM draft_files d JOIN files f ON f.id = d.file_id WHERE d.party_id = ? "
                                     "ORDER BY d.id";
    auto row = tx.sql(files);
    row.bind(party);
    while (row.step()) draft.files.push_back(readStoredFile(row, 0));
    return draft;
}

std::optional<std::int64_t> saveDraft(Tx& tx, std::int64_t party, std::string_view text, std::int64_t expected,
                                      std::string_view key, std::int64_t contact) {
    const auto now = toMillis(tx.now().instant);
    if (expected == 0)
        tx.sql("INSERT INTO drafts(party_id, text, version, submission_key, updated_at, updated_by) "
               "VALUES (?, ?, 1, ?, ?, ?) ON CONFLICT DO NOTHING")
            .bind(party, text, key, now, contact)
            .run();
    else
        tx.sql("UPDATE drafts SET text = ?, version = version + 1, updated_at = ?, updated_by = ? "
               "WHERE party_id = ? AND version = ?")
            .bind(text, now, contact, party, expected)
            .run();
    if (tx.changes() != 1) return std::nullopt;
    return expected + 1;
}

void raiseDraftVersion(Tx& tx, std::int64_t party) {
    tx.sql("UPDATE drafts SET version = version + 1 WHERE party_id = ?").bind(party).run();
}

void addDraftFile(Tx& tx, std::int64_t party, std::int64_t file) {
    tx.sql("INSERT INTO draft_files(party_id, file_id) VALUES (?, ?)").bind(party, file).run();
    raiseDraftVersion(tx, party);
}

bool removeDraftFile(Tx& tx, std::int64_t party, std::int64_t file) {
    tx.sql("DELETE FROM draft_files WHERE party_id = ? AND file_id = ?").bind(party, file).run();
    if (tx.changes() == 0) return false;
    raiseDraftVersion(tx, party);
    return true;
}

void deleteDraft(Tx& tx, std::int64_t party) {
    tx.sql("DELETE FROM draft_files WHERE party_id = ?").bind(party).run();
    tx.sql("DELETE FROM drafts WHERE party_id = ?").bind(party).run();
}

} // namespace hoering::sqlite
