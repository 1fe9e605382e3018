// Parties of open consultations that no letter has reached: for the office's pages, and as an alarm to colleagues.
// Not here: what counts as reached and when to tell (server/domain/not_reached.h), mending it (correct_address.h,
// send_again.h), the letters to colleagues (tell_staff.h).
#pragma once

#include <optional>
#include <vector>

#include "domain/consultation.h"
#include "domain/party.h"
#include "sqlite/reach.h"
#include "sqlite/tx.h"
#include "usecases/office.h"

namespace hoering {

struct Unreached {
    Consultation consultation;
    Party party;
    NotReached reason = NotReached::noLetter;
    sqlite::Reach reach;
    Deadline deadline; // the party's own
};
/// By deadline, those whose deadline has passed left out; of one consultation or of all open ones.
std::vector<Unreached> findNotReached(sqlite::ReadTx& tx, std::optional<std::int64_t> consultation, Now now);

/// Whether tellOfNotReached() would tell anything now.
bool anyNotReachedToTell(sqlite::ReadTx& tx, const Office& office, Now now);
/// Tells the secretariat of each party that is not reached, once for each reason and letter, when it is time
/// (tellOfIt). How many were told of.
int tellOfNotReached(sqlite::Tx& tx, const Office& office);

} // namespace hoering
