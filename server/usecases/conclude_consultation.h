// Concluding a closed consultation: what was decided is kept, shown, and told to all that were asked.
// Not here: the digest (compile_digest.h), the steps from form to journal (acts.h).
#pragma once

#include "usecases/acts.h"

namespace hoering {

/// Fields: "outcome" (what was decided), "outcome_date" (not before the opening, not ahead), "committee" (who decided;
/// "" leaves it out). Stopped by a party whose own deadline still runs. Writes to every contact of every party.
extern const Act concludeAct;

} // namespace hoering
