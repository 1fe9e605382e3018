// The one rule on who gets a reminder: the job that sends it and the pages that foretell it both ask here.
// Not here: when a step is due (reminder.h), gathering the facts (server/usecases/reminder_facts), sending.
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

#include "common/clock.h"
#include "domain/consultation.h"
#include "domain/party.h"

namespace hoering {

/// A step that is this late was slept over: the service was down at its time. Less is the ordinary delay of a clock.
inline constexpr std::chrono::hours sleptOver{1};
/// A slept-over step is of no use any more when the next one comes within this time: two reminders in one day annoy.
inline constexpr std::chrono::hours nextIsNear{24};

/// One planned reminder, and what is known of its party.
struct ReminderFacts {
    bool after = false;             // the deadline: the reminder to those who let it pass
    Instant due{}, deadline{};      // of the row
    std::optional<Instant> nextDue; // the party's next planned step, if there is one
    bool answered = false;          // any answer: remarks, no remarks, not competent
    bool drafting = false;
    bool hasLink = false;        // somebody of the party has a link that works
    bool reachable = false;      // … at an address that has not come back
    bool otherWayAfter = false;  // the consultation says how an answer is sent after the deadline
    bool remindsDrafting = true; // the plan reminds also those with a begun draft
};

/// "" when the reminder goes at `at`, else why not, as a text key "reminder_reason.…" (product.md rule 7). In this
/// order: informed only; answered; answers with another party; a draft begun, and the plan spares those; the deadline
/// moved; the consultation is over for the party (before the deadline: nothing ever goes after it) or takes no late
/// answer (after it); no link; the address came back; a later step is due too, or the step was slept over and the next
/// one is near (several missed steps become one).
std::string_view whyNot(const Consultation& consultation, const Party& party, const ReminderFacts& facts, Instant at);

} // namespace hoering
