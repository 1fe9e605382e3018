#include "sqlite/wordings.h"

namespace hoering::sqlite {

std::vector<LetterWording> wordingsOf(ReadTx& tx, std::int64_t consultation) {
    auto row = tx.sql("SELECT kind, language, subject, body, updated_at FROM letter_wordings "
                      "WHERE consultation_id = ? ORDER BY kind, language");
    row.bind(consultation);
    std::vector<LetterWording> list;
    while (row.step())
        if (const auto kind = letterKindFrom(row.text(0)))
            list.push_back({*kind, row.text(1), row.text(2), row.text(3), fromMillis(row.integer(4))});
    return list;
}

void putWording(Tx& tx, std::int64_t consultation, const LetterWording& wording) {
    tx.sql("INSERT INTO letter_wordings(consultation_id, kind, language, subject, body, updated_at) "
           "VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET subject = excluded.subject, body = excluded.body, "
           "updated_at = max(excluded.updated_at, updated_at + 1)")
        .bind(consultation, kindName(wording.kind), wording.language, wording.subject, wording.body,
              toMillis(tx.now().instant))
        .run();
}

void dropWording(Tx& tx, std::int64_t consultation, LetterKind kind, std::string_view language) {
    tx.sql("DELETE FROM letter_wordings WHERE consultation_id = ? AND kind = ? AND language = ?")
        .bind(consultation, kindName(kind), language)
        .run();
}

} // namespace hoering::sqlite
