// What a handler sees of an HTTP request after the gate: already well-formed, bounded and complete.
// Not here: Beast (server/http/server.cpp), who may do this (server/domain/access.h).
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "common/clock.h"

namespace hoering::http {

enum class Method { get, head, post };

/// A file part of multipart/form-data, streamed to a temporary file that is deleted with this object unless adopted.
struct Upload {
    std::string field; // the input's name
    std::string name;  // as the sender named it: hostile text, last path component only
    std::string declaredType;
    std::filesystem::path path; // temporary file with the bytes, on the data folder's file system
    std::uint64_t size = 0;
    std::string sha256;    // hex, computed while streaming
    bool tooLarge = false; // over the per-file limit: the bytes were read and thrown away
    bool lost = false;     // the disk did not take it (full, I/O): the bytes were read and thrown away
};

/// Deletes uploads' temporary files when the request is done with.
class Uploads {
  public:
    Uploads() = default;
    Uploads(Uploads&& other) noexcept : list(std::move(other.list)) { other.list.clear(); }
    Uploads& operator=(Uploads&& other) noexcept;
    ~Uploads();
    std::vector<Upload> list;
};

using Pairs = std::vector<std::pair<std::string, std::string>>;

struct Request {
    std::uint64_t number = 0; // for logs and error pages
    Instant received;         // when the server had the whole request (rule 2: this is what counts)
    Method method = Method::get;
    std::string path;   // percent-decoded, starts with '/', no "//", "/./" or "/../"
    std::string target; // as sent, for redirects back
    Pairs query;        // decoded, in order
    Pairs headers;      // names in lower case
    Pairs cookies;
    std::string body; // whole body of anything but multipart
    Pairs form;       // urlencoded or multipart text fields, decoded, in order; bytes not yet checked as UTF-8
    Uploads uploads;
    std::string peer;    // client address (of X-Forwarded-For's last hop when the peer is a trusted proxy)
    bool secure = false; // TLS, directly or at the trusted proxy

    /// First value of a header (name in lower case), query or form field; "" if absent.
    std::string_view header(std::string_view name) const;
    std::string_view cookie(std::string_view name) const;
    std::string_view queryValue(std::string_view name) const;
    std::string_view field(std::string_view name) const;
    bool has(std::string_view formField) const;
    std::vector<std::string_view> fields(std::string_view name) const;
};

} // namespace hoering::http
