// What the client says it can take or already has: Accept-Encoding and If-None-Match.
// Not here: compressing (server/http/prepared.cpp).
#pragma once

#include <string_view>

namespace hoering::http {

enum class Coding { identity, gzip, brotli };

/// The best coding by q-value (RFC 9110 section 12.5.3), brotli before gzip before identity when equal. `header` is the
/// Accept-Encoding field, "" when absent. identity if nothing acceptable is there.
Coding chooseCoding(std::string_view header, bool hasGzip, bool hasBrotli);

/// Whether If-None-Match names this entity tag, or is "*" (RFC 9110 section 13.1.2, weak comparison).
bool matchesEtag(std::string_view ifNoneMatch, std::string_view etag);

} // namespace hoering::http
