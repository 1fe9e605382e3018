// What a person typed into a form that cannot be taken any more, shown back so that it can be copied.
// Not here: when that is so, and what the page says (visitor), forms shown again to be mended (form.h).
#pragma once

#include "web/desk.h"
#include "web/html.h"

namespace hoering::web {

/// Every field of the sent form that holds words a person typed, each under its label; empty if there are none. What a
/// page put there for itself, passwords, choices and buttons are not shown.
Markup keptWords(const Desk& desk);

} // namespace hoering::web
