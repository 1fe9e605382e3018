// What an act will do, shown before it is done: its effects, who gets which letter, who gets none, what is new since
// last, one letter in full; and acts that wait for a second person.
// Not here: the form and the confirmation (act_pages), the plan itself (server/usecases/acts.h, send_gate.h).
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "usecases/acts.h"
#include "web/components.h"

namespace hoering::web {

/// The plan as a page shows it: read in one snapshot; then, outside of it, the mail domains are asked about, where that
/// is switched on. Errors: those of planAct.
Result<ActPlan> planWithDomains(Desk& desk, const Act& act, std::int64_t consultation, const ActInput& input);
/// Whether the domains stop what a person has confirmed; asked again just before, for the transaction cannot.
bool domainsStop(Desk& desk, const Act& act, std::int64_t consultation, const ActInput& input);

/// `reading`: the contact whose letter is shown in full. Each line has a button "read" with the contact's id as value,
/// and the letter shown one "html" (the mail as a page of its own) and one "test" (a test to oneself): so it must stand
/// inside the form that goes back to the preview.
Markup actPreview(const Desk& desk, const ActPlan& plan, std::optional<std::int64_t> reading);
/// Stops and warnings, each with a link to where it is mended.
Markup planFindings(const Desk& desk, const ActPlan& plan);
/// The box to tick where something stops until a person has decided; else empty. It stands beside the button.
Markup decision(const Desk& desk, const ActPlan& plan);
/// The contact of a pressed "read", 0 for none.
std::int64_t readingOf(const Desk& desk);

/// A box for each act on this consultation that waits for release; empty when there is none.
Markup waitingReleasesBox(Desk& desk, std::int64_t consultation);
/// The planned letter to the contact whose id the button of this name sent, or null.
const Letter* letterNamed(const Desk& desk, const ActPlan& plan, std::string_view button);

} // namespace hoering::web
