// What one 20 KB page from memory costs our server, next to a bare Beast server sending the same bytes.
// Both run in a child process each, the same load (64 keep-alive connections) is put on them in turn, and each one's
// own CPU time (user + system, from its process clock) is divided by the requests.
//   bench_http_page [rounds=7] [requests=40000]
#include <algorithm>
#include <arpa/inet.h>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <functional>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "common/crypto.h"
#include "common/log.h"
#include "http/server.h"

namespace {

namespace beast = boost::beast;
namespace net = boost::asio;
using Tcp = net::ip::tcp;

constexpr std::size_t pageBytes = 20 * 1024;
constexpr int connections = 64;
const std::string request = "GET /page HTTP/1.1\r\nHost: bench.test\r\nUser-Agent: Mozilla/5.0 (X11; Linux x86_64)\r\n"
                            "Accept: text/html,application/xhtml+xml\r\nAccept-Language: da,en;q=0.5\r\n"
                            "Accept-Encoding: identity\r\nConnection: keep-alive\r\n\r\n";

std::string page() { return std::string(pageBytes, 'x'); }

// --- the bare one: Beast's own awaitable example (http_server_awaitable), one thread, body not copied ---------------

net::awaitable<void> bareSession(beast::tcp_stream stream, const std::string& body) {
    beast::flat_buffer buffer;
    try {
        while (true) {
            stream.expires_after(std::chrono::seconds(30));
            beast::http::request<beast::http::string_body> got;
            co_await beast::http::async_read(stream, buffer, got, net::use_awaitable);
            beast::http::response<beast::http::span_body<const char>> answer{beast::http::status::ok, got.version()};
            answer.set(beast::http::field::content_type, "text/html; charset=utf-8");
            answer.keep_alive(got.keep_alive());
            answer.body() = {body.data(), body.size()};
            answer.prepare_payload();
            co_await beast::http::async_write(stream, answer, net::use_awaitable);
            if (!answer.keep_alive()) break;
        }
    } catch (const std::exception&) { // the client left
    }
}

net::awaitable<void> bareAccept(Tcp::acceptor& acceptor, const std::string& body) {
    while (true) {
        Tcp::socket socket = co_await acceptor.async_accept(net::use_awaitable);
        socket.set_option(Tcp::no_delay(true));
        auto session = bareSession(beast::tcp_stream(std::move(socket)), body);
        net::co_spawn(acceptor.get_executor(), std::move(session), net::detached);
    }
}

void runBare(int reportPort) {
    net::io_context context{1};
    Tcp::acceptor acceptor(context, {net::ip::make_address("127.0.0.1"), 0});
    const unsigned short port = acceptor.local_endpoint().port();
    const std::string body = page();
    if (::write(reportPort, &port, sizeof port) != sizeof port) std::exit(1);
    net::co_spawn(context, bareAccept(acceptor, body), net::detached);
    context.run();
}

void runOurs(int reportPort) {
    using namespace hoering;
    initCrypto();
    const auto prepared =
        http::prepare(page(), "text/html; charset=utf-8", "public, max-age=0, must-revalidate", false);
    http::ServerSettings settings;
    settings.port = 0;
    settings.hosts = {"bench.test"};
    http::Program program;
    program.fromMemory = [&](const http::Request& r) { return r.path == "/page" ? prepared : nullptr; };
    program.handle = [](http::Request&&) { return http::Reply::text("", 404); };
    http::Server server(settings, program);
    server.start();
    const unsigned short port = server.port();
    if (::write(reportPort, &port, sizeof port) != sizeof port) std::exit(1);
    ::pause();
}

// --- measuring
// --------------------------------------------------------------------------------------------------------

struct Child {
    pid_t pid = 0;
    unsigned short port = 0;
};

Child startChild(const std::function<void(int)>& run) {
    int pipes[2];
    if (::pipe(pipes) != 0) std::exit(1);
    Child child;
    child.pid = ::fork();
    if (child.pid == 0) {
        ::close(pipes[0]);
        const int log = ::open("/tmp/bench_http_page.log", O_WRONLY | O_CREAT | O_TRUNC, 0600);
        if (log >= 0) ::dup2(log, 2); // request lines go to a file, as in production to the journal
        run(pipes[1]);
        std::exit(0);
    }
    ::close(pipes[1]);
    if (::read(pipes[0], &child.port, sizeof child.port) != sizeof child.port) std::exit(1);
    ::close(pipes[0]);
    return child;
}

/// Seconds of CPU, user and system, that all threads of the process have used.
double cpuSeconds(pid_t pid) {
    clockid_t clock;
    timespec used{};
    if (::clock_getcpuclockid(pid, &clock) != 0 || ::clock_gettime(clock, &used) != 0) std::exit(1);
    return static_cast<double>(used.tv_sec) + static_cast<double>(used.tv_nsec) * 1e-9;
}

struct Connection {
    int fd = -1;
    std::size_t expected = 0, got = 0; // bytes of the answer being read; expected 0: head not complete
    std::string head;
};

/// Sends `total` requests, each connection its next one when it has the whole answer. Returns seconds.
double load(unsigned short port, int total) {
    const int poll = ::epoll_create1(0);
    std::vector<Connection> all(connections);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int sent = 0, answered = 0;
    auto ask = [&](Connection& c) {
        if (sent == total) return;
        ++sent;
        c.expected = c.got = 0;
        c.head.clear();
        if (::send(c.fd, request.data(), request.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(request.size()))
            std::exit(2);
    };
    timespec begin{}, end{};
    ::clock_gettime(CLOCK_MONOTONIC, &begin);
    for (Connection& c : all) {
        c.fd = ::socket(AF_INET, SOCK_STREAM, 0);
        if (::connect(c.fd, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) std::exit(2);
        const int yes = 1;
        ::setsockopt(c.fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
        epoll_event event{};
        event.events = EPOLLIN;
        event.data.ptr = &c;
        ::epoll_ctl(poll, EPOLL_CTL_ADD, c.fd, &event);
        ask(c);
    }
    static char bytes[256 * 1024];
    epoll_event events[connections];
    while (answered < total) {
        const int n = ::epoll_wait(poll, events, connections, 10'000);
        if (n <= 0) std::exit(3);
        for (int i = 0; i < n; ++i) {
            auto& c = *static_cast<Connection*>(events[i].data.ptr);
            const ssize_t got = ::recv(c.fd, bytes, sizeof bytes, MSG_DONTWAIT);
            if (got <= 0) std::exit(4);
            c.got += static_cast<std::size_t>(got);
            if (c.expected == 0) {
                c.head.append(bytes, static_cast<std::size_t>(got));
                const std::size_t headEnd = c.head.find("\r\n\r\n");
                if (headEnd == std::string::npos) continue;
                if (c.head.compare(0, 12, "HTTP/1.1 200") != 0) std::exit(5);
                c.expected = headEnd + 4 + pageBytes;
            }
            if (c.got < c.expected) continue;
            ++answered;
            ask(c);
        }
    }
    ::clock_gettime(CLOCK_MONOTONIC, &end);
    for (Connection& c : all) ::close(c.fd);
    ::close(poll);
    return static_cast<double>(end.tv_sec - begin.tv_sec) + static_cast<double>(end.tv_nsec - begin.tv_nsec) * 1e-9;
}

double median(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    const std::size_t half = values.size() / 2;
    return values.size() % 2 ? values[half] : (values[half - 1] + values[half]) / 2;
}

} // namespace

int main(int argc, char** argv) {
    const int rounds = argc > 1 ? std::atoi(argv[1]) : 7;
    const int requests = argc > 2 ? std::atoi(argv[2]) : 40'000;
    const Child bare = startChild(runBare);
    const Child ours = startChild(runOurs);
    load(bare.port, requests / 4); // warm
    load(ours.port, requests / 4);
    std::vector<double> ratios, bareCosts, ourCosts;
    std::printf("%-6s %14s %14s %12s %12s %7s\n", "round", "bare us/req", "ours us/req", "bare req/s", "ours req/s",
                "ratio");
    auto measure = [&](const Child& child, double& rate) {
        const double before = cpuSeconds(child.pid);
        rate = requests / load(child.port, requests);
        return (cpuSeconds(child.pid) - before) / requests * 1e6;
    };
    for (int round = 0; round < rounds; ++round) {
        double bareRate = 0, ourRate = 0, bareCost = 0, ourCost = 0;
        if (round % 2 == 0) { // who goes first changes, so that drift hits both alike
            bareCost = measure(bare, bareRate);
            ourCost = measure(ours, ourRate);
        } else {
            ourCost = measure(ours, ourRate);
            bareCost = measure(bare, bareRate);
        }
        bareCosts.push_back(bareCost);
        ourCosts.push_back(ourCost);
        ratios.push_back(ourCost / bareCost);
        std::printf("%-6d %14.2f %14.2f %12.0f %12.0f %7.3f\n", round + 1, bareCost, ourCost, bareRate, ourRate,
                    ratios.back());
    }
    ::kill(bare.pid, SIGTERM);
    ::kill(ours.pid, SIGTERM);
    ::waitpid(bare.pid, nullptr, 0);
    ::waitpid(ours.pid, nullptr, 0);
    const auto [low, high] = std::minmax_element(ratios.begin(), ratios.end());
    std::printf("median: bare %.2f us, ours %.2f us; ratio median %.3f (min %.3f, max %.3f), target <= 1.5\n",
                median(bareCosts), median(ourCosts), median(ratios), *low, *high);
    return 0;
}
