// A contact's address was wrong: the right one from now on, and what the wrong one never should have had is taken back.
// Not here: a draft's parties (edit_consultation.h), one letter sent again to the same address (send_again.h).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "common/result.h"
#include "domain/letter.h"
#include "sqlite/tx.h"
#include "usecases/office.h"

namespace hoering {

struct AddressInput {
    std::string mail;
    bool sendAgain = true; // also what was sent before the address was corrected
    /// The address the form was shown with; nothing from callers that show nothing.
    std::optional<std::string> shown{};
};
struct AddressCorrected {
    std::size_t redirected = 0, sentAgain = 0; // letters
};

/// Which of a contact's letters the right address should have after all: the newest of each kind, but no reminder (the
/// plan decides those), no fresh link (the letters carry the new one), nothing that still waits (it is redirected), and
/// an invitation only while the party may answer, and with it no news of a moved deadline. Wherever they went and
/// whatever became of them: to the wrong person they did not arrive.
std::vector<Letter> lettersOwed(const std::vector<Letter>& letters, bool mayAnswer);

/// Letters that wait are cancelled and queued anew for the right address (words_anew.h); every link the contact ever
/// had is revoked, its sessions with it, because it went to the wrong person; letters carry a new one. A letter the
/// outbox has taken already cannot be called back, but its link opens nothing. A contact that was cut off stays
/// so: it gets no letter.
/// Errors: notFound; closed "error.consultation.is_draft"; invalid, field "mail": "error.mail.missing",
/// "error.mail.address", "error.contacts.twice", "error.mail.same"; conflict "error.changed_meanwhile" when the address
/// is not the one shown – unless it is the one typed: then it was sent twice, and nothing is done.
Result<AddressCorrected> correctAddress(sqlite::Tx& tx, const Office& office, const Actor& actor,
                                        std::int64_t consultation, std::int64_t contact, const AddressInput& input);

} // namespace hoering
