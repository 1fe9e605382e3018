// Beast's incremental parser, kept in one translation unit: a head into a RawHead, a body into plain bytes.
// Not here: judging the head (server/http/gate.h), reading the socket (server/http/session.cpp).
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "http/gate.h"

namespace hoering::http {

class MessageParser {
  public:
    MessageParser();
    ~MessageParser();

    /// Parses a complete head, ending in CR LF CR LF. The head's views point into `bytes`. Returns 0, 400 or 505.
    int parseHead(std::string_view bytes);
    const RawHead& head() const;

    // After the gate has let the head in:
    bool hasBody() const;
    std::optional<std::uint64_t> contentLength() const;

    enum class Progress { more, done, malformed };
    /// Decodes body bytes from the front of `bytes` onto `out`. Chunk extensions and trailers are dropped.
    /// Returns how far it came and sets `used`; what follows a finished body is the next request.
    Progress parseBody(std::string_view bytes, std::string& out, std::size_t& used);

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

} // namespace hoering::http
