// What was said during one SMTP transaction, and what that means for the mail. Plain values: no socket, no libcurl.
// Not here: the transfer (server/smtp/smtp_postman).
#pragma once

#include <string>
#include <string_view>

#include "smtp/postman.h"

namespace hoering::smtp {

class Transcript {
  public:
    /// A command as sent, with or without its CRLF. Its arguments are not kept (AUTH holds a password).
    void sent(std::string_view command);
    /// Bytes from the server, in pieces of any size.
    void received(std::string_view bytes);
    /// The last byte of the message was handed to the transport: from now on the server may have it whole.
    void handedOver() { handedOver_ = true; }

    /// Code of the last complete reply, 0 if none. Replies to QUIT do not count.
    int code() const { return code_; }
    /// The last line received before QUIT: printable ASCII, at most 300 characters.
    const std::string& reply() const { return reply_; }

    /// What became of the mail when the transfer ended, `ok` = the transport saw no fault. RFC 5321 4.2, and:
    /// without a final reply after the message the mail may have been delivered (unknown); 5xx before MAIL (greeting,
    /// EHLO, STARTTLS, AUTH) and RFC 4954's "authenticate first" codes are our configuration, not the recipient's no.
    Outcome outcome(bool ok) const;
    /// The server takes no further mail over this connection: it left before it said anything about this one, or says
    /// that it leaves (421, RFC 5321 3.8), or "not now" before it has heard the recipient.
    bool wantsNewConnection() const {
        return !goAhead_ && (code_ == 0 || code_ == 421 || (code_ / 100 == 4 && !recipient_));
    }
    /// The transfer failed before anything was said about this mail, or the server wants a sign-in it did not get.
    bool serverAway(bool ok) const;

  private:
    enum class Stage { opening, envelope, message, over };
    void endLine();

    Stage stage_ = Stage::opening;
    bool recipient_ = false, handedOver_ = false, goAhead_ = false; // RCPT was sent; 354 was seen
    int code_ = 0;
    std::string line_, reply_;
};

/// Text from outside on one line: printable ASCII, the rest as '?', at most 300 characters.
std::string printableLine(std::string_view text);

/// Whether bytes may be sent as an SMTP message: not empty, CRLF the only line break, no NUL, no line over 998. A bare
/// CR or LF is how a message smuggles commands into a server that takes it for a line break (CVE-2023-51764).
bool isWireSafe(std::string_view bytes);

} // namespace hoering::smtp
