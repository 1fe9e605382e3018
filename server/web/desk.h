// What a handler is given: the request, who visits, the words, and doors to the data. One per request.
// Not here: how the visitor was found (visitor.cpp), pages (*_pages), errors as statuses (problem.h).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/calendar.h"
#include "domain/access.h"
#include "http/reply.h"
#include "http/request.h"
#include "text/words.h"
#include "web/html.h"
#include "web/route.h"
#include "web/services.h"

namespace hoering::web {

class Desk {
  public:
    Desk(http::Request&& request, Services& services, const Match& match, Visitor visitor, std::string csrf,
         text::Words words, Now now);

    http::Request request;
    Services& services;
    const Route& route;
    const Visitor visitor;
    const std::string csrf; // what the forms on this page must send back
    text::Words words;      // of the page; a personal link, once read, makes them its party's (link_pages)
    const Now now;

    const Office& office() const { return services.office; }
    const Settings& settings() const { return services.settings; }
    /// The text of a key: desk.t("page.start.title").
    std::string t(std::string_view key, const Args& args = {}) const { return words(key, args); }

    template <class F> auto read(F&& f) { return services.database.read(std::forward<F>(f)); }
    template <class F> auto write(F&& f) { return services.database.write(std::forward<F>(f)); }

    /// The n-th {…} of the path as a number; nothing (a 404) if it is none.
    std::optional<std::int64_t> id(std::size_t n) const;
    std::string_view hole(std::size_t n) const { return holes_.at(n); }
    std::string_view field(std::string_view name) const { return request.field(name); }
    std::int64_t numberField(std::string_view name) const; // 0 if it is none

    /// Staff behind an Access::reader (or stronger) route; the party behind an Access::party route.
    const User& user() const { return *visitor.user; }
    const PartyVisit& party() const { return *visitor.party; }

    /// Takes one uploaded file in: looks into it, puts it into the blobs. Errors: error.file.* at `field`.
    Result<StoredFile> keepUpload(std::size_t n, std::string_view field);
    /// A stored file as a download.
    http::Reply sendFile(const StoredFile& file) const;

  private:
    std::vector<std::string> holes_;
};

} // namespace hoering::web
