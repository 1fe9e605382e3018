// Cancelling a consultation, as a draft or while it is open: answers stay, nothing more can be sent.
// Not here: the steps from form to journal (acts.h).
#pragma once

#include "usecases/acts.h"

namespace hoering {

/// Field "reason" (needed once it has been opened). Writes to every contact of every party that was invited.
extern const Act cancelAct;

} // namespace hoering
