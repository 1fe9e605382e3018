// What was typed for a deadline to be moved: later than the present one and than now, with a reason.
// Not here: moving it (extend_deadline.h, extend_party.h), what is only doubtful (server/domain/deadline.h).
#pragma once

#include <string>

#include "common/result.h"
#include "domain/deadline.h"
#include "usecases/acts.h"

namespace hoering {

struct NewDeadline {
    Deadline deadline;
    std::string reason;
};
/// Fields "deadline_date", "deadline_time", "deadline_which" and "reason". Errors: invalid, with all that is wrong
/// named at once; a deadline is only ever moved forward.
Result<NewDeadline> newDeadlineFrom(const ActInput& input, const Deadline& present, Now now);

} // namespace hoering
