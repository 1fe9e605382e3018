// Deadlines moved and extensions asked for, as the office and the parties see them on other pages.
// Not here: the party's own page (extension_pages.cpp), the public's timeline (consultation_view.h), the acts' forms
// (act_forms.cpp), what may be asked (server/domain/extension.h).
#pragma once

#include <string>
#include <vector>

#include "domain/extension.h"
#include "web/components.h"
#include "web/desk.h"

namespace hoering::web {

/// "1. november 2026, LokalMED, fra …, til …, begrundelse, af": nothing when nothing was moved.
Markup deadlineHistory(const text::Words& words, const std::vector<DeadlineChange>& changes);

/// What parties have asked for and what became of it, those that wait first and with their buttons; the section's id
/// is "laengere-frist". Nothing when nobody asked.
Markup extensionRequests(const Desk& desk, const Consultation& consultation,
                         const std::vector<ExtensionRequest>& requests);

/// One request as facts: who, until when, why.
Markup requestFacts(const text::Words& words, const ExtensionRequest& request);

/// The party's own: its last request with the answer, and the way to ask where it may – not once it has answered,
/// itself or by another: nobody who is done is asked whether it can be done in time.
Markup ownRequest(Desk& desk, bool answered);

/// "/mit-svar/laengere-frist"
inline constexpr std::string_view askExtensionHref = "/mit-svar/laengere-frist";
/// Whether the party at this desk may ask now; no when it waits for an answer already is not looked at.
Asking askingNow(const Desk& desk);

} // namespace hoering::web
