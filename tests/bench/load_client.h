// The load that measuring programs put on servers: keep-alive connections to 127.0.0.1 from one thread, each asking
// again as soon as it is answered; servers in child processes; their CPU time and that of their threads; medians.
// Not here: what is measured (the programs of this folder), clients that look at what they get (support/raw_client.h).
#pragma once

#include <algorithm>
#include <arpa/inet.h>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string>
#include <string_view>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <vector>

namespace bench {

[[noreturn]] inline void fail(const std::string& why) {
    std::fprintf(stderr, "bench: %s\n", why.c_str());
    std::_Exit(1);
}

struct Child {
    pid_t pid = 0;
    unsigned short port = 0;
};

/// Runs `serve` in a child process, its stderr in `log`. It writes its port to the file descriptor it is given and
/// serves until it is killed.
inline Child startChild(const std::function<void(int reportPort)>& serve, const std::string& log) {
    int pipes[2];
    if (::pipe(pipes) != 0) fail("no pipe");
    Child child;
    child.pid = ::fork();
    if (child.pid == 0) {
        ::close(pipes[0]);
        const int file = ::open(log.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
        if (file >= 0) ::dup2(file, 2); // request lines go to a file, as in production to the journal
        serve(pipes[1]);
        std::_Exit(0);
    }
    ::close(pipes[1]);
    if (::read(pipes[0], &child.port, sizeof child.port) != sizeof child.port)
        fail("a server did not start, see " + log);
    ::close(pipes[0]);
    return child;
}

inline void tellPort(int reportPort, unsigned short port) {
    if (::write(reportPort, &port, sizeof port) != sizeof port) std::_Exit(1);
}

/// One number to or from a child, through a pipe.
inline void say(int pipe, double value) {
    if (::write(pipe, &value, sizeof value) != sizeof value) std::_Exit(1);
}
inline double hear(int pipe) {
    double value = 0;
    if (::read(pipe, &value, sizeof value) != sizeof value) fail("the child ended, see its log");
    return value;
}

inline void endChild(const Child& child) {
    ::kill(child.pid, SIGTERM);
    ::waitpid(child.pid, nullptr, 0);
}

/// Seconds of CPU, user and system, that all threads of the process have used.
inline double cpuSeconds(pid_t pid) {
    clockid_t clock;
    timespec used{};
    if (::clock_getcpuclockid(pid, &clock) != 0 || ::clock_gettime(clock, &used) != 0) fail("no CPU clock");
    return static_cast<double>(used.tv_sec) + static_cast<double>(used.tv_nsec) * 1e-9;
}

/// Of threads: seconds on a processor, and ready to run while others were on it.
struct ThreadTime {
    double ran = 0, waited = 0;
};
/// Those of each thread of the process, by its name (threads of one name together).
inline std::map<std::string, ThreadTime> timeByThread(pid_t pid) {
    std::map<std::string, ThreadTime> spent;
    for (const auto& task : std::filesystem::directory_iterator("/proc/" + std::to_string(pid) + "/task")) {
        std::string name;
        double ran = 0, waited = 0; // ns
        std::getline(std::ifstream(task.path() / "comm"), name);
        std::ifstream(task.path() / "schedstat") >> ran >> waited;
        if (name.empty()) continue; // it ended meanwhile
        spent[name].ran += ran / 1e9;
        spent[name].waited += waited / 1e9;
    }
    return spent;
}

inline double secondsNow() {
    timespec now{};
    ::clock_gettime(CLOCK_MONOTONIC, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

struct Load {
    unsigned short port = 0;
    int connections = 64, total = 0;
    std::function<std::string(int connection)> next; // the bytes of its next request
    std::string status = "200";                      // what every answer must be
};
struct LoadResult {
    double seconds = 0;
    std::vector<double> latencies; // seconds, sorted
    double rate() const { return static_cast<double>(latencies.size()) / seconds; }
    double percentile(double p) const { return latencies[static_cast<std::size_t>(p * (latencies.size() - 1))]; }
};

/// Sends `total` requests over the connections and reads every answer whole. Ends the program if one is not as wanted.
inline LoadResult put(const Load& load) {
    struct Connection {
        int fd = -1, number = 0;
        std::string head;                  // until it is complete
        std::size_t expected = 0, got = 0; // bytes of the answer being read; expected 0: head not complete
        double asked = 0;
    };
    const int poll = ::epoll_create1(0);
    std::vector<Connection> all(static_cast<std::size_t>(load.connections));
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(load.port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    LoadResult result;
    result.latencies.reserve(static_cast<std::size_t>(load.total));
    int sent = 0;
    const auto ask = [&](Connection& c) {
        if (sent == load.total) return;
        ++sent;
        c.expected = c.got = 0;
        c.head.clear();
        const std::string request = load.next(c.number);
        c.asked = secondsNow();
        if (::send(c.fd, request.data(), request.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(request.size()))
            fail("sending");
    };
    const double begin = secondsNow();
    for (std::size_t n = 0; n < all.size(); ++n) {
        Connection& c = all[n];
        c.number = static_cast<int>(n);
        c.fd = ::socket(AF_INET, SOCK_STREAM, 0);
        if (::connect(c.fd, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) fail("connecting");
        const int yes = 1;
        ::setsockopt(c.fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
        epoll_event event{};
        event.events = EPOLLIN;
        event.data.ptr = &c;
        ::epoll_ctl(poll, EPOLL_CTL_ADD, c.fd, &event);
        ask(c);
    }
    static char bytes[256 * 1024];
    epoll_event events[64];
    while (static_cast<int>(result.latencies.size()) < load.total) {
        const int n = ::epoll_wait(poll, events, 64, 20'000);
        if (n <= 0) fail("no answer within 20 s");
        for (int i = 0; i < n; ++i) {
            auto& c = *static_cast<Connection*>(events[i].data.ptr);
            const ssize_t got = ::recv(c.fd, bytes, sizeof bytes, MSG_DONTWAIT);
            if (got <= 0) fail("a connection was closed");
            c.got += static_cast<std::size_t>(got);
            if (c.expected == 0) {
                c.head.append(bytes, static_cast<std::size_t>(got));
                const std::size_t end = c.head.find("\r\n\r\n");
                if (end == std::string::npos) continue;
                if (c.head.compare(9, 3, load.status) != 0) fail("an answer is not " + load.status + ":\n" + c.head);
                const std::size_t length = c.head.find("Content-Length: ");
                if (length == std::string::npos || length > end) fail("an answer has no length");
                c.expected = end + 4 + std::strtoul(c.head.c_str() + length + 16, nullptr, 10);
            }
            if (c.got < c.expected) continue;
            result.latencies.push_back(secondsNow() - c.asked);
            ask(c);
        }
    }
    result.seconds = secondsNow() - begin;
    for (const Connection& c : all) ::close(c.fd);
    ::close(poll);
    std::sort(result.latencies.begin(), result.latencies.end());
    return result;
}

inline double median(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    const std::size_t half = values.size() / 2;
    return values.size() % 2 ? values[half] : (values[half - 1] + values[half]) / 2;
}

} // namespace bench
