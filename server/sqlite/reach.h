// What the tables know of how far letters came to each party, and which alarms staff were told of (not_reached_told).
// Not here: what counts as reached (server/domain/not_reached.h), facts of the answer (parties.h).
#pragma once

#include <map>
#include <optional>
#include <string_view>
#include <vector>

#include "domain/not_reached.h"
#include "sqlite/tx.h"

namespace hoering::sqlite {

struct Reach {
    ReachFacts facts;
    std::int64_t lastLetter = 0; // the newest that carries the link, 0 for none
    std::int64_t contact = 0;    // whom that was to
    std::string mail;
};
/// Of one party.
Reach reachOf(ReadTx& tx, std::int64_t party);

struct Candidate {
    std::int64_t consultation = 0, party = 0;
};
/// Parties of open consultations that may not be reached: those with a letter in trouble, with one on its way since
/// before `since`, and those nothing was written to. Few and quickly found; notReached() judges.
std::vector<Candidate> maybeNotReached(ReadTx& tx, Instant since, std::optional<std::int64_t> consultation);

bool wasTold(ReadTx& tx, std::int64_t party, std::string_view reason, std::int64_t letter);
void markTold(Tx& tx, std::int64_t party, std::string_view reason, std::int64_t letter);

} // namespace hoering::sqlite
