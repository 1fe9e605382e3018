// A letter as RFC 5322 bytes. Not here: sending (server/smtp/postman), the words (server/text), the single encodings
// (server/smtp/encodings), what an address is (common/mail_address).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "common/clock.h"
#include "common/mail_address.h"
#include "common/result.h"

namespace hoering::smtp {

struct Mailbox {
    std::string name;    // any UTF-8 without CR, LF, NUL
    std::string address; // isMailAddress
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
    std::string calendar; // an iCalendar object (RFC 5545), "" for none
    std::string language; // Content-Language (RFC 3282), "da" or "en"; "" for none
};

/// RFC 5322/2045/2047/2231: CRLF, header lines <= 78 where an address or Message-ID allows it and always <= 998, Date
/// in UTC, Message-ID, Auto-Submitted: auto-generated (RFC 3834), multipart/alternative when there is html,
/// multipart/mixed around it when there are attachments. A calendar is attached as "hoering.ics"; one that asks
/// something of the reader's calendar (METHOD REQUEST, CANCEL …; RFC 5546) also stands among the alternatives, where
/// mail readers look for it (RFC 6047 2.4). One that only tells (PUBLISH) does not: Outlook shows such a mail without
/// its text. Bodies are quoted-printable or base64, whichever is shorter; their line breaks (LF, CRLF, CR) become CRLF,
/// the last line has one too. Same input, same bytes: boundaries come from the Message-ID. Error (ErrorKind::invalid,
/// key "error.mail.header", field = the part to blame) if a header would hold CR, LF or NUL, if an address, Message-ID,
/// content type, language or METHOD is not one, or if a name or text is not UTF-8.
Result<std::string> toBytes(const Message& message);

} // namespace hoering::smtp
