#include "smtp/mail_servers.h"

#include <thread>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <gtest/gtest.h>

namespace hoering::smtp {
namespace {

using nlohmann::json;

sockaddr_in loopback(int port) {
    sockaddr_in a{};
    a.sin_family = AF_INET;
    a.sin_port = htons(static_cast<std::uint16_t>(port));
    a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return a;
}

bool accepts(int port) {
    const int fd = ::socket(AF_INET, SOCK_STREAM, 0);
    const auto address = loopback(port);
    const bool yes = ::connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
    ::close(fd);
    return yes;
}

} // namespace

SmtpSettings settingsFor(int port, TlsMode tls) {
    SmtpSettings s;
    s.host = "127.0.0.1";
    s.port = static_cast<unsigned short>(port);
    s.tls = tls;
    s.helloName = "kommune.example.dk";
    s.connectSeconds = 20;
    s.totalSeconds = 40;
    return s;
}

Delivery deliver(const SmtpSettings& settings, std::string bytes) {
    return makeSmtpPostman(settings)->deliver({"from@example.dk", "to@example.dk", std::move(bytes), "x"});
}

int freePort() {
    const int fd = ::socket(AF_INET, SOCK_STREAM, 0);
    auto address = loopback(0);
    socklen_t size = sizeof address;
    ::bind(fd, reinterpret_cast<sockaddr*>(&address), size);
    ::getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size);
    ::close(fd);
    return ntohs(address.sin_port);
}

Sink::Sink(const std::vector<std::string>& options) : port_(freePort()) {
    std::vector<std::string> command = {"/usr/sbin/smtp-sink"};
    if (::geteuid() == 0) command.insert(command.end(), {"-u", "nobody"});
    command.insert(command.end(), options.begin(), options.end());
    command.insert(command.end(), {"127.0.0.1:" + std::to_string(port_), "16"});
    process_ = std::make_unique<ChildProcess>(command);
    while (process_->isRunning() && !accepts(port_)) std::this_thread::yield();
    EXPECT_TRUE(process_->isRunning()) << "smtp-sink is in the package postfix";
}

NodeServer::NodeServer(std::vector<std::string> options, const std::string& script) {
    options.insert(options.begin(), {"node", sourcePath(script), "0"});
    options.emplace_back("--commands");
    process_ = std::make_unique<ChildProcess>(options);
    const auto ready = next();
    EXPECT_EQ(ready.value("event", ""), "listening") << "npm packages: npm ci in tests/browser";
    port = ready.value("port", 0);
}

json NodeServer::next() {
    auto line = process_->readLine();
    return line ? json::parse(*line, nullptr, false) : json();
}

json NodeServer::message() {
    for (auto event = next(); event.is_object(); event = next()) {
        if (event["event"] == "message") return event;
        if (event["event"] == "command") commands.push_back(event["name"]);
    }
    return json();
}

std::vector<std::string> NodeServer::commandsSoFar(const SmtpSettings& good) {
    EXPECT_EQ(deliver(good, "Subject: marker\r\n\r\nx\r\n").outcome, Outcome::sent);
    const auto marker = message();
    EXPECT_TRUE(marker.is_object());
    // The marker's own conversation starts at the last greeting outside TLS.
    std::size_t last = commands.size();
    while (last > 0 && commands[last - 1] != "EHLO") --last;
    return {commands.begin(), commands.begin() + static_cast<std::ptrdiff_t>(last == 0 ? 0 : last - 1)};
}

} // namespace hoering::smtp
