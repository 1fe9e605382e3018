// One letter sent once more: a new letter with the same words to the contact's present address, with its present link.
// Not here: a fresh link asked for by the party (open_link.h sendLinkAgain), a wrong address (correct_address.h).
#pragma once

#include <optional>
#include <string_view>

#include "common/result.h"
#include "domain/letter.h"
#include "sqlite/tx.h"
#include "usecases/office.h"

namespace hoering {

/// Why a letter cannot be sent again now, or nothing. Errors: notFound; closed "error.again.staff" (not to a party),
/// ".waiting" (it is still on its way), ".gone" (the contact was removed), ".expired" (its link opens nothing now); for
/// a reminder
/// ".answered" and ".over" (rule 7: never to those who answered, never after the deadline).
std::optional<Error> whyNotAgain(sqlite::ReadTx& tx, const Office& office, const Letter& letter, Now now);
/// A reminder that was accepted or may have arrived: twice is worse than not at all, so a person must say so.
bool mayHaveArrived(const Letter& letter);

/// The new letter. A reminder is written anew, for it tells the days left; every other one keeps its words. `key` is
/// the form's: the same form twice is one letter. `knowing`: the person was told that it may have arrived. Errors:
/// those of whyNotAgain; invalid, field "knowing", "error.again.knowing".
Result<std::int64_t> sendAgain(sqlite::Tx& tx, const Office& office, const Actor& actor, std::int64_t letter,
                               bool knowing, std::string_view key);

} // namespace hoering
