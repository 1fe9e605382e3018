// Embedded assets, ready to send: path -> prepared bytes, compressed at build time.
// Not here: embedding (scripts/embed.cmake), which URL they live under (server/web/routes).
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>

#include "common/embedded.h"
#include "http/reply.h"
#include "http/request.h"

namespace hoering::http {

class StaticFiles {
  public:
    /// For "x.css" there may be "x.css.br" and "x.css.gz" in `files`; those are not served under their own names.
    /// Their bytes are sent from where they are: they must outlive this. `prefix` begins and ends with '/', e.g.
    /// "/static/".
    StaticFiles(std::span<const EmbeddedFile> files, std::string prefix);

    /// What to send for this request's path, or nothing. With ?v= and the right hash it may be kept for a year
    /// (immutable); with none or another it is asked for again each time, so that no wrong version can stick.
    std::shared_ptr<const Prepared> find(const Request& request) const;

    /// The URL to write in pages: "/static/x.css?v=1a2b3c4d5e6f". Throws std::out_of_range for a file that is not
    /// there.
    std::string url(std::string_view name) const;

  private:
    struct File {
        std::string version;
        std::shared_ptr<const Prepared> fresh, immutable;
    };
    std::string prefix_;
    std::unordered_map<std::string, File> files_; // by URL path
};

/// By file name ending; "application/octet-stream" for what is not known.
std::string contentTypeOf(std::string_view fileName);

} // namespace hoering::http
