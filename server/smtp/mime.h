// A letter as RFC 5322 bytes. Not here: sending (server/smtp/postman), the words.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "common/clock.h"
#include "common/result.h"

namespace hoering::smtp {

struct Mailbox {
    std::string name;    // any UTF-8 without CR, LF, NUL
    std::string address; // checked by isMailAddress
};

struct Attachment {
    std::string name, contentType, bytes;
};

struct Message {
    Mailbox from, to;
    Mailbox replyTo; // address "" for none
    std::string subject, text, html; // html "" for text only
    std::string messageId;           // without <>, "key@domain"
    std::vector<std::string> references; // Message-IDs without <>
    Instant date;
    std::vector<Attachment> attachments;
};

/// What the door takes as a mail address: one '@', ASCII local part and domain of at most 254 characters together, no
/// control characters, spaces, quotes, '<' or '>', a dot in the domain. (RFC 5321 4.1.2 narrowed to what arrives.)
bool isMailAddress(std::string_view address);

/// RFC 5322/2045/2047: CRLF, lines <= 998, Date, Message-ID, Auto-Submitted: auto-generated, multipart/alternative.
/// Same input, same bytes. Error (ErrorKind::invalid, key "error.mail.header") if a header would hold CR, LF or NUL
/// or an address is not one.
Result<std::string> toBytes(const Message& message);

} // namespace hoering::smtp
