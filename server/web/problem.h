// The only place where an Error becomes a status and a page.
// Not here: which rule said no (server/usecases, server/domain), forms shown again (their pages).
#pragma once

#include "common/error.h"
#include "http/reply.h"
#include "web/desk.h"

namespace hoering::web {

/// 422 invalid, 401 sign-in needed, 403, 404, 409 conflict and closed, 413, 503.
int statusOf(ErrorKind kind);
/// A page that says what happened, what is kept and what to do, in the room the route belongs to. What was typed into a
/// form that cannot be taken is shown back.
http::Reply problemPage(const Desk& desk, const Error& error);
http::Reply notFoundPage(const Desk& desk);
/// What the edge refuses, or what failed (500 with the request number). A 503 gives back what was typed, where the
/// request has its fields. Never throws.
http::Reply edgeProblem(const Services& services, int status, const http::Request& request);

} // namespace hoering::web
