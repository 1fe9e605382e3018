// The fields of a consultation: showing them, reading what was typed, and telling what a colleague changed meanwhile.
// Not here: the rules (server/usecases/edit_consultation), the pages around them (edit_pages).
#pragma once

#include <string>

#include "http/request.h"
#include "usecases/edit_consultation.h"
#include "web/form.h"
#include "web/html.h"
#include "web/meanwhile.h"

namespace hoering::web {

ConsultationInput consultationInput(const http::Request& request);
/// All fields in groups with a heading (h2) each. `stored` is shown until something was typed.
Markup consultationFields(const Form& form, const ConsultationText& stored);
/// Date, time of day, and the question which of two times is meant where clocks go back: "deadline_date",
/// "deadline_time", "deadline_which". `moved`: for a deadline that replaces another.
Markup deadlineFields(const Form& form, const std::optional<Deadline>& stored, bool moved = false);
/// "Gem og fortsæt" and "Gem kladde": field "go" is "next" or "stay".
Markup saveButtons(const text::Words& words);
/// A name for exactly these words, to see whether anybody changed them since.
std::string fingerprint(const ConsultationText& text);
/// Every text field with its label, as it is stored and as it was typed.
std::vector<Beside> besideTyped(const text::Words& words, const http::Request& typed, const ConsultationText& stored);

} // namespace hoering::web
