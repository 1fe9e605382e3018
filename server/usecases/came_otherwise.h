// What is typed of something that came another way than by the personal link – by mail, by letter, at a meeting, by
// phone – and is written in by a colleague: when it came, and the number of its receipt, which is made with the form.
// Not here: what came (register_response.h, register_withdrawal.h).
#pragma once

#include <string_view>

#include "domain/consultation.h"
#include "usecases/acts.h"
#include "usecases/check.h"

namespace hoering {

/// "K7QM-3XRT-9F2A" (common/id.h newReceiptNumber).
bool isReceiptNumber(std::string_view text);

/// The fields "received_date" and "received_time". Of an hour that exists twice the first: that is to the party's good.
/// Errors in the fields: no date or time, one that does not exist, one ahead, one before the opening.
Instant readReceived(const Consultation& consultation, const ActInput& input, Now now, Check& check);

} // namespace hoering
