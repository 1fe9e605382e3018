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
    unsigned short port = 8080;          // 0: any free one; see Server::port()
    std::vector<std::string> hosts;      // Host allow-list, lower case, without port
    std::vector<std::string> trustedProxies; // peer addresses whose X-Forwarded-For/-Proto count
    std::size_t ioThreads = 1;
    std::size_t workers = 32;            // most threads at once; started when needed
    std::size_t queue = 256;             // waiting requests; beyond: 503 with Retry-After
    std::size_t connections = 4096, connectionsPerAddress = 512;
    std::chrono::seconds headerTimeout{15}, bodyTimeout{30}, writeTimeout{30}, idleTimeout{75};
    std::uint64_t minBodyBytesPerSecond = 1024; // after a grace of 30 s
    std::filesystem::path incoming;      // folder for streamed uploads
    bool hsts = false;
};

/// What the route says of a request before its body is read.
struct BodyPlan {
    std::uint64_t limit = 0;      // bytes of the whole body
    bool uploads = false;         // multipart files allowed
    std::uint64_t fileLimit = 0;  // bytes of one file
    std::size_t files = 0;        // count of files
};

/// What the server asks of the program behind it.
struct Program {
    /// Runs on an io thread, must not block: an answer from memory, or nothing.
    std::function<std::shared_ptr<const Prepared>(const Request&)> fromMemory;
    /// Runs on an io thread, must not block: limits of the body to come.
    std::function<BodyPlan(const Request&)> plan;
    /// Runs on a worker. May throw: becomes `failed`.
    std::function<Reply(Request&&)> handle;
    /// A page for what the edge itself refuses (400, 404, 405, 408, 413, 429, 500, 501, 503). Must not throw or block.
    std::function<Reply(int status, const Request&)> problem;
};

struct Counters {
    std::uint64_t requests = 0, refused = 0, busy = 0, errors = 0, open = 0, queued = 0;
    std::uint64_t byStatusClass[6] = {};
};

class Server {
  public:
    Server(ServerSettings settings, Program program);
    ~Server();
    /// Binds and starts threads. Throws std::system_error if the port cannot be had.
    void start();
    unsigned short port() const;
    /// Stops accepting, lets running requests finish (at most `patience`), then closes all. Blocks.
    void stop(std::chrono::milliseconds patience);
    Counters counters() const;

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

} // namespace hoering::http
