// Parties no letter has reached, as lines to act on: on the front page and on the consultation's overview.
// Not here: what counts as reached (server/domain/not_reached.h), finding them (server/usecases/find_not_reached.h).
#pragma once

#include <vector>

#include "usecases/find_not_reached.h"
#include "web/components.h"

namespace hoering::web {

/// One line: who, why, the days left, what to do; `withTitle` names the consultation.
Markup notReachedLine(const Desk& desk, const Unreached& each, bool withTitle);
/// The links that mend it: correct the address, see the letters.
Markup notReachedActs(const Desk& desk, const Unreached& each);
/// A box with all of them; empty when there are none.
Markup notReachedBox(const Desk& desk, const std::vector<Unreached>& list);

} // namespace hoering::web
