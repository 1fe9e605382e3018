// A route: method, path, who may use it, what answers. The whole list stands in routes.cpp.
// Not here: the rule behind an Access (server/domain/access.h), finding out who visits (visitor.h).
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "domain/access.h"
#include "http/reply.h"
#include "http/request.h"

namespace hoering::web {

class Desk;
using Handler = http::Reply (*)(Desk&);

/// What a request may bring. `form`: typed fields, 1 MB. `longForm`: a text twice as long as an answer may be, so that
/// what is too long is said by the page that keeps it. `files`: files as set for uploads, and as much text.
enum class Body { none, form, longForm, files };

struct Route {
    http::Method method;
    std::string_view path; // "{x}" stands for one segment
    Access access;         // no default: a route without one does not compile
    Handler handler;
    Body body;
    bool cached = false; // a public page answered from memory

    constexpr Route(http::Method m, std::string_view p, Access a, Handler h, bool kept = false)
        : method(m), path(p), access(a), handler(h), body(m == http::Method::post ? Body::form : Body::none),
          cached(kept) {}
    constexpr Route(http::Method m, std::string_view p, Access a, Handler h, Body b)
        : method(m), path(p), access(a), handler(h), body(b) {}
};

/// Every route of the program, in reading order.
std::span<const Route> routes();

struct Match {
    const Route* route = nullptr;        // null: no such page
    std::vector<std::string_view> holes; // the {…} segments, in order
    bool otherMethod = false;            // the path exists, but not with this method
};
/// HEAD is matched as GET. Views point into `path`.
Match match(http::Method method, std::string_view path);

} // namespace hoering::web
