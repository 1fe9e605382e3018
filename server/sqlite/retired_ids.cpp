#include "sqlite/retired_ids.h"

namespace hoering::sqlite {
namespace {

std::int64_t first(Statement row) {
    row.step();
    return row.integer(0);
}

void retire(Tx& tx, std::string_view what, std::int64_t id) {
    tx.sql("INSERT INTO retired_ids(what, highest) VALUES (?, ?) "
           "ON CONFLICT (what) DO UPDATE SET highest = max(highest, excluded.highest)")
        .bind(what, id)
        .run();
}

} // namespace

std::int64_t freshConsultationId(ReadTx& tx) {
    return first(tx.sql("SELECT 1 + max(coalesce((SELECT max(id) FROM consultations), 0), "
                        "coalesce((SELECT highest FROM retired_ids WHERE what = 'consultations'), 0))"));
}

std::int64_t freshPartyId(ReadTx& tx) {
    return first(tx.sql("SELECT 1 + max(coalesce((SELECT max(id) FROM parties), 0), "
                        "coalesce((SELECT highest FROM retired_ids WHERE what = 'parties'), 0))"));
}

void retireConsultationId(Tx& tx, std::int64_t id) { retire(tx, "consultations", id); }
void retirePartyId(Tx& tx, std::int64_t id) { retire(tx, "parties", id); }

} // namespace hoering::sqlite
