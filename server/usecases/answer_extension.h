// Saying no to a party that asked for an extension, with a reason.
// Not here: saying yes, which gives a deadline (extend_party.h), asking (ask_extension.h).
#pragma once

#include "usecases/acts.h"

namespace hoering {

/// Fields "request" (its id) and "reason". Writes to the party's contacts; its deadline stays.
extern const Act refuseExtensionAct;

} // namespace hoering
