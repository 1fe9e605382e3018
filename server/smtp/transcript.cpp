#include "smtp/transcript.h"

#include <algorithm>

#include "common/strings.h"

namespace hoering::smtp {

namespace {
constexpr std::size_t replyLimit = 300;
constexpr std::size_t lineLimit = 998; // RFC 5321 4.5.3.1.6, without CRLF
bool isDigit(char c) { return c >= '0' && c <= '9'; }
} // namespace

std::string printableLine(std::string_view text) {
    std::string out(trim(text.substr(0, replyLimit)));
    std::replace_if(
        out.begin(), out.end(), [](unsigned char c) { return c < 0x20 || c >= 0x7F; }, '?');
    return out;
}

bool isWireSafe(std::string_view bytes) {
    if (bytes.empty() || bytes.find('\0') != std::string_view::npos) return false;
    while (!bytes.empty()) {
        const auto end = bytes.find('\n');
        // The first CR of a line must be the one before its LF.
        if (end == std::string_view::npos || end == 0 || bytes.find('\r') != end - 1) return false;
        if (end - 1 > lineLimit) return false;
        bytes.remove_prefix(end + 1);
    }
    return true;
}

void Transcript::sent(std::string_view command) {
    if (startsWith(command, "EHLO")) stage_ = Stage::opening; // perhaps after the goodbye to the connection before
    else if (startsWith(command, "MAIL")) stage_ = Stage::envelope;
    else if (startsWith(command, "RCPT")) recipient_ = true;
    else if (startsWith(command, "QUIT")) stage_ = Stage::over;
}

void Transcript::received(std::string_view bytes) {
    if (stage_ == Stage::over) return;
    for (char c : bytes) {
        if (c == '\n') endLine();
        else if (line_.size() < 2 * replyLimit) line_ += c;
    }
}

void Transcript::endLine() {
    if (!trim(line_).empty()) reply_ = printableLine(line_);
    // "250-more" announces more lines; only "250 done" or "250" ends a reply (RFC 5321 4.2.1).
    const bool numbered = line_.size() >= 3 && isDigit(line_[0]) && isDigit(line_[1]) && isDigit(line_[2]);
    if (numbered && (line_.size() == 3 || line_[3] != '-')) {
        code_ = (line_[0] - '0') * 100 + (line_[1] - '0') * 10 + (line_[2] - '0');
        if (code_ == 354 && stage_ == Stage::envelope) goAhead_ = true, stage_ = Stage::message;
    }
    line_.clear();
}

namespace {
bool asksForSignIn(int code) { return code == 530 || code == 534 || code == 535 || code == 538; } // RFC 4954 6
} // namespace

Outcome Transcript::outcome(bool ok) const {
    if (ok) return Outcome::sent;
    if (goAhead_ && code_ == 354) return handedOver_ ? Outcome::unknown : Outcome::tryLater;
    if (goAhead_ && code_ / 100 == 2) return Outcome::sent; // accepted; what broke, broke after that
    if (code_ / 100 != 5 || stage_ == Stage::opening) return Outcome::tryLater;
    return asksForSignIn(code_) ? Outcome::tryLater : Outcome::refused;
}

bool Transcript::serverAway(bool ok) const {
    if (ok || goAhead_) return false;
    return stage_ == Stage::opening || asksForSignIn(code_);
}

} // namespace hoering::smtp
