// Table staff_notices: what colleagues are to be told, until the letter that tells it is queued.
// Not here: who is told what (server/usecases/tell_staff.h), when (server/domain/notice.h), the letters
// (server/text/staff_letters).
#pragma once

#include <optional>
#include <vector>

#include "domain/letter.h"
#include "domain/user.h"
#include "sqlite/tx.h"

namespace hoering::sqlite {

struct StaffNotice {
    std::int64_t id = 0, user = 0;
    LetterKind kind = LetterKind::staffAnswer;
    std::int64_t consultation = 0;
    std::optional<std::int64_t> party, mailing;
    Instant at{}, due{};
};
/// `at` is the transaction's time.
void insertStaffNotice(Tx& tx, const StaffNotice& notice);

/// The secretariat's enabled users with their wishes, without names: quick enough for every answer that comes in.
struct Listener {
    std::int64_t user = 0;
    Notify notify = Notify::daily;
};
std::vector<Listener> listeners(ReadTx& tx);

/// Users with a notice that is due, told nothing of it yet.
std::vector<std::int64_t> usersToTell(ReadTx& tx, Instant now);
/// Due and not yet told, oldest first.
std::vector<StaffNotice> dueNoticesOf(ReadTx& tx, std::int64_t user, Instant now);
/// Everything that dueNoticesOf gave.
void markNoticesTold(Tx& tx, std::int64_t user, Instant dueUntil);
std::optional<Instant> nextNoticeDue(ReadTx& tx);

/// A user's wish has changed: answers not yet told are due then, or are not told at all.
void rescheduleAnswers(Tx& tx, std::int64_t user, std::optional<Instant> due);

} // namespace hoering::sqlite
