#include "domain/not_reached.h"

#include <algorithm>

namespace hoering {

std::string_view reasonName(NotReached reason) {
    switch (reason) {
    case NotReached::noLetter: return "no_letter";
    case NotReached::refused: return "refused";
    case NotReached::unknown: return "unknown";
    case NotReached::waiting: return "waiting";
    }
    return "";
}

std::optional<NotReached> notReached(const ReachFacts& facts, Instant now) {
    if (facts.showedUp) return std::nullopt;
    bool any = false, unknown = false, waiting = false, fresh = false;
    for (const auto& letter : facts.letters) {
        if (letter.state == LetterState::cancelled) continue;
        any = true;
        if (letter.bounced) continue;
        switch (letter.state) {
        case LetterState::accepted: return std::nullopt;
        case LetterState::unknown: unknown = true; break;
        case LetterState::queued:
        case LetterState::claimed: (now - letter.queuedAt < patienceWithALetter ? fresh : waiting) = true; break;
        case LetterState::refused:
        case LetterState::cancelled: break;
        }
    }
    if (!any) return NotReached::noLetter;
    if (fresh) return std::nullopt; // it may come any moment
    if (waiting) return NotReached::waiting;
    return unknown ? NotReached::unknown : NotReached::refused;
}

bool tellOfIt(NotReached reason, const Deadline& deadline, Now now, int workdays) {
    if (now.instant >= deadline.endsAt()) return false;
    if (reason == NotReached::refused || reason == NotReached::noLetter) return true;
    return daysBetween(workingDaysBefore(deadline.date, workdays), dateOf(now.local)) >= 0;
}

} // namespace hoering
