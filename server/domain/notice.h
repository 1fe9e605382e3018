// When a colleague is told of something: at once, in the morning's letter, or not at all.
// Not here: the rows (server/sqlite/notices), who is told (server/usecases/tell_staff.h), the letters.
#pragma once

#include <optional>

#include "common/calendar.h"
#include "domain/letter.h"
#include "domain/user.h"

namespace hoering {

/// 7.30 Danish time on working days: before the office opens.
inline constexpr std::chrono::minutes dailyLetter{7 * 60 + 30};

/// When news that came at `at` is told to somebody with this wish; nothing: not at all. Answers follow the wish. A
/// finished mailing and a passed deadline are told at once unless the wish is never. A mailing that waits for release,
/// a party not reached and a request for a longer deadline are always told at once: somebody has to act.
std::optional<Instant> tellAt(LetterKind kind, Notify notify, Instant at);

} // namespace hoering
