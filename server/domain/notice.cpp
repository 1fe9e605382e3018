#include "domain/notice.h"

namespace hoering {

namespace {

Instant nextDailyLetter(Instant at) {
    const LocalDate today = dateOf(toLocal(at));
    const Instant thisMorning = toInstant(atTime(today, dailyLetter));
    if (isWorkingDay(today) && thisMorning >= at) return thisMorning;
    return toInstant(atTime(workingDayOnOrAfter(addDays(today, 1)), dailyLetter));
}

} // namespace

std::optional<Instant> tellAt(LetterKind kind, Notify notify, Instant at) {
    const bool answer = kind == LetterKind::staffAnswer || kind == LetterKind::staffDaily;
    const bool mustKnow = !answer && kind != LetterKind::staffMailing && kind != LetterKind::staffDeadline;
    if (mustKnow) return at;
    if (notify == Notify::never) return std::nullopt;
    return answer && notify == Notify::daily ? nextDailyLetter(at) : at;
}

} // namespace hoering
