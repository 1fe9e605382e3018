// A client that sends exactly the bytes it is given and shows exactly what came back: for testing framing.
// Not here: a browser (tests/browser).
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace hoering::testing {

struct RawAnswer {
    int status = 0; // 0: the connection ended before an answer
    std::string head, body;
    std::vector<std::pair<std::string, std::string>> headers; // names in lower case
    std::string header(std::string_view name) const;
    std::size_t count(std::string_view name) const;
};

class RawClient {
  public:
    /// Connects to 127.0.0.1. Reads give up after 20 s, so that a test fails instead of hanging.
    explicit RawClient(unsigned short port, int receiveBuffer = 0);
    ~RawClient();
    RawClient(RawClient&& other) noexcept : fd_(std::exchange(other.fd_, -1)), held_(std::move(other.held_)) {}
    RawClient& operator=(RawClient&&) = delete;

    /// False when the peer has closed.
    bool send(std::string_view bytes);
    void endSending();
    /// Waits for something to read, or for the end of the connection: false when the time is over first.
    bool hears(std::chrono::milliseconds patience);
    /// The next answer; of one to HEAD only the head.
    RawAnswer read(bool toHead = false);
    /// Waits for the end of the connection: true for EOF or reset, false after 20 s or when more bytes come.
    bool closed();
    /// send + read.
    RawAnswer ask(std::string_view bytes, bool toHead = false);

  private:
    bool more();
    int fd_ = -1;
    std::string held_;
};

} // namespace hoering::testing
