// Tables letters (the outbox and ledger), letter_bodies (what they say) and letter_attempts. Rules:
// server/domain/letter.h; sending: server/jobs/outbox_job. Not here: sending (server/jobs/outbox_job).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/letter.h"
#include "sqlite/tx.h"

namespace hoering::sqlite {

/// Queues a finished letter, due at once, and wakes the outbox after the commit.
std::int64_t insertLetter(Tx& tx, const Letter& letter);
/// Domains of addresses, lower case.
using MailDomains = std::vector<std::string>;
/// The oldest queued letter that is due, now `claimed`; those to the domains in `passOver` stay where they are. Without
/// its words: readBodies, which need not be on the writer.
std::optional<Letter> claimLetter(Tx& tx, const MailDomains& passOver = {});
/// Whether a letter is due to a domain that is not in `passOver`.
bool letterDueOutside(ReadTx& tx, Instant now, const MailDomains& passOver);

struct Attempt {
    Instant at{};
    std::string outcome; // sent, try_later, refused, unknown
    int code = 0;
    std::string server, reply;
};
/// Writes the attempt and moves the letter on: to a final state, or back to `queued` for `nextAttempt`.
void settleLetter(Tx& tx, std::int64_t letter, const Attempt& attempt, LetterState state,
                  std::optional<Instant> nextAttempt);
/// The mail server could not be spoken to at all, which says nothing about the letter: back to its old place in the
/// queue, and the claim is not counted as one of its attempts.
void putBackLetter(Tx& tx, std::int64_t letter, const Attempt& attempt);
/// Nobody came to try it: back to its old place in the queue, and the claim is not counted.
void unclaimLetter(Tx& tx, std::int64_t letter);
/// The message of a claimed letter is about to leave whole: from now on it may have arrived.
void markHandedOver(Tx& tx, std::int64_t letter);
/// A letter found claimed when the program starts: a try was cut off.
struct CutOff {
    Letter letter;
    bool marked = false; // by markHandedOver, or by a version that marked none
};
std::vector<CutOff> claimedLetters(ReadTx& tx);

/// Gives the letter its text, parts and calendar. Throws std::logic_error where there are none.
void readBodies(ReadTx& tx, Letter& letter);
std::optional<Letter> findLetter(ReadTx& tx, std::int64_t id);
/// "key@domain", without <>.
std::optional<std::int64_t> findLetterByMessageId(ReadTx& tx, std::string_view messageId);
struct LetterFilter {
    std::optional<std::int64_t> consultation;
    std::optional<LetterState> state;
    std::int64_t beforeId = 0; // 0: from the newest
    int limit = 100;
};
/// Newest first, without bodies.
std::vector<Letter> listLetters(ReadTx& tx, const LetterFilter& filter);
std::vector<Attempt> attemptsOf(ReadTx& tx, std::int64_t letter);
/// When the next queued letter or receipt is due, of those due after `after`.
std::optional<Instant> nextLetterDue(ReadTx& tx, std::optional<Instant> after = {});
/// The first Message-ID sent to this contact, to thread the next ones under.
std::string threadOf(ReadTx& tx, std::int64_t contact);
/// The Message-ID of the letter queued to this contact before that one, whatever became of it; "" if there is none. The
/// same at each try, for rows are never taken away.
std::string letterBefore(ReadTx& tx, std::int64_t contact, std::int64_t letter);

struct LetterCounts {
    /// queued: with receipts that are not letters yet.
    std::int64_t queued = 0, accepted = 0, refused = 0, unknown = 0;
};
LetterCounts countLetters(ReadTx& tx, std::optional<std::int64_t> consultation);

} // namespace hoering::sqlite
