#include "support/raw_client.h"

#include <arpa/inet.h>
#include <cerrno>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdexcept>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "common/strings.h"

namespace hoering::testing {

std::string RawAnswer::header(std::string_view name) const {
    for (const auto& [key, value] : headers)
        if (key == name) return value;
    return {};
}

std::size_t RawAnswer::count(std::string_view name) const {
    std::size_t n = 0;
    for (const auto& [key, value] : headers) n += key == name ? 1 : 0;
    return n;
}

RawClient::RawClient(unsigned short port, int receiveBuffer) : fd_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    timeval patience{20, 0};
    ::setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    const int yes = 1;
    ::setsockopt(fd_, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    if (receiveBuffer > 0) ::setsockopt(fd_, SOL_SOCKET, SO_RCVBUF, &receiveBuffer, sizeof receiveBuffer);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(fd_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
        ::close(fd_);
        throw std::runtime_error("cannot connect");
    }
}

RawClient::~RawClient() {
    if (fd_ >= 0) ::close(fd_);
}

bool RawClient::send(std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t n = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (n <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(n));
    }
    return true;
}

bool RawClient::hears(std::chrono::milliseconds patience) {
    pollfd watched{fd_, POLLIN, 0};
    return !held_.empty() || ::poll(&watched, 1, static_cast<int>(patience.count())) > 0;
}

void RawClient::endSending() { ::shutdown(fd_, SHUT_WR); }

bool RawClient::more() {
    char piece[65536];
    const ssize_t n = ::recv(fd_, piece, sizeof piece, 0);
    if (n <= 0) return false;
    held_.append(piece, static_cast<std::size_t>(n));
    return true;
}

RawAnswer RawClient::read(bool toHead) {
    RawAnswer answer;
    std::size_t end;
    while ((end = held_.find("\r\n\r\n")) == std::string::npos)
        if (!more()) return answer;
    answer.head = held_.substr(0, end + 4);
    held_.erase(0, end + 4);
    bool first = true;
    for (std::string_view line : split(std::string_view(answer.head).substr(0, end), '\n')) {
        const std::size_t colon = line.find(':');
        if (!first && colon != std::string_view::npos)
            answer.headers.emplace_back(lowerAscii(line.substr(0, colon)), trim(line.substr(colon + 1)));
        first = false;
    }
    const int status = std::stoi(answer.head.substr(9, 3));
    std::size_t length = 0;
    if (!answer.header("content-length").empty()) length = std::stoul(answer.header("content-length"));
    if (toHead || status == 304 || status == 204 || status == 100) length = 0;
    while (held_.size() < length)
        if (!more()) return answer; // cut short: status stays 0
    answer.body = held_.substr(0, length);
    held_.erase(0, length);
    answer.status = status;
    return answer;
}

bool RawClient::closed() {
    if (!held_.empty()) return false;
    char byte;
    const ssize_t n = ::recv(fd_, &byte, 1, 0);
    return n == 0 || (n < 0 && errno == ECONNRESET);
}

RawAnswer RawClient::ask(std::string_view bytes, bool toHead) {
    send(bytes);
    return read(toHead);
}

} // namespace hoering::testing
