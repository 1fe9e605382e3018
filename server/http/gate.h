// The one place where a request's framing is judged, after the header and before any body byte (RFC 9112).
// Boost 1.81 accepts smuggled framings; this does not. Not here: access (server/domain/access.h).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "http/request.h"

namespace hoering::http {

/// Header as parsed, before anything trusts it.
struct RawHead {
    int version = 11; // 10 or 11
    std::string_view method, target;
    std::vector<std::pair<std::string_view, std::string_view>> fields; // in order, names as sent
};

struct Verdict {
    int status = 0; // 0: let in; else 400, 405, 414, 417, 421, 501
    bool close = true;
    const char* why = ""; // for the log, no request data
};

/// Exactly one valid Host from the allow-list; Transfer-Encoding absent or exactly "chunked", never on 1.0 and never
/// with Content-Length; at most one Content-Length, digits only; GET, HEAD or POST; target in origin form without
/// control characters, bad percent escapes, NUL, or dot segments; no obs-fold; names are tokens, values without CTLs.
Verdict gate(const RawHead& head, const std::vector<std::string>& hosts);

} // namespace hoering::http
