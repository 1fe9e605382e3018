// Says that colleagues are to hear of something; the letters follow by each one's own wish (at once, daily, never).
// Not here: turning notices into letters (write_staff_letters.h), the words (server/text/staff_letters).
#pragma once

#include <optional>

#include "domain/letter.h"
#include "sqlite/tx.h"

namespace hoering {

struct StaffNews {
    LetterKind kind; // one of the staff… kinds
    std::int64_t consultation = 0;
    std::optional<std::int64_t> party{};
    std::int64_t exceptUser = 0; // who did it need not be told; 0: nobody is left out
    std::optional<std::int64_t> mailing{};
};
/// A notice for every enabled user of the secretariat whose wish lets it through (server/domain/notice.h); one small
/// insert each, nothing when nobody wants it. In the transaction of what happened. Wakes the clock after the commit
/// when somebody is told at once.
void tellStaff(sqlite::Tx& tx, const StaffNews& news);

} // namespace hoering
