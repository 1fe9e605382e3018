// Whether a party has been reached at all, and when the office must hear that it has not.
// Not here: a party's status on the way to its answer (party.h), who is told (server/usecases/find_not_reached.h).
#pragma once

#include <chrono>
#include <optional>
#include <string_view>
#include <vector>

#include "domain/deadline.h"
#include "domain/letter.h"

namespace hoering {

/// What became of one letter that carries the party's link.
struct LetterFate {
    LetterState state = LetterState::queued;
    bool bounced = false; // accepted, and came back
    Instant queuedAt{};
};

struct ReachFacts {
    std::vector<LetterFate> letters; // invitations and all later letters with the link, in any order
    bool showedUp = false;           // it opened its link, has a draft or has answered: the letter came
};

enum class NotReached {
    noLetter, // nothing was ever written to it
    refused,  // every letter was refused for good or came back
    unknown,  // none is known to have come, one may have
    waiting,  // one is still on its way, for longer than a letter should be
};
std::string_view reasonName(NotReached reason); // as stored; text keys "not_reached.…"

/// How long a letter may be on its way before somebody should know: mail servers that ask to be tried again later
/// (greylisting) take minutes, seldom an hour.
inline constexpr std::chrono::hours patienceWithALetter{4};

/// Nothing when one letter was accepted and has not come back, when the party showed up, or when a letter is on its way
/// and has not been for long. A cancelled letter counts as not written. An acceptance says that the party's mail server
/// took the letter, no more; it is the best that mail can tell.
std::optional<NotReached> notReached(const ReachFacts& facts, Instant now);

/// Refused or never written: at once. Else from `workdays` working days before the party's deadline on. Not after it.
bool tellOfIt(NotReached reason, const Deadline& deadline, Now now, int workdays);

} // namespace hoering
