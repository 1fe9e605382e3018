// A world with its pages: visitors that fetch and post without sockets, and look at every page they are given.
// Not here: sockets (tests/http), a real browser (tests/browser).
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "blobs/blob_store.h"
#include "http/request.h"
#include "settings.h"
#include "support/world.h"
#include "web/services.h"

namespace hoering::testing {

/// What is wrong with a page as HTML, in words: not one h1, no title, no lang, ids twice, inputs without labels,
/// POST forms without a CSRF token or an action. Empty: nothing.
std::vector<std::string> flawsOf(const std::string& html);

class WebWorld;

/// Somebody with a browser: keeps cookies, sends the CSRF token of the last page with a form.
class Visitor {
  public:
    explicit Visitor(WebWorld& world) : world_(&world) {}

    struct Got {
        int status = 0;
        std::string body, location;
        std::filesystem::path file;
        std::vector<std::pair<std::string, std::string>> headers; // beyond the fixed set
        std::string header(std::string_view name) const {         // "" for none
            for (const auto& [each, value] : headers)
                if (each == name) return value;
            return "";
        }
        bool has(std::string_view text) const { return body.find(text) != std::string::npos; }
        std::string valueOf(const std::string& name) const; // of a hidden field or a button, as written; "" for none
    };
    using Fields = std::vector<std::pair<std::string, std::string>>;
    /// Adds a test failure for every flaw of the page.
    Got get(const std::string& target);
    /// With the token of the last page fetched, unless `fields` has one.
    Got post(const std::string& target, Fields fields = {}, Fields headers = {});
    /// One multipart file at the input `field`, after the fields.
    Got upload(const std::string& target, Fields fields, const std::string& field, const std::string& name,
               const std::string& bytes);
    /// Goes where the reply points, as long as it does.
    Got follow(Got reply);

    std::map<std::string, std::string> cookies;
    std::string csrf;

  private:
    Got send(http::Request&& request);
    WebWorld* world_;
};

class WebWorld : public World {
  public:
    WebWorld();
    Settings settings;
    blobs::BlobStore blobs;
    web::PageMemory pages{web::mostPages};
    web::VisitMemory visits{web::visitBytes};
    web::Services services;

    /// Somebody signed in with this role (made on first use).
    Visitor staff(Role role);
    /// Somebody with the party's link opened.
    Visitor partyVisitor(std::int64_t consultation, std::size_t party = 0);
    std::uint64_t nextRequest = 1;
};

} // namespace hoering::testing
