// Reading a mail that came back: a delivery report (RFC 3464) or what some servers send instead. The only room with
// GMime; nothing of GMime leaves it. It runs in the process of `hoering bounce`, never in the service: what comes from
// outside is taken apart there, and only the few facts below go on.
// Not here: what follows from it (server/usecases/record_bounce), reading it in (server/cli/bounce).
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace hoering::bounces {

/// Everything is one line of UTF-8 without control characters.
struct ReturnedMail {
    std::vector<std::string> messageIds; // that the mail sent may have had, "key@domain"; the likeliest first, <= 40
    std::string action = "failed";       // failed, delayed, delivered, relayed, expanded (RFC 3464 2.3.3)
    std::string status;                  // "5.1.1" (RFC 3463), "" if none is named
    std::string diagnostic;              // the refusing server's words, at most 300 characters; "" if none
    std::string recipient;               // whom it did not reach, "" if none is named
    std::string fingerprint;             // SHA-256 of the message, hex
};

enum class Verdict {
    returned,       // a mail came back, or a report on its way
    automaticReply, // out of office, a read receipt: nothing came back
    otherMail,      // somebody wrote
    nonsense,       // no mail at all
};
struct Reading {
    Verdict verdict = Verdict::nonsense;
    ReturnedMail mail; // when `returned`
};

/// The message as a mail server hands it over; a leading "From " line (mbox) is passed over. Whatever the bytes are, it
/// ends in time linear in them and throws nothing but std::bad_alloc.
Reading readReturnedMail(std::string_view bytes);

} // namespace hoering::bounces
