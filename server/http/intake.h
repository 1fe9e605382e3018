// From a head that passed the gate to the Request a handler sees: decoded path, query, cookies, peer.
// Not here: the judgement of the head (server/http/gate.h), bodies (server/http/form.h, uploads.h).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "http/gate.h"
#include "http/request.h"

namespace hoering::http {

/// Fills `request` from the head; what it held before is overwritten, its memory used again.
/// `peer` is the socket's address; X-Forwarded-For (last hop) and -Proto count only when it is a trusted proxy.
void takeIn(const RawHead& head, std::string_view peer, const std::vector<std::string>& trustedProxies,
            Request& request);

/// The head without its fields (cookies are there), no body, form or uploads: what an error page may need after the
/// request was handed on.
Request headOnly(const Request& request);

/// Name-value pairs of one Cookie field (RFC 6265 section 5.4), appended.
void parseCookies(std::string_view field, Pairs& cookies);

} // namespace hoering::http
