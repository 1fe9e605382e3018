// Table staff_notices: what colleagues are to be told, until the letter that tells it is queued.
// Not here: who is told what (server/usecases/tell_staff.h), the letters (server/text/staff_letters).
#pragma once

#include <optional>
#include <vector>

#include "domain/letter.h"
#include "sqlite/tx.h"

namespace hoering::sqlite {

struct StaffNotice {
    std::int64_t id = 0, user = 0;
    LetterKind kind = LetterKind::staffAnswer;
    std::int64_t consultation = 0;
    std::optional<std::int64_t> party;
    Instant at{};
};
/// `at` is the transaction's time.
void insertStaffNotice(Tx& tx, const StaffNotice& notice);
/// Not yet told, oldest first.
std::vector<StaffNotice> waitingNoticesOf(ReadTx& tx, std::int64_t user);
/// Everything this user waited to hear up to and with `lastId`.
void markNoticesTold(Tx& tx, std::int64_t user, std::int64_t lastId);

} // namespace hoering::sqlite
