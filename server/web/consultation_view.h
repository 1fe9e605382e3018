// A consultation as its readers see it: summary, deadline, text, enclosures, who is heard, what happens when.
// The same for the public page, a party's reading page and the office's preview.
// Not here: the page around it (public_pages, answer_pages, gate_pages), parts of the design (components.h).
#pragma once

#include <functional>
#include <string>

#include "text/words.h"
#include "usecases/edit_consultation.h"
#include "web/html.h"

namespace hoering::web {

/// Without h1; its sections are h2. `hrefOf` says where an enclosure is downloaded. `reader`: the party that reads,
/// whose own later deadline is shown instead; null for the public. `calendarHref`: where the deadline is had for a
/// calendar, "" for nowhere. Shows no contact of any party and none of their answers.
Markup consultationView(const text::Words& words, const ConsultationDesk& desk, Now now,
                        const std::function<std::string(const Enclosure&)>& hrefOf, const Party* reader = nullptr,
                        std::string_view calendarHref = "");

/// Only the panel with the deadline and how long is left (h2), for a side column of another page. `changes`: all there
/// are; the reader is shown what it may know (changesSeenBy).
Markup deadlinePanel(const text::Words& words, const Consultation& consultation, Now now, const Party* reader = nullptr,
                     const std::vector<DeadlineChange>& changes = {}, std::string_view calendarHref = "");
/// What was decided, when and by whom (h2); nothing before the consultation is concluded.
Markup outcomeBox(const text::Words& words, const Consultation& consultation);
/// Only the panel that says whom to ask.
Markup askPanel(const text::Words& words, const Consultation& consultation);

} // namespace hoering::web
