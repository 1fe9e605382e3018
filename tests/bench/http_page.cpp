// What one 20 KB page from memory costs our server, next to a bare Beast server sending the same bytes.
// Both run in a child process each, the same load (64 keep-alive connections) is put on them in turn, and each one's
// own CPU time (user + system, from its process clock) is divided by the requests.
//   bench_http_page [rounds=7] [requests=40000]
#include <algorithm>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>

#include "bench/load_client.h"
#include "common/crypto.h"
#include "common/log.h"
#include "http/server.h"

namespace {

namespace beast = boost::beast;
namespace net = boost::asio;
using Tcp = net::ip::tcp;

constexpr std::size_t pageBytes = 20 * 1024;
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
    bench::tellPort(reportPort, port);
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
    bench::tellPort(reportPort, port);
    ::pause();
}

} // namespace

int main(int argc, char** argv) {
    const int rounds = argc > 1 ? std::atoi(argv[1]) : 7;
    const int requests = argc > 2 ? std::atoi(argv[2]) : 40'000;
    const std::string log = "/tmp/bench_http_page.log";
    const bench::Child bare = bench::startChild(runBare, log), ours = bench::startChild(runOurs, log);
    const auto load = [](unsigned short port, int total) {
        return bench::put({port, 64, total, [](int) { return request; }, "200"}).seconds;
    };
    load(bare.port, requests / 4); // warm
    load(ours.port, requests / 4);
    std::vector<double> ratios, bareCosts, ourCosts;
    std::printf("%-6s %14s %14s %12s %12s %7s\n", "round", "bare us/req", "ours us/req", "bare req/s", "ours req/s",
                "ratio");
    auto measure = [&](const bench::Child& child, double& rate) {
        const double before = bench::cpuSeconds(child.pid);
        rate = requests / load(child.port, requests);
        return (bench::cpuSeconds(child.pid) - before) / requests * 1e6;
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
    bench::endChild(bare);
    bench::endChild(ours);
    const auto [low, high] = std::minmax_element(ratios.begin(), ratios.end());
    std::printf("median: bare %.2f us, ours %.2f us; ratio median %.3f (min %.3f, max %.3f), target <= 1.5\n",
                bench::median(bareCosts), bench::median(ourCosts), bench::median(ratios), *low, *high);
    return 0;
}
