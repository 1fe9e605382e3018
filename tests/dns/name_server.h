// A name server for tests, on a port of its own of 127.0.0.1, UDP and TCP. It knows nothing: the first label of a name
// says what to answer.
// Not here: what is made of the answers (tests/dns/mail_domains_test.cpp).
#pragma once

#include <atomic>
#include <string>
#include <thread>

namespace hoering::testing {

/// mx: two exchangers, mail.NAME and mail2.NAME, which have addresses · lost: gone.NAME and nothing.NAME · half:
/// gone.NAME and mail.NAME · vague: gone.NAME and ill.NAME · null: one "." · address: only A · six: only AAAA ·
/// nothing: exists, without any of them · gone: NXDOMAIN · ill: SERVFAIL · no: REFUSED · silent: no answer · cut: too
/// long for UDP, whole over TCP · cutoff: too long for UDP, and TCP is closed without an answer · garbage: bytes that
/// are no answer
class NameServer {
  public:
    NameServer();
    ~NameServer();
    NameServer(const NameServer&) = delete;
    std::string address() const { return "127.0.0.1:" + std::to_string(port_); }
    int questions() const { return questions_; }

  private:
    void serve();
    void serveTcp();
    std::string answerTo(const std::string& question, bool tcp);

    int udp_ = -1, tcp_ = -1, port_ = 0;
    int stop_[2] = {-1, -1};
    std::atomic<int> questions_{0};
    std::thread thread_;
};

} // namespace hoering::testing
