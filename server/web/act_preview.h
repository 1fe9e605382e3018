// What an act will do, shown before it is done: its effects, who gets which letter, who gets none, one letter in full.
// Not here: the form and the confirmation (act_pages), the plan itself (server/usecases/acts.h).
#pragma once

#include <cstdint>
#include <optional>

#include "usecases/acts.h"
#include "web/components.h"

namespace hoering::web {

/// `reading`: the contact whose letter is shown in full. Each line has a button "read" with the contact's id as value,
/// and the letter shown one "html" (the mail as a page of its own) and one "test" (a test to oneself): so it must stand
/// inside the form that goes back to the preview.
Markup actPreview(const Desk& desk, const ActPlan& plan, std::optional<std::int64_t> reading);

} // namespace hoering::web
