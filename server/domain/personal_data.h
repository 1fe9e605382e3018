// Finds what may be a CPR number in a text. Pure; used before sending (a warning) and before publishing (a stop).
// Not here: what is done about it (server/web/check_pages, the publication's gate).
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace hoering {

/// Ten digits as ddmmåå-nnnn, with up to five separators between (dash, space, line break, ". / _ ( )") or none; also
/// the date parted (01.02.03-1234, 01 02 03 1234) or with a whole year (01-02-1903-1234). A day there is, or one with
/// 60 added (replacement numbers); not part of a longer number, unless that is two of them. Letters that are not seen
/// do not part it. Any check digit: numbers without a valid modulus 11 have been handed out since 2007. Masked
/// ("010203-xxxx"), each once.
std::vector<std::string> cprNumbersIn(std::string_view text);

} // namespace hoering
