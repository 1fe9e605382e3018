// application/x-www-form-urlencoded, and the parameters of fields such as Content-Type.
// Not here: multipart (server/http/multipart.h), whether the text is UTF-8 or makes sense (use cases).
#pragma once

#include <string>
#include <string_view>

#include "http/request.h"

namespace hoering::http {

/// More pairs than this in one body or query are not read: hostile input.
inline constexpr std::size_t formFieldLimit = 5000;

/// "a=1&b=%C3%A6+x" (WHATWG URL, urlencoded parsing), appended in order. False when there are too many pairs.
bool parseUrlEncoded(std::string_view text, Pairs& pairs);

/// "multipart/form-data" of "Multipart/Form-Data; boundary=x", in lower case.
std::string mediaType(std::string_view contentType);

/// Value of a parameter of a field like `form-data; name="x"; filename="y"` (RFC 9110 section 5.6.6, with the browsers'
/// own escapes \" and %22). Sets `found`; "" when absent. `name` in lower case.
std::string parameter(std::string_view field, std::string_view name, bool& found);

} // namespace hoering::http
