// Brings one finished mail to one recipient and says what became of it.
// Not here: when and how often (server/jobs/outbox_job), what a letter says (server/text, server/domain/letter.h).
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>

namespace hoering::smtp {

enum class Outcome {
    sent,     // the server accepted it (250 after DATA)
    tryLater, // surely not sent: 4xx, 421, no connection, TLS trouble
    refused,  // surely not sent, for good: 5xx
    unknown,  // may have been delivered: the connection broke after the message was handed over
};

struct Delivery {
    Outcome outcome = Outcome::tryLater;
    int code = 0;       // last SMTP code, 0 if none
    std::string server; // host:port; "" where there is none
    std::string reply;  // last line of the server, or what went wrong; one line, printable
    /// With tryLater: it never came to this letter. Nobody there, TLS trouble, no greeting, AUTH refused, wrong
    /// settings.
    bool serverAway = false;
};

/// A finished message: `bytes` is RFC 5322 with CRLF, made by smtp/mime.
struct Envelope {
    std::string sender, recipient; // bare addresses
    std::string bytes;
    std::string fileName; // for the .eml postman: safe, unique
    /// Called once, when all but the end of the message is ready to leave: until it has returned, nobody can have the
    /// mail. If it throws, nothing is handed over (tryLater). Empty: nothing is asked.
    std::function<void()> beforeHandingOver = {};
};

class Postman {
  public:
    virtual ~Postman() = default;
    /// Blocks until the outcome is known. Never throws. Any thread, several at once.
    virtual Delivery deliver(const Envelope& envelope) = 0;
    /// There is nothing to bring for a while: lets go of what is only kept to be quicker.
    virtual void rest() {}
};

enum class TlsMode { startTls, tls, none }; // `none` only towards loopback

struct SmtpSettings {
    std::string host;
    unsigned short port = 25;
    TlsMode tls = TlsMode::startTls;
    std::string user, password; // "" for none
    std::string caFile;         // "" for the system's
    std::string helloName;      // EHLO name
    int connectSeconds = 10, totalSeconds = 60;
};
/// Connects, turns to TLS and signs in as for a mail, but sends none. `sent`: the server is ready for mail. Never
/// throws.
Delivery probe(const SmtpSettings& settings);
/// libcurl, one recipient a transaction; a connection carries mails as long as they come, one after the other.
std::unique_ptr<Postman> makeSmtpPostman(SmtpSettings settings);
/// Writes each mail as FOLDER/<fileName>.eml (temp, fsync, rename). For use without a mail server; the deliveries name
/// none, and no code.
std::unique_ptr<Postman> makeFolderPostman(std::filesystem::path folder);

} // namespace hoering::smtp
