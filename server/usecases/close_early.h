// Closing an open consultation before its deadline: drafts are kept and shown, nothing more can be sent in time.
// Not here: closing by itself at the deadline (close_consultation.h), the steps from form to journal (acts.h).
#pragma once

#include "usecases/acts.h"

namespace hoering {

/// Field "reason". Writes to every contact of every party.
extern const Act closeEarlyAct;

} // namespace hoering
