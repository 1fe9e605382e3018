// A form whose words somebody else saved over meanwhile: who and when, what is stored now beside what was typed, and
// the button that saves over it on purpose. Not here: noticing it (server/usecases/shown.h, and versions), the forms
// themselves (*_pages).
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "web/components.h"
#include "web/desk.h"
#include "web/form.h"
#include "web/html.h"

namespace hoering::web {

/// The hidden field "shown". It keeps what was shown first: a form sent again unread does not get through.
Markup shownField(const Form& form, std::string_view fingerprint);
/// What the sent form goes by: what it was shown with, or, by the button below, what is stored now.
std::string_view shownBy(const Desk& desk);

/// Whose save it was: the newest of these acts in the journal.
struct Meanwhile {
    std::int64_t consultation = 0;
    std::optional<std::int64_t> party{};
    std::initializer_list<std::string_view> acts;
};
/// "Bo gemte 3. november 2026 kl. 9.05."; without an entry, that somebody did.
std::string whoSaved(const Desk& desk, const Meanwhile& meanwhile);

/// Label, as it is stored now, and as it was typed: those that differ are shown.
struct Beside {
    std::string label, stored, typed;
};
/// A box for a form refused with a conflict; nothing for any other.
Markup meanwhileBox(const Desk& desk, const Form& form, const Meanwhile& meanwhile, const std::vector<Beside>& beside);
/// The form's own buttons; after a conflict one that only looks again, for they would not save. To stand before the
/// other.
Markup ownButtons(const Form& form, const Markup& buttons);
/// After a conflict the button that saves over what is stored, named by `fingerprint`. To stand last in its form: the
/// Enter key presses the first button, and saving over others must be meant.
Markup saveOverButton(const Form& form, std::string_view fingerprint);

} // namespace hoering::web
