// What a form showed of the state, as a fingerprint that it sends back: so that nobody saves over what somebody else
// saved meanwhile without having seen it. Not here: who it was, and the page that says so (server/web/meanwhile.h), the
// acts' own fingerprints (acts.h).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "common/result.h"
#include "domain/party.h"
#include "domain/reminder.h"

namespace hoering {

/// SHA-256 over what can be edited of it: the same for the same words.
std::string shownOf(const Party& party);
std::string shownOf(const ReminderPlan& plan);

/// The fingerprint a form was shown with; nothing from callers that show nothing (the worked example, tests' builders).
using Shown = std::optional<std::string_view>;

/// Conflict "error.changed_meanwhile" unless `shown` is what is stored now.
Result<Done> unchangedSince(const Shown& shown, std::string_view stored);

} // namespace hoering
