// hoering user add, hoering user reset-two-steps, hoering token create.
#include "cli/acts.h"
#include "cli/commands.h"
#include "cli/service_request.h"

namespace hoering::cli {

int userAdd(const UserAddFlags& flags) {
    return perform(flags.place, userAddRequest(flags.email, flags.name, flags.role, flags.language));
}

int userResetTwoSteps(const ResetFlags& flags) { return perform(flags.place, resetTwoStepsRequest(flags.email)); }

int tokenCreate(const TokenFlags& flags) { return perform(flags.place, tokenRequest(flags.email)); }

} // namespace hoering::cli
