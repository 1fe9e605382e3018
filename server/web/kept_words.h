// What a person typed into a form that was not taken, shown back so that it can be copied, or sent once more.
// Not here: when that is so, and what the page says (visitor, problem), forms shown again to be mended (form.h).
#pragma once

#include "http/request.h"
#include "text/words.h"
#include "web/html.h"

namespace hoering::web {

/// A password or a code that was typed is not sent back to the browser, so the form cannot be sent again as it was.
bool holdsSecret(const http::Request& request);

/// Every field of the sent form that holds words a person typed, each under its label; empty if there are none. What a
/// page put there for itself, passwords, choices and buttons are not shown.
Markup keptWords(const text::Words& words, const http::Request& request);

/// A form of one button that sends the same fields to the same address, for what failed without anything being done.
/// Files have to be chosen again, in it. It carries the token that came, no other: whoever made a stranger send the
/// form gains nothing. Empty where nothing can be sent again: no fields, or a password among them.
Markup sendAgain(const text::Words& words, const http::Request& request);

} // namespace hoering::web
