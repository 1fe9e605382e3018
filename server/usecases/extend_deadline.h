// Moving the deadline of a consultation forward, for everybody; one that has closed is opened again by it.
// Not here: one party's own deadline (extend_party.h), the steps from form to journal (acts.h).
#pragma once

#include "usecases/acts.h"

namespace hoering {

/// Fields "deadline_date", "deadline_time", "deadline_which", "reason". Writes to every party whose deadline it moves;
/// one with a later deadline of its own keeps it and hears nothing, unless it was shut out by an early closing.
/// Requests for an extension that it fulfils are answered with it.
extern const Act extendAct;

} // namespace hoering
