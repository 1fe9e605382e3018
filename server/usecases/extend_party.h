// Giving one party a later deadline of its own: of the office's own accord, or because the party asked for it.
// Not here: moving everybody's (extend_deadline.h), refusing (answer_extension.h), asking (ask_extension.h).
#pragma once

#include "domain/extension.h"
#include "usecases/acts.h"

namespace hoering {

/// Fields "party" (its id), "deadline_date", "deadline_time", "deadline_which", "reason". Writes to that party's
/// contacts. A request of the party that waits is answered with it.
extern const Act extendPartyAct;

/// Field "request" (its id), and those of extendPartyAct without "party". The same act, begun from the request.
/// Errors besides: closed "error.extension.decided" when it has been answered.
extern const Act grantExtensionAct;

/// The request named by the field "request", if it is of this consultation and waits.
/// Errors: notFound, closed "error.extension.decided".
Result<ExtensionRequest> requestToAnswer(sqlite::ReadTx& tx, const Consultation& consultation, const ActInput& input);

/// The id in a field, 0 for none.
std::int64_t idIn(const ActInput& input, std::string_view field);

} // namespace hoering
