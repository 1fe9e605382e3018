// The reading half of a session: head, body, uploads. The writing half is session_answer.cpp.
#include "http/session.h"

#include <algorithm>
#include <cstring>
#include <exception>
#include <optional>

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

bool wantsClose(const RawHead& head, const Request& request) {
    if (head.version != 11) return true;
    for (const auto& [name, value] : request.headers) {
        if (name != "connection") continue;
        for (std::string_view option : split(value, ','))
            if (lowerAscii(trim(option)) == "close") return true;
    }
    return false;
}
} // namespace

net::mutable_buffer InBuffer::room(std::size_t n) {
    if (capacity_ - end_ < n) {
        const std::size_t held = end_ - begin_;
        if (capacity_ >= held + n) {
            std::memmove(data_.get(), data_.get() + begin_, held);
        } else {
            auto bigger = std::make_unique_for_overwrite<char[]>(held + n);
            if (held > 0) std::memcpy(bigger.get(), data_.get() + begin_, held);
            data_ = std::move(bigger);
            capacity_ = held + n;
        }
        begin_ = 0;
        end_ = held;
    }
    return {data_.get() + end_, capacity_ - end_};
}

void InBuffer::used(std::size_t n) {
    begin_ += n;
    if (begin_ == end_) begin_ = end_ = 0;
}

void InBuffer::shrink() {
    if (!empty() || capacity_ <= headLimit) return;
    data_.reset();
    capacity_ = begin_ = end_ = 0;
}
void Session::takeInHead() {
    takeIn(parser_.head(), peer_, edge_.settings.trustedProxies, request_);
    keepAlive_ = !wantsClose(parser_.head(), request_);
    in_.used(headSize_);
    request_.received = edge_.clock.now();
    isHead_ = request_.method == Method::head;
    acceptEncoding_.assign(request_.header("accept-encoding"));
    ifNoneMatch_.assign(request_.header("if-none-match"));
    if (edge_.program.logPath) logPath_ = edge_.program.logPath(request_);
    else logPath_.assign(request_.path);
}

/// 0: a head is parsed; a status to refuse with; or gone.
Awaitable<int> Session::readHead() {
    in_.shrink();
    std::size_t looked = 0;
    // A client that just came gets the time of a header, not that of an idle connection.
    if (in_.empty()) allow(Phase::idle, first_ ? edge_.settings.headerTimeout : edge_.settings.idleTimeout);
    else allow(Phase::head, edge_.settings.headerTimeout);
    first_ = false;
    while (true) {
        while (looked == 0 && startsWith(in_.view(), "\r\n")) in_.used(2); // RFC 9112 section 2.2
        const std::string_view held = in_.view();
        const std::size_t end = held.find("\r\n\r\n", looked > 3 ? looked - 3 : 0);
        if (end != std::string_view::npos && end + 4 <= headLimit) {
            headSize_ = end + 4;
            co_return parser_.parseHead(held.substr(0, headSize_));
        }
        if (held.size() >= headLimit) co_return 431;
        looked = held.size();
        if (edge_.stopping.load(std::memory_order_relaxed) && held.empty()) co_return gone;
        const bool more = co_await readSome(headRoom);
        if (!more) co_return timedOut_ && !aborted_ && !in_.empty() ? 408 : gone;
        if (phase_ == Phase::idle) allow(Phase::head, edge_.settings.headerTimeout);
        else if (Steady::now() >= deadline_) co_return 408; // each byte in time, the head as a whole not
    }
}

/// No more than is still to come: a big buffer for each small form costs more than reading it.
std::size_t Session::roomFor(std::uint64_t got) const {
    const auto length = parser_.contentLength();
    if (!length || *length < got) return bodyRoom;
    return static_cast<std::size_t>(std::clamp<std::uint64_t>(*length - got, headRoom, bodyRoom));
}

Awaitable<bool> Session::readSome(std::size_t room) {
    const net::mutable_buffer space = in_.room(room);
    const auto [error, size] = co_await socket_.async_read_some(space, token);
    if (error) co_return false;
    timedOut_ = false;
    in_.added(size);
    co_return true;
}

Awaitable<int> Session::readBody() {
    BodyPlan plan;
    try {
        if (edge_.program.plan) plan = edge_.program.plan(request_);
    } catch (const std::exception& error) {
        log::error("plan_failed", {{"path", logPath_}, {"what", std::string(error.what())}});
        co_return 500;
    }
    std::string boundary;
    const std::string_view type = request_.header("content-type");
    if (mediaType(type) == "multipart/form-data") {
        if (!plan.uploads) co_return 415;
        boundary = boundaryOf(type);
        if (boundary.empty()) co_return 400;
    } else if (plan.uploads) {
        plan.limit = std::min(plan.limit, plan.textLimit); // without files the body is kept in memory
    }
    const int refused = co_await admit(plan, !boundary.empty());
    if (refused != 0) co_return refused;
    if (parser_.contentLength().value_or(0) > plan.limit) co_return 413;
    if (parser_.head().version == 11 && !request_.header("expect").empty() && in_.empty()) {
        static constexpr std::string_view goOn = "HTTP/1.1 100 Continue\r\n\r\n";
        Buffers buffers{net::buffer(goOn.data(), goOn.size())};
        if (!sendNow(buffers)) co_await sendRest(buffers);
        if (aborted_) co_return gone;
        sent_ = 0;
    }
    const int status = co_await receive(plan, boundary);
    co_return status;
}

/// Cuts the plan down for one who may not bring so much. A small form is not asked about: it costs the same for all.
Awaitable<int> Session::admit(BodyPlan& plan, bool multipart) {
    const auto length = parser_.contentLength();
    if (!plan.admit || (!multipart && length && *length <= plan.strangerLimit)) co_return 0;
    bool admitted = false;
    const std::function<void()> work = [&] { admitted = plan.admit(request_); };
    const bool worked = co_await spool(work);
    if (aborted_) co_return gone;
    if (!worked) co_return 503;
    if (admitted) co_return 0;
    plan.fileLimit = 0;
    plan.textLimit = std::min(plan.textLimit, plan.strangerLimit);
    if (!multipart) plan.limit = std::min(plan.limit, plan.strangerLimit);
    co_return 0;
}

Awaitable<int> Session::receive(const BodyPlan& plan, std::string_view boundary) {
    std::optional<FormReceiver> form;
    const FormLimits limits{plan.fileLimit, plan.files, plan.textLimit};
    if (!boundary.empty()) form.emplace(boundary, limits, edge_.settings.incoming);
    decoded_.clear();
    std::string& out = form ? decoded_ : request_.body;
    Pace pace(edge_.settings.minBodyBytesPerSecond, edge_.settings.rateWindow);
    std::uint64_t total = 0;
    while (true) {
        const std::size_t before = out.size();
        std::size_t used = 0;
        const auto progress = parser_.parseBody(in_.view(), out, used);
        in_.used(used);
        total += out.size() - before;
        if (progress == MessageParser::Progress::malformed) co_return 400;
        if (total > plan.limit) co_return 413;
        const bool done = progress == MessageParser::Progress::done;
        if (form && (done || out.size() >= uploadPiece)) {
            int status = 0;
            const std::function<void()> work = [&] {
                status = form->feed(out);
                if (status == 0 && done) status = form->finish();
            };
            const bool worked = co_await spool(work);
            if (!worked) co_return 503;
            if (status != 0) co_return status;
            out.clear();
        }
        if (done) break;
        if (in_.view().size() >= framingLimit) co_return 400;
        allow(Phase::body, edge_.settings.bodyTimeout);
        const std::size_t held = in_.view().size();
        const auto asked = Steady::now();
        const bool more = co_await readSome(roomFor(total));
        if (!more) co_return timedOut_ && !aborted_ ? 408 : gone;
        if (pace.tooSlow(in_.view().size() - held, Steady::now() - asked)) co_return 408;
    }
    if (form) form->moveInto(request_);
    decoded_ = std::string{};
    co_return 0;
}

/// Runs something short that may block on the disk. False when it threw. What it refers to outlives it: this waits even
/// when the connection is aborted.
Awaitable<bool> Session::spool(const std::function<void()>& work) {
    phase_ = Phase::handling;
    deadline_ = Steady::time_point::max();
    bool done = false, failed = false;
    std::function<void()> job = [this, &work, &done, &failed] {
        try {
            work();
        } catch (const std::exception& error) {
            failed = true;
            log::error("spool_failed", {{"what", std::string(error.what())}});
        }
        auto back = [this, &done] {
            done = true;
            wake_.cancel();
        };
        net::post(loop_.context, std::move(back));
    };
    if (!edge_.spool.submit(std::move(job))) co_return false;
    while (!done) {
        wake_.expires_at(Steady::time_point::max());
        co_await wake_.async_wait(token);
    }
    co_return !failed;
}

Awaitable<void> Session::settled(const std::shared_ptr<Job>& job) {
    phase_ = Phase::handling;
    deadline_ = Steady::time_point::max();
    while (!job->done && !aborted_) {
        wake_.expires_at(Steady::time_point::max());
        co_await wake_.async_wait(token);
    }
}
} // namespace hoering::http
