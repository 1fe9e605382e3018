// Tables letters (the outbox and ledger) and letter_attempts. Rules: server/domain/letter.h; sending:
// server/jobs/outbox_job.
// Not here: sending (server/jobs/outbox_job).
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
/// The oldest queued letter that is due, now `claimed`.
std::optional<Letter> claimLetter(Tx& tx);

struct Attempt {
    Instant at{};
    std::string outcome; // sent, try_later, refused, unknown
    int code = 0;
    std::string server, reply;
};
/// Writes the attempt and moves the letter on: to a final state, or back to `queued` for `nextAttempt`.
void settleLetter(Tx& tx, std::int64_t letter, const Attempt& attempt, LetterState state,
                  std::optional<Instant> nextAttempt);
/// Letters found claimed when the program starts: a try was cut off, its outcome is not known.
std::vector<Letter> claimedLetters(ReadTx& tx);

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
std::optional<Instant> nextLetterDue(ReadTx& tx);
/// The first Message-ID sent to this contact, to thread the next ones under.
std::string threadOf(ReadTx& tx, std::int64_t contact);

struct LetterCounts {
    std::int64_t queued = 0, accepted = 0, refused = 0, unknown = 0;
};
LetterCounts countLetters(ReadTx& tx, std::optional<std::int64_t> consultation);

} // namespace hoering::sqlite
