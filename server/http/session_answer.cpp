// The writing half of a session: pages, pages from memory, files. The reading half is session_intake.cpp.
#include "http/session.h"

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

std::size_t sizeOf(const std::array<net::const_buffer, 4>& buffers) {
    std::size_t size = 0;
    for (const auto& buffer : buffers) size += buffer.size();
    return size;
}
void advance(std::array<net::const_buffer, 4>& buffers, std::size_t by) {
    for (auto& buffer : buffers) {
        const std::size_t part = std::min(by, buffer.size());
        buffer += part;
        by -= part;
    }
}
} // namespace

/// What the program says to a status; a bare line when it fails.
Reply problemReply(const Edge& edge, int status, const Request& request) {
    Reply reply;
    bool made = false;
    if (edge.program.problem) {
        try {
            reply = edge.program.problem(status, request);
            made = true;
        } catch (const std::exception& error) {
            log::error("problem_page_failed", {{"what", std::string(error.what())}});
        }
    }
    if (!made) reply = Reply::text(std::to_string(status) + " " + std::string(reasonPhrase(status)) + "\n");
    reply.status = status;
    if (status == 405) reply.headers.emplace_back("Allow", "GET, HEAD, POST");
    if (status == 503) reply.headers.emplace_back("Retry-After", "2");
    return reply;
}
Awaitable<void> Session::refuse(int status) {
    keepAlive_ = false;
    edge_.refused.fetch_add(1, std::memory_order_relaxed);
    const Reply reply = problemReply(edge_, status, request_);
    co_await answer(reply, nullptr);
    if (!aborted_) co_await drain();
}

/// Reads and forgets what is still coming: closing on unread bytes resets the connection and the answer is lost.
Awaitable<void> Session::drain() {
    ErrorCode ignored;
    socket_.shutdown(Socket::shutdown_send, ignored);
    allow(Phase::draining, edge_.settings.drainTimeout);
    std::uint64_t drained = 0;
    while (drained < edge_.settings.drainBytes) {
        in_.used(in_.view().size());
        const bool more = co_await readSome(bodyRoom);
        if (!more) break;
        drained += in_.view().size();
    }
}

void Session::keepTail() {
    if (edge_.stopping.load(std::memory_order_relaxed)) keepAlive_ = false;
    tail_.assign(loop_.tail(edge_.clock, !keepAlive_));
}

Awaitable<void> Session::answer(const Reply& reply, const OpenFile* file) {
    if (reply.prepared) {
        co_await answerPrepared(*reply.prepared, &reply);
        co_return;
    }
    const bool bodiless = reply.status == 204 || reply.status == 304;
    const std::uint64_t length = file ? file->size : reply.body.size();
    head_ = replyHead(reply, edge_.settings.hsts, !bodiless, bodiless ? -1 : static_cast<std::int64_t>(length));
    keepTail();
    Buffers buffers{net::buffer(head_), net::buffer(tail_)};
    if (!isHead_ && !bodiless && !file) buffers[2] = net::buffer(reply.body);
    if (!sendNow(buffers)) co_await sendRest(buffers);
    if (file && !isHead_ && !bodiless && !aborted_) co_await sendFile(*file);
    logged(reply.status);
}

Awaitable<void> Session::answerPrepared(const Prepared& prepared, const Reply* reply) {
    if (prepared.plainForm.fields.empty()) { // made by hand
        const auto sealed = seal(prepared);
        co_await answerPrepared(*sealed, reply);
        co_return;
    }
    const Coding coding = chooseCoding(acceptEncoding_, !prepared.gzip.empty(), !prepared.brotli.empty());
    const auto& form = coding == Coding::brotli ? prepared.brotliForm
                       : coding == Coding::gzip ? prepared.gzipForm
                                                : prepared.plainForm;
    const std::string_view body = coding == Coding::brotli ? prepared.brotli
                                  : coding == Coding::gzip ? prepared.gzip
                                                           : prepared.plain;
    int status = reply ? reply->status : 200;
    Buffers buffers{};
    if (status == 200 && !ifNoneMatch_.empty() && matchesEtag(ifNoneMatch_, form.etag)) {
        status = 304;
        Reply unchanged;
        if (reply) unchanged.headers = reply->headers;
        unchanged.status = status;
        unchanged.cacheable = true; // its own Cache-Control follows
        head_ = replyHead(unchanged, edge_.settings.hsts, false, -1);
        head_ += "ETag: " + form.etag + "\r\nCache-Control: " + prepared.cacheControl + "\r\nVary: Accept-Encoding\r\n";
        buffers[0] = net::buffer(head_);
    } else {
        if (reply) head_ = replyHead(*reply, edge_.settings.hsts, false, -1);
        buffers[0] = net::buffer(reply ? head_ : edge_.okOpening);
        buffers[1] = net::buffer(form.fields);
        if (!isHead_) buffers[3] = net::buffer(body);
    }
    keepTail();
    buffers[2] = net::buffer(tail_);
    if (!sendNow(buffers)) co_await sendRest(buffers);
    logged(status);
}

Awaitable<void> Session::sendFile(const OpenFile& file) {
    std::uint64_t offset = 0;
    while (offset < file.size && !aborted_) {
        const std::size_t wanted = static_cast<std::size_t>(std::min<std::uint64_t>(filePiece, file.size - offset));
        ssize_t got = 0;
        const std::function<void()> work = [&] {
            decoded_.resize(wanted);
            got = ::pread(file.fd, decoded_.data(), wanted, static_cast<off_t>(offset));
        };
        const bool worked = co_await spool(work);
        if (!worked || got <= 0) { // shorter than promised: only cutting the connection tells the client
            log::error("file_cut_short", {{"number", static_cast<long long>(request_.number)}});
            abort();
            keepAlive_ = false;
            break;
        }
        offset += static_cast<std::uint64_t>(got);
        Buffers buffers{net::buffer(decoded_.data(), static_cast<std::size_t>(got))};
        if (!sendNow(buffers)) co_await sendRest(buffers);
    }
    decoded_ = std::string{};
}

/// Most replies fit into the socket's buffer: one system call and no trip through the loop.
bool Session::sendNow(Buffers& buffers) {
    ErrorCode error;
    const std::size_t size = socket_.write_some(buffers, error);
    sent_ += size;
    advance(buffers, size);
    if (error && error != net::error::would_block && error != net::error::try_again) {
        keepAlive_ = false;
        abort();
        return true;
    }
    return sizeOf(buffers) == 0;
}

Awaitable<void> Session::sendRest(Buffers& buffers) {
    Pace pace(edge_.settings.minBodyBytesPerSecond, edge_.settings.rateWindow);
    while (sizeOf(buffers) > 0 && !aborted_) {
        allow(Phase::writing, edge_.settings.writeTimeout);
        const auto asked = Steady::now();
        const auto [error, size] = co_await socket_.async_write_some(buffers, token);
        sent_ += size;
        advance(buffers, size);
        if (error || pace.tooSlow(size, Steady::now() - asked)) abort();
    }
    if (aborted_) keepAlive_ = false;
}
} // namespace hoering::http
