// A party takes its answer back (product.md rule 6): the answer stays stored and is marked, and counts as none from
// then on. Receipts, release of those it spoke for, and word to colleagues, in one transaction, once.
//
// Not here: one that came another way (register_withdrawal.h), what counts as having answered (server/domain/response.h
// standingAnswer), a new answer (submit_response.h, and save_draft.h for its beginning in the old words).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "common/result.h"
#include "domain/access.h"
#include "domain/response.h"
#include "sqlite/tx.h"
#include "usecases/office.h"

namespace hoering {

inline constexpr std::size_t longestWithdrawalReason = 2'000;

struct WithdrawInput {
    std::int64_t response = 0; // the one that was shown
    std::string reason;        // as typed, "" for none; the office reads it
    std::string key;           // idempotency key of the form
    Instant received{};        // when the server had the request: this decides whether it is in time
};
/// Why the party cannot withdraw an answer now: as for correcting one, only in time. Errors: closed (refusedAnswer,
/// "error.withdrawal.late").
std::optional<Error> refusedWithdrawal(const Consultation& consultation, const Party& party, Instant received);

/// The response, with its withdrawal. The same form again, or another of the same answer, gives the same withdrawal.
/// Letters go to all the party's contacts, whoever of them did it, and to those the answer spoke for.
/// Errors: refusedWithdrawal, closed "error.withdrawal.nothing" (no answer stands), conflict "error.withdrawal.changed"
/// (a newer version came than the one shown), conflict "error.form.used" (another party's key), invalid (the reason).
Result<Response> withdrawResponse(sqlite::Tx& tx, const Office& office, const PartyVisit& visit,
                                  const WithdrawInput& input);

/// Stores it and journals it as `act` with `more` details, and releases those the answer spoke for: who they were. The
/// party's own words stay out of the journal, which nobody can take anything out of; it keeps their checksum.
std::vector<Party> storeWithdrawal(sqlite::Tx& tx, const Actor& actor, std::string_view act, const Response& response,
                                   std::optional<std::int64_t> contact, std::string_view key,
                                   std::vector<std::pair<std::string, std::string>> more = {});

} // namespace hoering
