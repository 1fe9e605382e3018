// Writing in that a party took its answer back another way: by mail, by letter, at a meeting, by phone; also after the
// deadline, when the party cannot do it itself any more. What it does is what withdraw_response.h does.
//
// Not here: the steps from form to journal (acts.h), what is typed of when it came (came_otherwise.h).
#pragma once

#include <vector>

#include "domain/response.h"
#include "usecases/acts.h"

namespace hoering {

/// An answer that stands, and whose it is.
struct StandingAnswer {
    Party party;
    Response response;
};
/// Those that can be withdrawn, by party in Danish order.
std::vector<StandingAnswer> standingAnswers(sqlite::ReadTx& tx, std::int64_t consultation);

/// Fields: "response" (id of an answer that stands), "channel" (mail, letter, meeting, phone), "received_date",
/// "received_time" (local, not before the answer came), "reason" (what the party wrote or said), "receipt" (made with
/// the form, so that the preview shows the letter as it will be). Writes to the party's contacts and to those of the
/// parties the answer spoke for. Errors: closed when the consultation is neither open nor closed; invalid with the
/// fields.
extern const Act registerWithdrawalAct;

} // namespace hoering
