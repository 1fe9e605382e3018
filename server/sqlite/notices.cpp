#include "sqlite/notices.h"

namespace hoering::sqlite {

void insertStaffNotice(Tx& tx, const StaffNotice& notice) {
    tx.sql("INSERT INTO staff_notices(user_id, kind, consultation_id, party_id, mailing_id, at, due_at) "
           "VALUES (?, ?, ?, ?, ?, ?, ?)")
        .bind(notice.user, kindName(notice.kind), notice.consultation, notice.party, notice.mailing,
              toMillis(tx.now().instant), toMillis(notice.due))
        .run();
}

std::vector<Listener> listeners(ReadTx& tx) {
    auto row = tx.sql("SELECT id, notify FROM users WHERE disabled_at IS NULL AND role <> 'reader' ORDER BY id");
    std::vector<Listener> list;
    while (row.step()) list.push_back({row.integer(0), notifyFrom(row.textView(1)).value_or(Notify::daily)});
    return list;
}

std::vector<std::int64_t> usersToTell(ReadTx& tx, Instant now) {
    auto row = tx.sql("SELECT DISTINCT user_id FROM staff_notices WHERE told_at IS NULL AND due_at <= ?");
    row.bind(toMillis(now));
    std::vector<std::int64_t> users;
    while (row.step()) users.push_back(row.integer(0));
    return users;
}

std::vector<StaffNotice> dueNoticesOf(ReadTx& tx, std::int64_t user, Instant now) {
    auto row = tx.sql("SELECT id, user_id, kind, consultation_id, party_id, mailing_id, at, due_at FROM staff_notices "
                      "WHERE told_at IS NULL AND due_at <= ? AND user_id = ? ORDER BY id");
    row.bind(toMillis(now), user);
    std::vector<StaffNotice> list;
    while (row.step())
        list.push_back({row.integer(0), row.integer(1), letterKindFrom(row.text(2)).value_or(LetterKind::staffAnswer),
                        row.integer(3), row.maybeInteger(4), row.maybeInteger(5), fromMillis(row.integer(6)),
                        fromMillis(row.integer(7))});
    return list;
}

void markNoticesTold(Tx& tx, std::int64_t user, Instant dueUntil) {
    tx.sql("UPDATE staff_notices SET told_at = ? WHERE told_at IS NULL AND due_at <= ? AND user_id = ?")
        .bind(toMillis(tx.now().instant), toMillis(dueUntil), user)
        .run();
}

std::optional<Instant> nextNoticeDue(ReadTx& tx) {
    auto row = tx.sql("SELECT min(due_at) FROM staff_notices WHERE told_at IS NULL");
    row.step();
    if (auto due = row.maybeInteger(0)) return fromMillis(*due);
    return std::nullopt;
}

void rescheduleAnswers(Tx& tx, std::int64_t user, std::optional<Instant> due) {
    constexpr std::string_view waiting = "WHERE told_at IS NULL AND user_id = ? AND kind = 'staff_answer'";
    static const std::string later = std::string("UPDATE staff_notices SET due_at = ? ") + std::string(waiting);
    static const std::string never = std::string("UPDATE staff_notices SET told_at = ? ") + std::string(waiting);
    if (due) tx.sql(later).bind(toMillis(*due), user).run();
    else tx.sql(never).bind(toMillis(tx.now().instant), user).run();
}

} // namespace hoering::sqlite
