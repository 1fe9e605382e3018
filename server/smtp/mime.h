// A letter as RFC 5322 bytes. Not here: sending (server/smtp/postman), the words (server/text), the single encodings
// (server/smtp/encodings).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "common/clock.h"
#include "common/result.h"

namespace hoering::smtp {

struct Mailbox {
    std::string name;    // any UTF-8 without CR, LF, NUL
    std::string address; // checked by isMailAddress
};

struct Attachment {
    std::string name, contentType, bytes; // contentType "application/pdf", parameters allowed; name "" is refused
};

struct Message {
    Mailbox from, to;
    Mailbox replyTo;                     // address "" for none
    std::string subject, text, html;     // html "" for text only
    std::string messageId;               // without <>, "key@domain"
    std::vector<std::string> references; // Message-IDs without <>, oldest first; the last is what this answers
    Instant date;
    std::vector<Attachment> attachments;
    std::string language; // Content-Language (RFC 3282), "da" or "en"; "" for none
};

/// What the door takes as a mail address: one '@', ASCII local part and domain of at most 254 characters together, no
/// control characters, spaces, quotes, '<' or '>', a dot in the domain. (RFC 5321 4.1.2 narrowed to what arrives: a
/// dot-atom of at most 64 characters, then labels of letters, digits and inner hyphens; no quoted local parts, no
/// address literals, no raw UTF-8: a Danish domain name is written in its xn-- form.)
bool isMailAddress(std::string_view address);

/// RFC 5322/2045/2047/2231: CRLF, header lines <= 78 where an address or Message-ID allows it and always <= 998, Date
/// in UTC, Message-ID, Auto-Submitted: auto-generated (RFC 3834), multipart/alternative when there is html,
/// multipart/mixed around it when there are attachments. Bodies are quoted-printable or base64, whichever is shorter;
/// their line breaks (LF, CRLF, CR) become CRLF, the last line has one too. Same input, same bytes: boundaries come
/// from the Message-ID. Error (ErrorKind::invalid, key "error.mail.header", field = the part to blame) if a header
/// would hold CR, LF or NUL, if an address, Message-ID, content type or language is not one, or if a name or text is
/// not UTF-8.
Result<std::string> toBytes(const Message& message);

} // namespace hoering::smtp
