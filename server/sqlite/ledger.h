// Letters as a ledger: looked up by what became of them and whom they are to, with attempts and returned messages.
// Not here: the queue (letters.h), what a state means (server/domain/letter.h).
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sqlite/letters.h"

namespace hoering::sqlite {

struct LedgerFilter {
    std::optional<std::int64_t> consultation, party;
    std::optional<LetterState> state; // queued takes in claimed
    bool deferred = false;            // only queued ones that were tried before
    bool bounced = false;             // only accepted ones that came back
    std::optional<LetterKind> kind;
    std::string search;        // part of an address or a name
    std::int64_t beforeId = 0; // 0: from the newest
    int limit = 100;
};
struct LedgerLine {
    Letter letter; // without bodies
    std::string partyName, consultationTitle;
    int code = 0; // of the last attempt's reply, 0 for none
};
/// Newest first.
std::vector<LedgerLine> ledgerPage(ReadTx& tx, const LedgerFilter& filter);

/// Letters of open consultations that were refused, came back or may not have arrived, while nothing has reached the
/// same contact since; newest first, without bodies.
std::vector<Letter> lettersInTrouble(ReadTx& tx);

/// A returned message (RFC 3464) that told of this letter.
struct Returned {
    Instant at{};
    std::string action, status, diagnostic; // "failed", "5.1.1" (RFC 3463), as the server put it
};
std::vector<Returned> returnsOf(ReadTx& tx, std::int64_t letter); // oldest first
/// Of all letters of a consultation, by letter, oldest first.
std::map<std::int64_t, std::vector<Attempt>> attemptsIn(ReadTx& tx, std::int64_t consultation);
std::map<std::int64_t, std::vector<Returned>> returnsIn(ReadTx& tx, std::int64_t consultation);

/// True if it was queued and is cancelled now; false if the outbox has it or it is done.
bool withdrawLetter(Tx& tx, std::int64_t letter);
/// With bodies, oldest first.
std::vector<Letter> lettersToContact(ReadTx& tx, std::int64_t contact);

} // namespace hoering::sqlite
