// A contact's personal link, by the office's hand: sent again, or taken back.
// Not here: the party's own "send me a new one" (open_link.h), the steps from form to journal (acts.h).
#pragma once

#include "usecases/acts.h"

namespace hoering {

/// Field "contact". A fresh link to that address; the older ones say so from then on. Also for one whose link was taken
/// back. Errors: notFound, closed ("error.link.expired") after deadline and grace.
extern const Act resendLinkAct;
/// Fields "contact", "reason". All of the contact's links open nothing any more, sessions end; no letter.
extern const Act revokeLinkAct;

} // namespace hoering
