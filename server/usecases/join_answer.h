// A party says that another party answers for it too: it is not reminded, and its row says with whom it answers.
// Not here: an answer that staff register for several (register_response.h), the status (server/domain/party.h).
#pragma once

#include <cstdint>
#include <vector>

#include "common/result.h"
#include "domain/access.h"
#include "sqlite/tx.h"

namespace hoering {

/// Parties this one may answer together with, in Danish order: asked to answer (they are reminded, so that nobody hides
/// behind one that need not), invited, and answering for themselves.
std::vector<Party> possiblePartners(const std::vector<Party>& all, const Party& self);
/// Those that answer together with this one.
std::vector<Party> followersOf(const std::vector<Party>& all, std::int64_t party);

/// Those that answered together with this one answer for themselves again, each with its entry in the journal: there is
/// no answer any more that speaks for them. Who they were.
std::vector<Party> releaseFollowers(sqlite::Tx& tx, const Actor& actor, std::int64_t consultation, std::int64_t party);

/// Errors: closed (refusedAnswer), invalid field "party" (error.joint.choose:
/// none that may be chosen; error.joint.answered: it has answered for itself; error.joint.followers: others answer with
/// it).
Result<Done> joinAnswer(sqlite::Tx& tx, const PartyVisit& visit, std::int64_t other, Instant received);
/// Takes it back; nothing when it was not so. Errors: closed, as above.
Result<Done> leaveJointAnswer(sqlite::Tx& tx, const PartyVisit& visit, Instant received);

} // namespace hoering
