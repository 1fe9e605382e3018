// From a request to an answer: find the route, find out who visits, ask the one access rule, call the handler.
// Not here: the rule (server/domain/access.h), pages.
#pragma once

#include "http/reply.h"
#include "http/request.h"
#include "http/server.h"
#include "web/services.h"

namespace hoering::web {

inline constexpr std::string_view staffCookie = "kontor", partyCookie = "svar", languageCookie = "sprog";
inline constexpr std::string_view halfCookie = "kode"; // a right password that waits for its code: opens no page

/// On a worker. Reads, may write (through the writer), never blocks on mail or documents beyond their permits.
http::Reply answer(http::Request&& request, Services& services);
/// On an io thread: a public page from memory, or nothing.
std::shared_ptr<const http::Prepared> answerFromMemory(const http::Request& request, const Services& services);
/// On an io thread: how much the route lets in, and of whom files and long texts are taken at all.
http::BodyPlan planBody(const http::Request& request, Services& services);
/// The path for the log, with tokens taken out: "/svar/...", and each segment that may hold one, wherever it stands.
std::string pathForLog(const http::Request& request);

} // namespace hoering::web
