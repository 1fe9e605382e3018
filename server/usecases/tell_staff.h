// Says that colleagues are to hear of something; the letters follow by each one's own wish (at once, daily, never).
// Not here: turning notices into letters (server/jobs), the words (server/text/staff_letters).
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
};
/// A notice for every enabled user of the secretariat. In the transaction of what happened.
void tellStaff(sqlite::Tx& tx, const StaffNews& news);

} // namespace hoering
