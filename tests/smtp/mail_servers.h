// Mail servers that are other programs, started for a test and ended with it, and how the postman is told of them.
// Not here: what they are asked for (smtp_postman_test.cpp, smtp_tls_test.cpp), starting programs (child_process.h).
#pragma once

#include <memory>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "smtp/child_process.h"
#include "smtp/postman.h"

namespace hoering::smtp {

inline const std::string plainMail = "Subject: x\r\n\r\nText\r\n";

SmtpSettings settingsFor(int port, TlsMode tls = TlsMode::none);
/// Brings one mail to to@example.dk.
Delivery deliver(const SmtpSettings& settings, std::string bytes = plainMail);

/// A port that was free a moment ago.
int freePort();

/// smtp-sink with options, ready to be spoken to.
class Sink {
  public:
    explicit Sink(const std::vector<std::string>& options);
    int port() const { return port_; }

  private:
    int port_;
    std::unique_ptr<ChildProcess> process_;
};

/// One of the mail servers written for node, ready to be spoken to.
class NodeServer {
  public:
    explicit NodeServer(std::vector<std::string> options = {},
                        const std::string& script = "tests/smtp/fake_server.mjs");
    /// The next event; null when there is none.
    nlohmann::json next();
    /// The next message, and in `commands` what was said since.
    nlohmann::json message();
    /// Everything said up to now: a plain mail marks the end, its own commands are not counted.
    std::vector<std::string> commandsSoFar(const SmtpSettings& good);

    int port = 0;
    std::vector<std::string> commands;

  private:
    std::unique_ptr<ChildProcess> process_;
};

} // namespace hoering::smtp
