// Writing in an answer that came another way (product.md rule 12): by mail, by letter, at a meeting; also after
// closing, also of one that was never invited. It is stored like any other: immutable, with receipt and checksum.
//
// Not here: what a party sends itself (submit_response.h), the steps from form to journal (acts.h), files on a form
// (act_files.h).
#pragma once

#include "usecases/acts.h"

namespace hoering {

/// The value of field "party" for one that was not invited.
inline constexpr std::string_view newParty = "new";

/// Fields: "party" (id, or newParty with "party_name"), "channel" (mail, letter, meeting), "kind" (remarks, no_remarks,
/// declined), "received_date", "received_time" (local; of a doubled hour the first, which is to the party's good),
/// "text" and "file" (ids of act_files; one of them for remarks, none for the others), "joint_<party id>" (for whom
/// else it speaks), "receipt" (made with the form, so that the preview shows the letter as it will be). Writes to the
/// party's contacts and to those of the others it speaks for. Errors: closed when the consultation is neither open nor
/// closed.
extern const Act registerAct;

} // namespace hoering
