#include "domain/second_step.h"

#include <algorithm>

#include "common/crypto.h"
#include "common/strings.h"
#include "common/time_code.h"

namespace hoering {
namespace {

constexpr std::size_t recoveryLetters = 12;

std::string inFours(std::string_view text, char between) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (i > 0 && i % 4 == 0) out += between;
        out += text[i];
    }
    return out;
}

/// Without the blanks and hyphens that people type between groups.
std::string closedUp(std::string_view typed) {
    std::string out;
    for (const char c : trim(typed))
        if (c != ' ' && c != '-') out += c;
    return out;
}

} // namespace

std::optional<std::int64_t> acceptedStep(std::string_view secret, std::string_view typed, Instant now,
                                         std::int64_t lastStep) {
    const std::string code = closedUp(typed);
    const std::int64_t here = timeStepAt(now);
    std::optional<std::int64_t> found;
    // All three are compared whatever the first says: how long it takes tells nothing.
    for (const std::int64_t step : {here - 1, here, here + 1})
        if (equalConstantTime(timeCode(secret, step), code) && step > lastStep) found = step;
    return found;
}

std::string newRecoveryCode() { return inFours(base32(randomBytes(8)).substr(0, recoveryLetters), '-'); }

std::string recoveryCodeFrom(std::string_view typed) {
    std::string code = closedUp(typed);
    for (char& c : code) {
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
        else if (c == '0') c = 'O';
        else if (c == '1') c = 'I';
        else if (c == '8') c = 'B';
    }
    const bool letters = code.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567") == std::string::npos;
    return letters && code.size() == recoveryLetters ? code : "";
}

std::string authenticatorUri(std::string_view issuer, std::string_view account, std::string_view secret) {
    std::string from(issuer);
    std::replace(from.begin(), from.end(), ':', ' '); // it parts issuer and account
    const std::string name = percentEncode(from);
    return "otpauth://totp/" + name + ":" + percentEncode(account) + "?secret=" + base32(secret) + "&issuer=" + name +
           "&algorithm=SHA1&digits=6&period=30";
}

std::string typedSecret(std::string_view secret) { return inFours(base32(secret), ' '); }

} // namespace hoering
