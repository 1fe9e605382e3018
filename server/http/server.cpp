#include "http/server.h"

#include <algorithm>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <optional>
#include <system_error>
#include <thread>

#include "common/log.h"
#include "common/thread_rank.h"
#include "http/edge.h"
#include "http/reply_head.h"
#include "http/session.h"
#include "http/uploads.h"

namespace hoering::http {
namespace {

using ErrorCode = boost::system::error_code;

std::string addressText(const Tcp::endpoint& endpoint) {
    net::ip::address address = endpoint.address();
    if (address.is_v6() && address.to_v6().is_v4_mapped())
        address = net::ip::make_address_v4(net::ip::v4_mapped, address.to_v6());
    return address.to_string();
}

/// Often enough that a timeout is at most a quarter late, at most once a second.
std::chrono::milliseconds sweepPeriod(const ServerSettings& settings) {
    const auto shortest = std::min({settings.headerTimeout, settings.bodyTimeout, settings.writeTimeout,
                                    settings.idleTimeout, settings.drainTimeout});
    return std::clamp(shortest / 4, std::chrono::milliseconds(5), std::chrono::milliseconds(1000));
}

} // namespace

struct Server::Impl {
    Impl(ServerSettings settings, Program program) : edge(std::move(settings), std::move(program)) {}

    void bind();
    void accept();
    void accepted(const ErrorCode& error, Socket socket, Loop& loop);
    void turnAway(Socket socket);
    void onEachLoop(const std::function<void(Loop&)>& act);

    Edge edge;
    std::vector<std::shared_ptr<Loop>> loops;
    std::vector<net::executor_work_guard<Executor>> guards;
    std::vector<std::thread> threads;
    std::optional<Acceptor> acceptor;
    std::optional<Timer> acceptAgain;
    std::size_t nextLoop = 0;
    unsigned short boundPort = 0;
    bool running = false;
};

void Server::Impl::bind() {
    ErrorCode error;
    const auto address = net::ip::make_address(edge.settings.address, error);
    auto must = [&](const char* what) {
        if (error)
            throw std::system_error(error, std::string(what) + " " + edge.settings.address + ":" +
                                               std::to_string(edge.settings.port));
    };
    must("not an address:");
    const Tcp::endpoint endpoint(address, edge.settings.port);
    acceptor.emplace(loops.front()->context);
    acceptor->open(endpoint.protocol(), error);
    must("cannot open a socket for");
    acceptor->set_option(Acceptor::reuse_address(true), error);
    acceptor->bind(endpoint, error);
    must("cannot bind");
    acceptor->listen(Acceptor::max_listen_connections, error);
    must("cannot listen on");
    boundPort = acceptor->local_endpoint().port();
    acceptAgain.emplace(loops.front()->context);
}

void Server::Impl::accept() {
    Loop& loop = *loops[nextLoop++ % loops.size()];
    acceptor->async_accept(loop.context.get_executor(), [this, &loop](const ErrorCode& error, Socket socket) {
        accepted(error, std::move(socket), loop);
    });
}

void Server::Impl::accepted(const ErrorCode& error, Socket socket, Loop& loop) {
    if (edge.stopping.load() || error == net::error::operation_aborted) return;
    if (error) { // out of descriptors, or the peer left: neither may end the server or spin it
        log::warn("accept_failed", {{"what", error.message()}});
        acceptAgain->expires_after(std::chrono::milliseconds(100));
        acceptAgain->async_wait([this](const ErrorCode& stopped) {
            if (!stopped && !edge.stopping.load()) accept();
        });
        return;
    }
    ErrorCode left;
    const auto endpoint = socket.remote_endpoint(left);
    if (!left) {
        std::string peer = addressText(endpoint);
        const auto& proxies = edge.settings.trustedProxies;
        const bool proxy = std::find(proxies.begin(), proxies.end(), peer) != proxies.end();
        if (edge.guests.enter(peer, edge.settings.connections, proxy ? 0 : edge.settings.connectionsPerAddress)) {
            auto session = std::make_shared<Session>(edge, loop, std::move(socket), std::move(peer));
            net::post(loop.context, [session = std::move(session)] { session->start(); });
        } else {
            turnAway(std::move(socket));
        }
    }
    accept();
}

/// Over a cap: the shortest answer, as far as it goes without waiting.
void Server::Impl::turnAway(Socket socket) {
    edge.refused.fetch_add(1);
    edge.busy.fetch_add(1);
    ErrorCode ignored;
    socket.non_blocking(true, ignored);
    char unread[4096]; // what came already would turn the close into a reset
    socket.read_some(net::buffer(unread), ignored);
    const std::string reply = statusLine(503) + securityHeaders(edge.settings.hsts) +
                              "Cache-Control: no-store\r\nRetry-After: 2\r\nContent-Length: 0\r\n"
                              "Connection: close\r\n\r\n";
    socket.write_some(net::buffer(reply), ignored);
    socket.shutdown(Socket::shutdown_send, ignored);
    socket.close(ignored);
}

void Server::Impl::onEachLoop(const std::function<void(Loop&)>& act) {
    for (auto& loop : loops) net::post(loop->context, [act, &loop = *loop] { act(loop); });
}

Server::Server(ServerSettings settings, Program program)
    : impl_(std::make_unique<Impl>(std::move(settings), std::move(program))) {}

Server::~Server() { stop(std::chrono::milliseconds(0)); }

void Server::bind() {
    const ServerSettings& settings = impl_->edge.settings;
    if (!settings.incoming.empty()) {
        std::filesystem::create_directories(settings.incoming);
        sweepIncoming(settings.incoming);
    }
    const auto period = sweepPeriod(settings);
    for (std::size_t i = 0; i < std::max<std::size_t>(1, settings.ioThreads); ++i)
        impl_->loops.push_back(std::make_shared<Loop>(period));
    try {
        impl_->bind();
    } catch (...) {
        impl_->acceptor.reset();
        impl_->loops.clear();
        throw;
    }
}

void Server::start() {
    if (impl_->loops.empty()) bind();
    impl_->running = true;
    impl_->accept();
    for (auto& loop : impl_->loops) {
        impl_->guards.emplace_back(loop->context.get_executor());
        loop->sweep();
    }
    for (auto& loop : impl_->loops) {
        auto& thread = impl_->threads.emplace_back([&context = loop->context] {
            goFirst();
            context.run();
        });
        pthread_setname_np(thread.native_handle(), "http-io");
    }
}

unsigned short Server::port() const { return impl_->boundPort; }

void Server::stop(std::chrono::milliseconds patience) {
    Impl& impl = *impl_;
    if (!impl.running) return;
    impl.running = false;
    impl.edge.stopping.store(true);
    net::post(impl.loops.front()->context, [&impl] {
        ErrorCode ignored;
        impl.acceptor->close(ignored);
        impl.acceptAgain->cancel();
    });
    impl.onEachLoop([](Loop& loop) {
        for (Session* session : loop.sessions) session->closeIfIdle();
    });
    if (!impl.edge.guests.waitUntilEmpty(patience)) {
        log::warn("connections_cut", {{"open", static_cast<long long>(impl.edge.guests.count())}});
        impl.onEachLoop([](Loop& loop) {
            for (Session* session : loop.sessions) session->abort();
        });
        impl.edge.guests.waitUntilEmpty();
    }
    impl.onEachLoop([](Loop& loop) {
        loop.ending = true;
        loop.sweeper.cancel();
    });
    impl.guards.clear();
    for (auto& thread : impl.threads) thread.join();
    impl.threads.clear();
    impl.edge.workers.stop();
    impl.edge.spool.stop();
    impl.acceptAgain.reset();
    impl.acceptor.reset();
    impl.loops.clear();
}

Counters Server::counters() const {
    const Edge& edge = impl_->edge;
    Counters counters;
    counters.requests = edge.requests.load();
    counters.refused = edge.refused.load();
    counters.busy = edge.busy.load();
    counters.errors = edge.errors.load();
    counters.open = edge.guests.count();
    counters.queued = edge.workers.waiting();
    for (std::size_t i = 0; i < 6; ++i) counters.byStatusClass[i] = edge.byStatusClass[i].load();
    return counters;
}

} // namespace hoering::http
