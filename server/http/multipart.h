// multipart/form-data (RFC 7578) taken apart while it arrives, in pieces cut anywhere; memory stays small.
// Not here: what becomes of the parts (server/http/uploads.h).
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

namespace hoering::http {

struct PartHead {
    std::string name;        // of the form field
    std::string fileName;    // last path component as sent; "" also for a file input left empty
    std::string contentType; // as declared
    bool isFile = false;     // has a filename parameter
};

class MultipartReader {
  public:
    struct Events {
        std::function<void(PartHead&&)> begin;
        std::function<void(std::string_view)> data;
        std::function<void()> end;
    };
    /// `boundary` from the Content-Type, see boundaryOf().
    MultipartReader(std::string_view boundary, Events events);
    /// Takes the next bytes. False: malformed for good. Exceptions of the events pass through.
    bool feed(std::string_view bytes);
    /// Whether the closing boundary has been seen.
    bool complete() const { return state_ == State::epilogue; }

  private:
    enum class State { preamble, afterBoundary, head, body, epilogue, bad };
    bool step(bool& moreNeeded);
    bool readHead(std::string_view block);

    std::string delimiter_; // CR LF -- boundary
    std::string held_;      // bytes not yet understood
    Events events_;
    State state_ = State::preamble;
};

/// The boundary parameter; "" unless it is 1-70 of the characters allowed (RFC 2046 section 5.1.1).
std::string boundaryOf(std::string_view contentType);

} // namespace hoering::http
