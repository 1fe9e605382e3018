// A QR code as inline SVG, for a phone's camera; what it says always stands beside it for typing by hand.
// Not here: what it says (server/domain/second_step.h), charts (svg.h).
#pragma once

#include <string>
#include <string_view>

#include "web/html.h"

namespace hoering::web {

/// ISO/IEC 18004, error correction M, with its quiet zone, black on white whatever the page's colours.
/// `description`: its text alternative.
Markup qrPicture(const std::string& text, std::string_view description);

} // namespace hoering::web
