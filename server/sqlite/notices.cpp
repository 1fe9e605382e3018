#include "sqlite/notices.h"

namespace hoering::sqlite {

void insertStaffNotice(Tx& tx, const StaffNotice& notice) {
    tx.sql("INSERT INTO staff_notices(user_id, kind, consultation_id, party_id, at) VALUES (?, ?, ?, ?, ?)")
        .bind(notice.user, kindName(notice.kind), notice.consultation, notice.party, toMillis(tx.now().instant))
        .run();
}

std::vector<StaffNotice> waitingNoticesOf(ReadTx& tx, std::int64_t user) {
    auto row = tx.sql("SELECT id, user_id, kind, consultation_id, party_id, at FROM staff_notices "
                      "WHERE user_id = ? AND told_at IS NULL ORDER BY id");
    row.bind(user);
    std::vector<StaffNotice> list;
    while (row.step())
        list.push_back({row.integer(0), row.integer(1), letterKindFrom(row.text(2)).value_or(LetterKind::staffAnswer),
                        row.integer(3), row.maybeInteger(4), fromMillis(row.integer(5))});
    return list;
}

void markNoticesTold(Tx& tx, std::int64_t user, std::int64_t lastId) {
    tx.sql("UPDATE staff_notices SET told_at = ? WHERE user_id = ? AND id <= ? AND told_at IS NULL")
        .bind(toMillis(tx.now().instant), user, lastId)
        .run();
}

} // namespace hoering::sqlite
