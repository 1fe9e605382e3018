// One connection: requests read, judged, answered, one after the other.
// Not here: accepting (server/http/server.cpp), the rules of a head (server/http/gate.h). Needs Asio.
#pragma once

#include <array>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "http/edge.h"
#include "http/message_parser.h"
#include "http/request.h"

namespace hoering::http {

/// Bytes read and not yet used; grows only while something big is read.
class InBuffer {
  public:
    std::string_view view() const { return {data_.get() + begin_, end_ - begin_}; }
    bool empty() const { return begin_ == end_; }
    /// Room for at least n more bytes; moves what is held.
    net::mutable_buffer room(std::size_t n);
    /// Gives memory back after something big, when nothing is held.
    void shrink();
    void added(std::size_t n) { end_ += n; }
    void used(std::size_t n);

  private:
    std::unique_ptr<char[]> data_;
    std::size_t begin_ = 0, end_ = 0, capacity_ = 0;
};

class Session : public std::enable_shared_from_this<Session> {
  public:
    Session(Edge& edge, Loop& loop, Socket socket, std::string peer);
    ~Session();
    // All on the loop's thread:
    void start();
    /// Breaks off an operation whose time is over.
    void check(Steady::time_point now);
    void closeIfIdle();
    /// Ends the connection whatever it is doing; a handler that still runs answers nobody.
    void abort();

  private:
    enum class Phase { idle, head, body, handling, writing, draining };
    struct Job;
    static bool runHandler(Edge& edge, Job& job, const std::string& logPath, const Give& give);
    struct OpenFile;
    using Buffers = std::array<net::const_buffer, 4>;

    Awaitable<void> run();
    Awaitable<bool> serveOne();
    Awaitable<int> readHead();
    Awaitable<int> readBody();
    Awaitable<int> admit(BodyPlan& plan, bool multipart);
    Awaitable<int> receive(const BodyPlan& plan, std::string_view boundary);
    Awaitable<bool> readSome(std::size_t room);
    std::size_t roomFor(std::uint64_t got) const;
    Awaitable<void> handle();
    Awaitable<bool> spool(const std::function<void()>& work);
    Awaitable<void> settled(const std::shared_ptr<Job>& job);
    Awaitable<void> refuse(int status);
    Awaitable<void> drain();
    Awaitable<void> answer(const Reply& reply, const OpenFile* file);
    Awaitable<void> answerPrepared(const Prepared& prepared, const Reply* reply);
    Awaitable<void> sendFile(const OpenFile& file);
    Awaitable<void> sendRest(Buffers& buffers);
    bool sendNow(Buffers& buffers);

    void allow(Phase phase, std::chrono::milliseconds time);
    void keepTail();
    void takeInHead();
    void logged(int status);

    Edge& edge_;
    Loop& loop_;
    Socket socket_;
    Timer wake_;
    const std::string peer_;
    InBuffer in_;
    MessageParser parser_;
    Request request_;
    std::string head_, tail_, decoded_, logPath_, acceptEncoding_, ifNoneMatch_;
    std::size_t headSize_ = 0;
    bool isHead_ = false;
    Phase phase_ = Phase::idle;
    Steady::time_point deadline_ = Steady::time_point::max(), began_;
    std::uint64_t sent_ = 0;
    bool first_ = true, keepAlive_ = true, timedOut_ = false, aborted_ = false, broken_ = false;
};

} // namespace hoering::http
