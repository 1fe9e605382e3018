#include "dns/name_server.h"

#include <arpa/inet.h>
#include <arpa/nameser.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <stdexcept>

namespace hoering::testing {

namespace {

sockaddr_in loopback(int port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

std::string number16(int value) { return {static_cast<char>(value >> 8 & 0xFF), static_cast<char>(value & 0xFF)}; }

/// A resource record for the name that was asked about (a pointer to it: RFC 1035 4.1.4).
std::string record(int type, const std::string& data) {
    return "\xC0\x0C" + number16(type) + number16(1) + std::string("\0\0\0\x3C", 4) +
           number16(static_cast<int>(data.size())) + data;
}

std::string exchanger(int preference, const std::string& host) { // host: its labels as on the wire
    return record(ns_t_mx, number16(preference) + host);
}

} // namespace

NameServer::NameServer() {
    // A port that is free for both.
    for (int tries = 0; tries < 50 && port_ == 0; ++tries) {
        udp_ = ::socket(AF_INET, SOCK_DGRAM, 0);
        tcp_ = ::socket(AF_INET, SOCK_STREAM, 0);
        auto address = loopback(0);
        socklen_t size = sizeof address;
        ::bind(udp_, reinterpret_cast<sockaddr*>(&address), size);
        ::getsockname(udp_, reinterpret_cast<sockaddr*>(&address), &size);
        if (::bind(tcp_, reinterpret_cast<sockaddr*>(&address), size) == 0 && ::listen(tcp_, 16) == 0) {
            port_ = ntohs(address.sin_port);
        } else {
            ::close(udp_);
            ::close(tcp_);
        }
    }
    if (port_ == 0 || ::pipe(stop_) != 0) throw std::runtime_error("no port for a name server");
    thread_ = std::thread([this] { serve(); });
}

NameServer::~NameServer() {
    ::close(stop_[1]);
    thread_.join();
    ::close(stop_[0]);
    ::close(udp_);
    ::close(tcp_);
}

std::string NameServer::answerTo(const std::string& question, bool tcp) {
    ++questions_;
    std::size_t end = 12;
    while (question.at(end) != '\0') end += 1 + static_cast<unsigned char>(question[end]);
    const int type = static_cast<unsigned char>(question.at(end + 2)); // below 256 all
    const std::string kind = question.substr(13, static_cast<unsigned char>(question[12]));
    const std::string asked = question.substr(12, end + 5 - 12);
    int code = 0, count = 0, flags = 0x8180; // an answer, recursion done
    std::string records;
    const auto add = [&](const std::string& one) {
        records += one;
        ++count;
    };
    if (kind == "silent") return "";
    if (kind == "garbage") return question.substr(0, 2) + "\x81\x80 what?";
    if (kind == "gone") code = 3;
    if (kind == "ill") code = 2;
    if (kind == "no") code = 5;
    if (!tcp && (kind == "cut" || kind == "cutoff")) flags |= 0x0200;
    else if (tcp && kind == "cutoff") return "";
    else if (type == ns_t_mx && (kind == "mx" || kind == "cut")) {
        add(exchanger(10, "\x04mail\xC0\x0C"));
        add(exchanger(20, "\x05mail2\xC0\x0C"));
    } else if (type == ns_t_mx && kind == "lost") {
        add(exchanger(10, "\x04gone\xC0\x0C"));
        add(exchanger(20, "\x07nothing\xC0\x0C"));
    } else if (type == ns_t_mx && kind == "half") {
        add(exchanger(10, "\x04gone\xC0\x0C"));
        add(exchanger(20, "\x04mail\xC0\x0C"));
    } else if (type == ns_t_mx && kind == "vague") {
        add(exchanger(10, "\x04gone\xC0\x0C"));
        add(exchanger(20, "\x03ill\xC0\x0C"));
    } else if (type == ns_t_a && (kind == "mail" || kind == "mail2")) add(record(ns_t_a, "\x7F\x01\x01\x01"));
    else if (type == ns_t_mx && kind == "null") add(exchanger(0, std::string(1, '\0')));
    else if (type == ns_t_a && kind == "address") add(record(ns_t_a, "\x7F\x01\x01\x01"));
    else if (type == ns_t_aaaa && kind == "six") add(record(ns_t_aaaa, std::string(15, '\x01') + "\x02"));
    return question.substr(0, 2) + number16(flags | code) + number16(1) + number16(count) + number16(0) + number16(0) +
           asked + records;
}

void NameServer::serve() {
    while (true) {
        pollfd polled[] = {{stop_[0], POLLIN, 0}, {udp_, POLLIN, 0}, {tcp_, POLLIN, 0}};
        ::poll(polled, 3, -1);
        if (polled[0].revents != 0) return;
        if (polled[1].revents != 0) {
            char bytes[1500];
            sockaddr_in from{};
            socklen_t size = sizeof from;
            const auto got = ::recvfrom(udp_, bytes, sizeof bytes, 0, reinterpret_cast<sockaddr*>(&from), &size);
            if (got <= 16) continue;
            const auto answer = answerTo(std::string(bytes, static_cast<std::size_t>(got)), false);
            if (!answer.empty())
                ::sendto(udp_, answer.data(), answer.size(), 0, reinterpret_cast<sockaddr*>(&from), size);
        }
        if (polled[2].revents != 0) serveTcp();
    }
}

/// One question, its length before it (RFC 1035 4.2.2).
void NameServer::serveTcp() {
    const int client = ::accept(tcp_, nullptr, nullptr);
    unsigned char length[2];
    std::string question;
    if (::recv(client, length, 2, MSG_WAITALL) == 2) {
        question.resize(static_cast<std::size_t>(length[0] << 8 | length[1]));
        const auto got = ::recv(client, question.data(), question.size(), MSG_WAITALL);
        const auto answer = got > 16 ? answerTo(question, true) : std::string();
        const auto whole = number16(static_cast<int>(answer.size())) + answer;
        if (!answer.empty()) ::send(client, whole.data(), whole.size(), MSG_NOSIGNAL);
    }
    ::close(client);
}

} // namespace hoering::testing
