#include "sqlite/draft_removal.h"

#include <vector>

#include "sqlite/parties.h"
#include "sqlite/retired_ids.h"

namespace hoering::sqlite {
namespace {

/// Files of its enclosures, and those chosen on a form of its acts: each row belongs to one of them alone.
std::vector<std::int64_t> filesOf(ReadTx& tx, std::int64_t consultation) {
    auto row = tx.sql("SELECT file_id FROM enclosures WHERE consultation_id = ?1 "
                      "UNION SELECT file_id FROM act_files WHERE consultation_id = ?1");
    row.bind(consultation);
    std::vector<std::int64_t> files;
    while (row.step()) files.push_back(row.integer(0));
    return files;
}

} // namespace

bool wroteToAnybody(ReadTx& tx, std::int64_t consultation) {
    auto row = tx.sql("SELECT EXISTS (SELECT 1 FROM letters WHERE consultation_id = ?1 AND party_id IS NOT NULL) "
                      "OR EXISTS (SELECT 1 FROM mailings WHERE consultation_id = ?1) "
                      "OR EXISTS (SELECT 1 FROM responses r JOIN parties p ON p.id = r.party_id "
                      "WHERE p.consultation_id = ?1) "
                      "OR EXISTS (SELECT 1 FROM links l JOIN contacts c ON c.id = l.contact_id "
                      "JOIN parties p ON p.id = c.party_id WHERE p.consultation_id = ?1)");
    row.bind(consultation).step();
    return row.flag(0);
}

void removeDraft(Tx& tx, std::int64_t consultation) {
    const auto files = filesOf(tx, consultation);
    for (const char* sql :
         {"DELETE FROM enclosures WHERE consultation_id = ?", "DELETE FROM act_files WHERE consultation_id = ?",
          "DELETE FROM reminder_steps WHERE consultation_id = ?",
          "DELETE FROM letter_wordings WHERE consultation_id = ?",
          "DELETE FROM staff_notices WHERE consultation_id = ?", "DELETE FROM releases WHERE consultation_id = ?",
          "UPDATE letters SET consultation_id = NULL WHERE consultation_id = ?"})
        tx.sql(sql).bind(consultation).run();
    for (const auto file : files) tx.sql("DELETE FROM files WHERE id = ?").bind(file).run();
    for (const auto& party : partiesOf(tx, consultation)) removeParty(tx, party.id);
    tx.sql("DELETE FROM consultations WHERE id = ?").bind(consultation).run();
    retireConsultationId(tx, consultation);
}

} // namespace hoering::sqlite
