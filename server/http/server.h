// The socket edge: accept, gate, read, hand over to a worker, write. Only here Beast and Asio.
// Not here: which pages exist (server/web/routes), access rules, SQL.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "http/reply.h"
#include "http/request.h"

namespace hoering::http {

struct ServerSettings {
    std::string address = "127.0.0.1";
    unsigned short port = 8080;              // 0: any free one; see Server::port()
    std::vector<std::string> hosts;          // Host allow-list, lower case, without port
    std::vector<std::string> trustedProxies; // peer addresses whose X-Forwarded-For/-Proto count
    std::size_t ioThreads = 1;
    std::size_t workers = 32; // most threads at once; started when needed
    std::size_t queue = 256;  // waiting requests; beyond: 503 with Retry-After
    std::size_t connections = 4096, connectionsPerAddress = 512;
    /// For a whole header; for one read of a body; for one write to move on; between requests.
    std::chrono::milliseconds headerTimeout{15'000}, bodyTimeout{30'000}, writeTimeout{30'000}, idleTimeout{75'000};
    /// Of a body in or out, in each stretch of this time that was spent waiting for the other side: a quick beginning
    /// buys no slowness later.
    std::uint64_t minBodyBytesPerSecond = 1024;
    std::chrono::milliseconds rateWindow{30'000};
    /// What a refused sender may still send before the connection is cut, so that it sees the answer.
    std::uint64_t drainBytes = 16 << 20;
    std::chrono::milliseconds drainTimeout{5'000};
    std::filesystem::path incoming; // folder for streamed uploads
    bool hsts = false;
    const Clock* clock = nullptr; // for Request::received and Date; nullptr: the system's. Must outlive the server
};

/// What the route says of a request before its body is read.
struct BodyPlan {
    std::uint64_t limit = 0;           // bytes of the whole body
    bool uploads = false;              // multipart files allowed
    std::uint64_t fileLimit = 0;       // bytes of one file
    std::size_t files = 0;             // count of files
    std::uint64_t textLimit = 1 << 20; // bytes of all text fields of a multipart form together
    /// Whether the visitor may bring all this; empty: everyone may. Runs off the io threads, may block and throw, and
    /// is asked before the body is read, where that would be files or more than `strangerLimit`. Of one who may not,
    /// only that many bytes of typed fields are taken in, and no file is stored: it is read and thrown away.
    std::function<bool(const Request&)> admit{};
    std::uint64_t strangerLimit = 1 << 20;
};

/// What the server asks of the program behind it.
struct Program {
    /// Runs on an io thread, must not block: an answer from memory, or nothing.
    std::function<std::shared_ptr<const Prepared>(const Request&)> fromMemory;
    /// Runs on an io thread, must not block: limits of the body to come.
    std::function<BodyPlan(const Request&)> plan;
    /// Runs on a worker. May throw: logged, becomes problem(500).
    std::function<Reply(Request&&)> handle;
    /// A page for what the edge itself refuses (400, 405, 408, 413, 414, 415, 417, 421, 431, 500, 501, 503, 505). On
    /// any thread; must not throw or block. Before the gate the request has only number and peer. It has no body, and
    /// typed fields only for a 503 after all was read, unless they are more than 256 KB.
    std::function<Reply(int status, const Request&)> problem;
    /// The path as it may stand in the log, secrets taken out. Any thread, must not block. Without it the path as it
    /// is.
    std::function<std::string(const Request&)> logPath;
};

struct Counters {
    std::uint64_t requests = 0, refused = 0, busy = 0, errors = 0, open = 0, queued = 0;
    std::uint64_t byStatusClass[6] = {};
};

class Server {
  public:
    Server(ServerSettings settings, Program program);
    ~Server();
    /// Takes the port, so that port() is known, and answers nobody yet. Throws std::system_error if it cannot be had.
    void bind();
    /// Binds unless that is done, and starts threads.
    void start();
    unsigned short port() const;
    /// Stops accepting, closes idle connections, lets running requests finish (at most `patience`), then closes all.
    /// Blocks; a handler still running after that is waited for, because a thread cannot be ended from outside.
    void stop(std::chrono::milliseconds patience);
    Counters counters() const;

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

} // namespace hoering::http
