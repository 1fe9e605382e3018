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

#include "common/log.h"
#include "common/strings.h"
#include "http/encoding.h"
#include "http/form.h"
#include "http/intake.h"
#include "http/multipart.h"
#include "http/reply_head.h"
#include "http/uploads.h"

// g++ 12 miscompiles owning temporaries inside co_await expressions: everything that owns is named first.

namespace hoering::http {
namespace {

constexpr auto token = net::as_tuple_t<net::use_awaitable_t<Executor>>{};
using ErrorCode = boost::system::error_code;

constexpr std::size_t headLimit = 16 * 1024;
constexpr std::size_t headRoom = 4 * 1024;
constexpr std::size_t bodyRoom = 64 * 1024;
constexpr std::size_t uploadPiece = 64 * 1024; // handed to the spool at once
constexpr std::size_t filePiece = 256 * 1024;
constexpr std::size_t framingLimit = 32 * 1024; // of chunk extensions and trailers
constexpr int gone = -1;                        // the peer left: nobody to answer

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

bool wantsClose(const RawHead& head, const Request& request) {
    if (head.version != 11) return true;
    for (const auto& [name, value] : request.headers) {
        if (name != "connection") continue;
        for (std::string_view option : split(value, ','))
            if (lowerAscii(trim(option)) == "close") return true;
    }
    return false;
}

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

struct Session::OpenFile {
    explicit OpenFile(const std::filesystem::path& path) : fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC)) {
        struct stat status {};
        if (fd < 0 || ::fstat(fd, &status) != 0) {
            const int why = errno;
            if (fd >= 0) ::close(fd);
            throw std::system_error(why, std::generic_category(), "open file to send");
        }
        size = static_cast<std::uint64_t>(status.st_size);
    }
    OpenFile(const OpenFile&) = delete;
    OpenFile& operator=(const OpenFile&) = delete;
    ~OpenFile() { ::close(fd); }
    int fd;
    std::uint64_t size = 0;
};

/// What a worker and a session share; the session reads it when `done`, which only its own thread sets.
struct Session::Job {
    Request request;
    Reply reply;
    std::unique_ptr<OpenFile> file;
    bool done = false;
};

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

bool Session::tooSlow(std::uint64_t bytes, Steady::time_point since) const {
    const auto past = std::chrono::duration_cast<std::chrono::milliseconds>(Steady::now() - since);
    if (past <= edge_.settings.rateGrace) return false;
    const auto counted = static_cast<std::uint64_t>((past - edge_.settings.rateGrace).count());
    return bytes < counted * edge_.settings.minBodyBytesPerSecond / 1000;
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
    if (parser_.contentLength().value_or(0) > plan.limit) co_return 413;
    std::string boundary;
    const std::string_view type = request_.header("content-type");
    if (mediaType(type) == "multipart/form-data") {
        if (!plan.uploads) co_return 415;
        boundary = boundaryOf(type);
        if (boundary.empty()) co_return 400;
    }
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

Awaitable<int> Session::receive(const BodyPlan& plan, std::string_view boundary) {
    std::optional<FormReceiver> form;
    const FormLimits limits{plan.fileLimit, plan.files, plan.textLimit};
    if (!boundary.empty()) form.emplace(boundary, limits, edge_.settings.incoming);
    decoded_.clear();
    std::string& out = form ? decoded_ : request_.body;
    const auto since = Steady::now();
    std::uint64_t total = 0, raw = in_.view().size();
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
        const bool more = co_await readSome(bodyRoom);
        if (!more) co_return timedOut_ && !aborted_ ? 408 : gone;
        raw += in_.view().size() - held;
        if (tooSlow(raw, since)) co_return 408;
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

void Session::runHandler(Edge& edge, Job& job, const std::string& logPath) {
    const Request head = headOnly(job.request);
    auto failed = [&](const std::string& what) {
        edge.errors.fetch_add(1, std::memory_order_relaxed);
        log::error("request_failed",
                   {{"number", static_cast<long long>(head.number)}, {"path", logPath}, {"what", what}});
        job.reply = problemReply(edge, 500, head);
        job.file.reset();
    };
    try {
        bool fits = true;
        if (mediaType(head.header("content-type")) == "application/x-www-form-urlencoded")
            fits = parseUrlEncoded(job.request.body, job.request.form);
        if (fits) job.reply = edge.program.handle(std::move(job.request));
        else job.reply = problemReply(edge, 413, head);
        if (!job.reply.file.empty()) job.file = std::make_unique<OpenFile>(job.reply.file);
    } catch (const std::exception& error) {
        failed(error.what());
    } catch (...) {
        failed("not a std::exception");
    }
    job.request = Request{}; // uploads nobody adopted are deleted here, not on an io thread
}

Awaitable<void> Session::handle() {
    auto job = std::make_shared<Job>();
    job->request = std::move(request_);
    request_ = Request{};
    request_.number = job->request.number; // for the log
    request_.method = job->request.method;
    const std::weak_ptr<Session> self = weak_from_this();
    std::function<void()> work = [job, self, &edge = edge_, &loop = loop_, path = logPath_] {
        runHandler(edge, *job, path);
        auto back = [job, self] {
            job->done = true;
            if (const auto session = self.lock()) session->wake_.cancel();
        };
        net::post(loop.context, std::move(back));
    };
    if (edge_.workers.submit(std::move(work))) {
        co_await settled(job);
        if (!job->done) { // aborted: the handler goes on, but answers nobody
            keepAlive_ = false;
            co_return;
        }
    } else {
        edge_.busy.fetch_add(1, std::memory_order_relaxed);
        job->reply = problemReply(edge_, 503, job->request);
    }
    co_await answer(job->reply, job->file.get());
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
    const std::string& body = coding == Coding::brotli ? prepared.brotli
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
    const auto since = Steady::now();
    std::uint64_t written = 0;
    while (sizeOf(buffers) > 0 && !aborted_) {
        allow(Phase::writing, edge_.settings.writeTimeout);
        const auto [error, size] = co_await socket_.async_write_some(buffers, token);
        written += size;
        sent_ += size;
        advance(buffers, size);
        if (error || tooSlow(written, since)) abort();
    }
    if (aborted_) keepAlive_ = false;
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
