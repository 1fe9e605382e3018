// hoering bounce: a mail server hands over a mail that came back. Exit codes are those of sysexits.h, which mail
// servers read: 75 to be asked again later, 65 for what will never be a returned mail.
#include <sysexits.h>

#include <fstream>
#include <iostream>

#include "bounces/returned_mail.h"
#include "cli/acts.h"
#include "cli/commands.h"
#include "cli/service_request.h"

namespace hoering::cli {
namespace {

constexpr std::size_t mostBytes = 10 * 1024 * 1024;

/// At most one byte more than is taken; nothing if reading failed.
std::optional<std::string> readMail(std::istream& in) {
    std::string bytes;
    char piece[64 * 1024];
    while (bytes.size() <= mostBytes && in) {
        in.read(piece, sizeof piece);
        bytes.append(piece, static_cast<std::size_t>(in.gcount()));
    }
    if (in.bad()) return std::nullopt;
    return bytes;
}

int refuse(int code, std::string_view sentence) {
    std::cerr << "hoering: " << sentence << "\n";
    return code;
}

} // namespace

int bounce(const BounceFlags& flags) {
    std::ifstream file;
    if (!flags.file.empty()) {
        file.open(flags.file, std::ios::binary);
        if (!file) return refuse(EX_NOINPUT, "cannot read " + flags.file.string());
    }
    const auto bytes = readMail(flags.file.empty() ? std::cin : file);
    if (!bytes) return refuse(EX_TEMPFAIL, "the mail could not be read to its end; try again");
    if (bytes->size() > mostBytes) return refuse(EX_DATAERR, "the mail is larger than 10 MB; no report is");
    const auto reading = bounces::readReturnedMail(*bytes);
    switch (reading.verdict) {
    case bounces::Verdict::nonsense: return refuse(EX_DATAERR, "this is no mail");
    case bounces::Verdict::otherMail:
        return refuse(EX_DATAERR, "this is no returned mail. Nobody reads what is sent to this address; "
                                  "please write to the address the letter says to reply to");
    case bounces::Verdict::automaticReply:
        std::cout << "an automatic reply: nothing came back, nothing is kept\n";
        return EX_OK;
    case bounces::Verdict::returned: break;
    }
    const auto& mail = reading.mail;
    // Whatever stands in the way now (settings being edited, a full disk, the wrong user) may be gone in an hour.
    return perform(flags.place, bounceRequest(mail.messageIds, mail.action, mail.status, mail.diagnostic,
                                              mail.recipient, mail.fingerprint)) == 0
               ? EX_OK
               : EX_TEMPFAIL;
}

} // namespace hoering::cli
