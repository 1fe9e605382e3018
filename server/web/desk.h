// What a handler is given: the request, who visits, the words, and doors to the data. One per request.
// Not here: how the visitor was found (visitor.cpp), pages (*_pages), errors as statuses (problem.h).
#pragma once

#include <exception>
#include <functional>
#include <memory>
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

class Desk : public std::enable_shared_from_this<Desk> {
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
    /// As write, but this thread does not wait for the disk: f, which returns a Result, is answered by `stored` as soon
    /// as it is on the disk; an Error by what `refused` makes of it, on a worker again. The desk lives until then.
    template <class F>
    http::Reply writeThen(F f, http::Reply stored, std::function<http::Reply(Desk&, const Error&)> refused);
    /// Calls the handler's part `f`; what could not be stored becomes a 503 that gives back what was typed.
    http::Reply guarded(const std::function<http::Reply()>& f);
    /// A handler's own page for that: its form once more. Without one, or when it returns nothing: what was typed, with
    /// a button to send it again.
    std::function<std::optional<http::Reply>(Desk&)> notStored{};

    /// The n-th {…} of the path as a number; nothing (a 404) if it is none.
    std::optional<std::int64_t> id(std::size_t n) const;
    std::string_view hole(std::size_t n) const { return holes_.at(n); }
    std::string_view field(std::string_view name) const { return request.field(name); }
    std::int64_t numberField(std::string_view name) const; // 0 if it is none

    /// Staff behind an Access::signedIn (or stronger) route; the party behind an Access::party route.
    const User& user() const { return *visitor.user; }
    const PartyVisit& party() const { return *visitor.party; }

    /// Takes one uploaded file in: looks into it, puts it into the blobs. Errors: error.file.* at `field`.
    Result<StoredFile> keepUpload(std::size_t n, std::string_view field);
    /// A stored file as a download.
    http::Reply sendFile(const StoredFile& file) const;

  private:
    /// What follows a write that did not end well: on a worker, for making pages takes time.
    http::Reply afterwards(std::exception_ptr trouble, Error error,
                           std::function<http::Reply(Desk&, const Error&)> refused);
    http::Reply notStoredPage(const char* retryAfter);
    FileSearch searchNow(const std::filesystem::path& file, std::string_view extension);
    std::vector<std::string> holes_;
    bool searchLater_ = false; // this request's files have taken enough time
};

template <class F>
http::Reply Desk::writeThen(F f, http::Reply stored, std::function<http::Reply(Desk&, const Error&)> refused) {
    return http::Reply::givenLater([self = shared_from_this(), f = std::move(f), stored = std::move(stored),
                                    refused = std::move(refused)](const http::Give& give) mutable {
        auto then = [self, stored = std::move(stored), refused, give](std::exception_ptr trouble,
                                                                      auto&& result) mutable {
            if (!trouble && result->ok()) {
                stored.madeWith = std::move(self); // the writer has better to do than taking it apart
                give(std::move(stored));
            } else {
                give(self->afterwards(trouble, trouble ? Error{} : std::move(*result).error(), refused));
            }
        };
        try {
            self->services.database.writeThen(std::move(f), std::move(then));
        } catch (const sqlite::StorageBusy&) {
            give(self->afterwards(std::current_exception(), {}, refused));
        }
    });
}

} // namespace hoering::web
