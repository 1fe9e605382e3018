// When a mailing is finished, and what became of its letters. Tables mailings and letters.
// Not here: making a mailing (mailings.h), telling it (server/usecases/finish_mailings.h).
#pragma once

#include <optional>
#include <vector>

#include "sqlite/mailings.h"

namespace hoering::sqlite {

/// Not marked finished, though none of its letters is queued or being sent.
std::vector<std::int64_t> mailingsThatEnded(ReadTx& tx);
/// True for the one call that marked it. The time is the transaction's.
bool markMailingFinished(Tx& tx, std::int64_t mailing);

struct MailingOutcome {
    std::int64_t mailing = 0, consultation = 0;
    std::string act;
    Instant at{};
    std::optional<Instant> finishedAt;
    std::int64_t letters = 0;
    std::int64_t accepted = 0, laidInFolder = 0; // and not come back
    std::int64_t refused = 0, unknown = 0, cancelled = 0;
};
std::optional<MailingOutcome> outcomeOf(ReadTx& tx, std::int64_t mailing);

} // namespace hoering::sqlite
