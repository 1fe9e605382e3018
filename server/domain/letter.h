// A letter to one person: its words are finished when it is queued; then it is brought and accounted for.
// Not here: its words (server/text/letters), MIME (server/smtp/mime), the queue (server/sqlite/letters).
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "common/clock.h"

namespace hoering {

enum class LetterKind {
    // to a party
    invitation,
    informed,
    reminder,
    overdue, // the reminder after the deadline
    receipt,
    noRemarksReceipt,
    linkAgain,
    deadlineChanged,
    ownDeadlineChanged,
    enclosureAdded,
    cancelled,
    closed,
    outcome,
    registered,
    withdrawn, // the receipt for an answer taken back
    extensionAsked,
    extensionGranted,
    extensionRefused,
    // to a colleague
    staffAnswer,
    staffDaily,
    staffMailing,
    staffNotReached,
    staffDeadline,
    staffExtension,
    staffRelease,
    test,
};
/// Before or after the deadline.
bool isReminder(LetterKind kind);
std::string_view kindName(LetterKind kind); // as stored; text keys "letter.<kind>.…"
std::optional<LetterKind> letterKindFrom(std::string_view name);

enum class LetterState { queued, claimed, accepted, refused, unknown, cancelled };
std::string_view stateName(LetterState state); // text key "letter_state.…"
LetterState letterStateFrom(std::string_view name);

struct Letter {
    std::int64_t id = 0;
    LetterKind kind = LetterKind::invitation;
    std::optional<std::int64_t> consultation, party, contact, link, user, mailing;
    std::string language = "da";
    std::string toName, toMail, replyName, replyMail;
    std::string subject, text; // {{link}} where the personal link goes
    std::string parts;         // the same words, of which the HTML is drawn (server/text/letter_html.h); "" for none
    std::string calendar;      // an .ics that goes with it (server/text/calendar_entry.h), "" for none
    std::string messageId;     // "key@domain", without <>
    std::string thread;        // first Message-ID to the same contact, "" for itself
    Instant createdAt{};
    LetterState state = LetterState::queued;
    int attempts = 0;
    Instant nextAttemptAt{};
    std::optional<Instant> doneAt;
    std::string server, reply;
    std::optional<Instant> bouncedAt; // accepted by the mail server, and came back later
};
/// Accepted, but by no server: without one, letters are laid in a folder, and nobody has them.
bool laidInFolder(const Letter& letter);

/// The same words for another letter: kind, language, addresses, subject, bodies; nothing of the queue.
Letter sameWords(const Letter& letter);

/// The office's own words for one kind of letter in one consultation, with named fields (server/text/wording.h).
struct LetterWording {
    LetterKind kind = LetterKind::invitation;
    std::string language, subject, body;
    Instant updatedAt{};
};

/// Where the personal link goes in a letter's text and HTML.
inline constexpr std::string_view linkMark = "{{link}}";

/// How long to wait after the n-th failed attempt (1, 5, 30 minutes, 2 h, then every 6 h), and nothing once
/// five days have gone since the letter was queued.
std::optional<std::chrono::milliseconds> retryAfter(int attempts, Instant createdAt, Instant now);

/// An unknown outcome: an invitation goes again under the same Message-ID, a reminder (before or after the deadline)
/// does not: it is shown to staff.
bool sendAgainWhenUnknown(LetterKind kind);

} // namespace hoering
