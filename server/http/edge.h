// What the connections of one server share: settings, the program, pools, counters; and one io thread's loop.
// Not here: the protocol (server/http/session.cpp), start and stop (server/http/server.cpp). Needs Asio.
#pragma once

#include <array>
#include <atomic>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_set>

#include "common/clock.h"
#include "http/server.h"
#include "http/workers.h"

namespace hoering::http {

namespace net = boost::asio;
// Concrete executors: type-erased ones cost an allocation and a virtual call per operation.
using Executor = net::io_context::executor_type;
using Tcp = net::ip::tcp;
using Socket = net::basic_stream_socket<Tcp, Executor>;
using Acceptor = net::basic_socket_acceptor<Tcp, Executor>;
using Timer =
    net::basic_waitable_timer<std::chrono::steady_clock, net::wait_traits<std::chrono::steady_clock>, Executor>;
template <class T> using Awaitable = net::awaitable<T, Executor>;
using Steady = std::chrono::steady_clock;

class Session;

/// Who is connected, for the caps; and the wait for the last one to leave.
class Guests {
  public:
    /// False when a cap is reached. `perAddress` 0: no cap for this address.
    bool enter(const std::string& address, std::size_t total, std::size_t perAddress);
    void leave(const std::string& address);
    std::size_t count() const;
    bool waitUntilEmpty(std::chrono::milliseconds patience);
    void waitUntilEmpty();

  private:
    mutable std::mutex mutex_;
    std::condition_variable left_;
    std::map<std::string, std::size_t> byAddress_;
    std::size_t count_ = 0;
};

struct Edge {
  private:
    SystemClock systemClock_;

  public:
    Edge(ServerSettings theSettings, Program theProgram);

    const ServerSettings settings;
    const Program program;
    const Clock& clock;
    const std::string okOpening; // status line 200 and the security headers: the start of most replies
    std::atomic<bool> stopping{false};
    std::atomic<std::uint64_t> nextNumber;
    std::atomic<std::uint64_t> requests{0}, refused{0}, busy{0}, errors{0};
    std::array<std::atomic<std::uint64_t>, 6> byStatusClass{};
    Guests guests;
    Workers workers; // handlers
    Workers spool;   // disk reads and writes of bodies: an upload never waits for a handler, nor a handler for one
};

/// One io thread. Its sessions are touched by this thread alone, so they need no locks.
struct Loop : std::enable_shared_from_this<Loop> {
    explicit Loop(std::chrono::milliseconds theSweepEvery) : sweeper(context), sweepEvery(theSweepEvery) {}
    /// Begins to look, again and again, for operations that took too long. One timer instead of one per connection.
    void sweep();
    /// "Date: …CR LF CR LF", with Connection: close when wished. Made once a second.
    const std::string& tail(const Clock& clock, bool close);

    net::io_context context{1};
    Timer sweeper;
    std::chrono::milliseconds sweepEvery;
    std::unordered_set<Session*> sessions;
    bool ending = false;

  private:
    std::string tailKeep_, tailClose_;
    long long tailSecond_ = -1;
};

} // namespace hoering::http
