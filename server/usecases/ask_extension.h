// A party asks for a later deadline; the office answers (extend_party.h, answer_extension.h).
// Not here: whether it may ask at all (server/domain/extension.h), the page (server/web/extension_pages).
#pragma once

#include <string>

#include "common/result.h"
#include "domain/access.h"
#include "domain/extension.h"
#include "sqlite/tx.h"
#include "usecases/office.h"

namespace hoering {

struct ExtensionInput {
    std::string date, reason; // as typed: the wanted day, to its end
    std::string key;          // idempotency key of the form
    Instant received{};       // when the server had the request
};

/// The request as it would be made, for the page before the button. Errors: closed "error.extension.not_now" (the
/// consultation has ended, or the link's grace has), closed "error.extension.waiting" (one waits for an answer),
/// invalid with the fields "deadline_date" (no date, or not later than the deadline) and "reason".
Result<ExtensionRequest> checkExtension(sqlite::ReadTx& tx, const Office& office, const PartyVisit& visit,
                                        const ExtensionInput& input);

/// Stores it, with a receipt to the contact and word to the secretariat. The same key again gives the same request.
/// Errors: as checkExtension, and conflict "error.form.used" for another party's key.
Result<ExtensionRequest> askExtension(sqlite::Tx& tx, const Office& office, const PartyVisit& visit,
                                      const ExtensionInput& input);

} // namespace hoering
