#include "usecases/new_deadline.h"

#include "usecases/check.h"

namespace hoering {

Result<NewDeadline> newDeadlineFrom(const ActInput& input, const Deadline& present, Now now) {
    Check check;
    NewDeadline made;
    const auto typed =
        deadlineFromTyped(input.get("deadline_date"), input.get("deadline_time"), input.get("deadline_which"));
    if (!typed) {
        for (const auto& field : typed.error().fields) check.fail(field.field, field.key, field.args);
    } else {
        made.deadline = *typed;
        if (typed->endsAt() <= now.instant) check.fail("deadline_date", "error.deadline.past");
        else if (typed->endsAt() <= present.endsAt())
            check.fail("deadline_date", "error.deadline.not_later", {{"deadline", present.asArg()}});
    }
    made.reason = check.text("reason", input.get("reason"), 2'000, true);
    if (!check.ok()) return check.error();
    return made;
}

} // namespace hoering
