// Replies as header bytes: status line, the fixed security headers, Date. Nothing unclean gets through.
// Not here: the values (server/http/reply.h), sockets (server/http/session.cpp).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "common/clock.h"
#include "http/reply.h"

namespace hoering::http {

std::string_view reasonPhrase(int status);
bool isFieldName(std::string_view name);
/// No control characters but tab: what keeps CR LF from splitting a reply.
bool isFieldValue(std::string_view value);

/// "HTTP/1.1 200 OK\r\n"
std::string statusLine(int status);
/// The security headers every reply carries, with HSTS when wished.
std::string securityHeaders(bool hsts);
/// "Sun, 06 Nov 1994 08:49:37 GMT" (RFC 9110 section 5.6.7)
std::string httpDate(Instant instant);

/// Status line and all fields but Date, Connection and the empty line. A field of the reply replaces the one of the
/// same name in the security set (several Set-Cookie stay); one that cannot be sent is left out and logged. `withType`,
/// and `length` >= 0, add Content-Type and Content-Length.
std::string replyHead(const Reply& reply, bool hsts, bool withType, std::int64_t length);

} // namespace hoering::http
