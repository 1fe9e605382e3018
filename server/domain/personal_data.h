// Finds what may be a CPR number in a text. Pure; used before sending (a warning) and before publishing (a stop).
// Not here: what is done about it (server/web/check_pages, the publication's gate).
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace hoering {

/// Ten digits as ddmmåå-nnnn, with hyphen, dash, space or nothing between; day 1-31, month 1-12, not part of a longer
/// number. Any check digit: numbers without a valid modulus 11 have been handed out since 2007. Masked ("010203-xxxx"),
/// each once.
std::vector<std::string> cprNumbersIn(std::string_view text);

} // namespace hoering
