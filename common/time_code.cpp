#include "common/time_code.h"

#include <liboath/oath.h>

#include <chrono>
#include <cstdlib>
#include <memory>
#include <stdexcept>

namespace hoering {
namespace {

constexpr unsigned secondsPerStep = 30, digits = 6;

void check(int answer) {
    if (answer != OATH_OK) throw std::runtime_error(std::string("liboath: ") + oath_strerror(answer));
}

} // namespace

std::int64_t timeStepAt(Instant at) {
    return std::chrono::floor<std::chrono::seconds>(at).time_since_epoch().count() / secondsPerStep;
}

std::string timeCode(std::string_view secret, std::int64_t step) {
    char code[digits + 1] = {};
    check(oath_totp_generate(secret.data(), secret.size(), static_cast<time_t>(step * secondsPerStep), secondsPerStep,
                             OATH_TOTP_DEFAULT_START_TIME, digits, code));
    return code;
}

std::string base32(std::string_view bytes) {
    char* text = nullptr;
    std::size_t length = 0;
    check(oath_base32_encode(bytes.data(), bytes.size(), &text, &length));
    const std::unique_ptr<char, decltype(&std::free)> owned(text, &std::free);
    return {text, length};
}

} // namespace hoering
