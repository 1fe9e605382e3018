#include "http/session.h"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <cerrno>
#include <cstring>
#include <exception>
#include <fcntl.h>
#include <optional>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <utility>

#include "common/log.h"
#include "common/strings.h"
#include "http/encoding.h"
#include "http/form.h"
#include "http/intake.h"
#include "http/multipart.h"
#include "http/reply_head.h"
#include "http/session_parts.h"
#include "http/uploads.h"

// g++ 12 miscompiles owning temporaries inside co_await expressions: everything that owns is named first.

namespace hoering::http {
namespace {

/// The fields of a plain form, whose body is then gone; those of one with files are there already. False when there are
/// too many.
bool readFields(Request& request) {
    return mediaType(request.header("content-type")) != "application/x-www-form-urlencoded" ||
           parseUrlEncoded(std::exchange(request.body, {}), request.form);
}

/// What nobody had time for, to be given back: its head, and what was typed. Not much of it, and only to who has a
/// session: this is an io thread, and others wait.
Request givenBack(Request&& request) {
    constexpr std::size_t most = 256 * 1024, mostFields = 200;
    Request back = headOnly(request);
    if (request.header("cookie").empty() || request.body.size() > most) return back;
    if (!readFields(request) || request.form.size() > mostFields) return back;
    std::size_t size = 0;
    for (const auto& [name, value] : request.form) size += name.size() + value.size();
    if (size > most) return back;
    back.form = std::move(request.form);
    back.uploads = std::move(request.uploads); // only to be named
    return back;
}

} // namespace

Session::Session(Edge& edge, Loop& loop, Socket socket, std::string peer)
    : edge_(edge), loop_(loop), socket_(std::move(socket)), wake_(loop.context), peer_(std::move(peer)) {}

Session::~Session() {
    loop_.sessions.erase(this);
    edge_.guests.leave(peer_);
}

void Session::start() {
    loop_.sessions.insert(this);
    ErrorCode ignored;
    socket_.non_blocking(true, ignored);
    socket_.set_option(Tcp::no_delay(true), ignored);
    auto life = [self = shared_from_this()]() -> Awaitable<void> { co_await self->run(); };
    net::co_spawn(loop_.context, std::move(life), net::detached);
}

void Session::check(Steady::time_point now) {
    if (now < deadline_) return;
    timedOut_ = true;
    ErrorCode ignored;
    // Reading may still end in an answer; a writer that does not move gets none.
    if (phase_ == Phase::head || phase_ == Phase::body) socket_.cancel(ignored);
    else abort();
}

void Session::closeIfIdle() {
    if (phase_ == Phase::idle) abort();
}

void Session::abort() {
    aborted_ = true;
    ErrorCode ignored;
    socket_.close(ignored);
    wake_.cancel();
}

void Session::allow(Phase phase, std::chrono::milliseconds time) {
    phase_ = phase;
    deadline_ = Steady::now() + time;
}

bool Pace::tooSlow(std::uint64_t bytes, Steady::duration waited) {
    bytes_ += bytes;
    waited_ += waited;
    if (waited_ < window_) return false;
    const auto share = std::chrono::duration<double>(waited_).count() * static_cast<double>(least_);
    const bool slow = static_cast<double>(bytes_) < share;
    bytes_ = 0;
    waited_ = {};
    return slow;
}

Awaitable<void> Session::run() {
    try {
        bool more = true;
        while (more) more = co_await serveOne();
    } catch (const std::exception& error) {
        log::error("connection_failed", {{"what", std::string(error.what())}});
    }
    ErrorCode ignored;
    socket_.shutdown(Socket::shutdown_both, ignored);
    socket_.close(ignored);
}

Awaitable<bool> Session::serveOne() {
    sent_ = 0;
    isHead_ = false;
    logPath_.clear();
    int status = co_await readHead();
    if (status == gone) co_return false;
    began_ = Steady::now();
    request_.number = edge_.nextNumber.fetch_add(1, std::memory_order_relaxed);
    if (status == 0) {
        const Verdict verdict = gate(parser_.head(), edge_.settings.hosts);
        status = verdict.status;
        if (status != 0)
            log::info("request_refused",
                      {{"number", static_cast<long long>(request_.number)}, {"why", std::string(verdict.why)}});
    }
    if (status != 0) {
        const std::uint64_t number = request_.number;
        request_ = Request{};
        request_.number = number;
        request_.received = edge_.clock.now();
        request_.peer = peer_;
        co_await refuse(status);
        co_return false;
    }
    takeInHead();
    if (!parser_.hasBody() && request_.method != Method::post && edge_.program.fromMemory) {
        std::shared_ptr<const Prepared> prepared;
        try {
            prepared = edge_.program.fromMemory(request_);
        } catch (const std::exception& error) {
            edge_.errors.fetch_add(1, std::memory_order_relaxed);
            log::error("from_memory_failed", {{"number", static_cast<long long>(request_.number)},
                                              {"path", logPath_},
                                              {"what", std::string(error.what())}});
            status = 500;
        }
        if (prepared) {
            co_await answerPrepared(*prepared, nullptr);
            co_return keepAlive_;
        }
    }
    if (status == 0 && parser_.hasBody()) status = co_await readBody();
    if (status == gone) co_return false;
    if (status != 0) {
        co_await refuse(status);
        co_return false;
    }
    request_.received = edge_.clock.now();
    co_await handle();
    co_return keepAlive_;
}

/// On a worker: the handler, or what its reply left for later. False when the reply is yet to be given.
bool Session::runHandler(Edge& edge, Job& job, const std::string& logPath, const Give& give) {
    auto failed = [&](const std::string& what) {
        edge.errors.fetch_add(1, std::memory_order_relaxed);
        log::error("request_failed",
                   {{"number", static_cast<long long>(job.head.number)}, {"path", logPath}, {"what", what}});
        job.reply = problemReply(edge, 500, job.head);
        job.file.reset();
    };
    try {
        if (!job.reply.later) {
            job.head = headOnly(job.request);
            if (readFields(job.request)) job.reply = edge.program.handle(std::move(job.request));
            else job.reply = problemReply(edge, 413, job.head);
            job.request = Request{}; // uploads nobody adopted are deleted here, not on an io thread
        }
        if (const auto later = std::exchange(job.reply.later, nullptr)) {
            later(give); // from here on the job may be in other hands
            return false;
        }
        if (!job.reply.file.empty()) job.file = std::make_unique<OpenFile>(job.reply.file);
    } catch (const std::exception& error) {
        failed(error.what());
    } catch (...) {
        failed("not a std::exception");
    }
    job.request = Request{};
    return true;
}

Awaitable<void> Session::handle() {
    auto job = std::make_shared<Job>();
    job->request = std::move(request_);
    request_ = Request{};
    request_.number = job->request.number; // for the log
    request_.method = job->request.method;
    // A reply given after the server has stopped still finds its loop, which only does not run any more.
    const auto back = [job, self = weak_from_this(), loop = loop_.shared_from_this()] {
        auto settle = [job, self] {
            job->done = true;
            if (const auto session = self.lock()) session->wake_.cancel();
        };
        net::post(loop->context, std::move(settle));
    };
    const Give give = [job, back](Reply&& reply) {
        job->reply = std::move(reply);
        back();
    };
    do {
        job->done = false;
        std::function<void()> work = [job, give, back, &edge = edge_, path = logPath_] {
            if (runHandler(edge, *job, path, give)) back();
        };
        if (!edge_.workers.submit(std::move(work))) {
            edge_.busy.fetch_add(1, std::memory_order_relaxed);
            if (!job->reply.later) job->head = givenBack(std::move(job->request));
            job->reply = problemReply(edge_, 503, job->head);
            break;
        }
        co_await settled(job);
        if (!job->done) { // aborted: the handler goes on, but answers nobody
            keepAlive_ = false;
            co_return;
        }
    } while (job->reply.later);
    co_await answer(job->reply, job->file.get());
}
void Session::logged(int status) {
    edge_.requests.fetch_add(1, std::memory_order_relaxed);
    if (status >= 100 && status < 600)
        edge_.byStatusClass[static_cast<std::size_t>(status / 100)].fetch_add(1, std::memory_order_relaxed);
    const auto took = std::chrono::duration_cast<std::chrono::microseconds>(Steady::now() - began_).count();
    const char* method = isHead_ ? "HEAD" : request_.method == Method::post ? "POST" : "GET";
    log::info("request", {{"number", static_cast<long long>(request_.number)},
                          {"method", std::string(method)},
                          {"path", logPath_},
                          {"status", static_cast<long long>(status)},
                          {"ms", static_cast<double>(took) / 1000.0},
                          {"bytes", static_cast<long long>(sent_)}});
}

} // namespace hoering::http
