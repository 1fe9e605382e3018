#include "common/log.h"

#include <unistd.h>

#include <atomic>
#include <charconv>
#include <cmath>
#include <iterator>
#include <mutex>

#include "common/calendar.h"
#include "common/json_text.h"

namespace hoering::log {

namespace {

// The process has one stderr, so this room has one level and one lock for it.
std::atomic<Level> threshold{Level::info};
std::mutex lineLock;

std::string_view name(Level level) {
    switch (level) {
    case Level::debug: return "debug";
    case Level::info: return "info";
    case Level::warn: return "warn";
    case Level::error: return "error";
    }
    return "error";
}

void appendQuoted(std::string& line, std::string_view text) { appendJson(line, text, JsonText::ascii); }

void appendNumber(std::string& line, double number) {
    if (!std::isfinite(number)) {
        line += "null"; // JSON has no other word for it
        return;
    }
    char text[32];
    line.append(text, std::to_chars(std::begin(text), std::end(text), number).ptr);
}

void appendValue(std::string& line, const Value& value) {
    if (const auto* text = std::get_if<std::string>(&value)) appendQuoted(line, *text);
    else if (const auto* number = std::get_if<long long>(&value)) line += std::to_string(*number);
    else if (const auto* yes = std::get_if<bool>(&value)) line += *yes ? "true" : "false";
    else appendNumber(line, std::get<double>(value));
}

void emit(std::string_view line) {
    std::lock_guard lock(lineLock);
    while (!line.empty()) {
        const auto n = ::write(STDERR_FILENO, line.data(), line.size());
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) return; // nowhere left to complain
        line.remove_prefix(static_cast<std::size_t>(n));
    }
}

} // namespace

void setLevel(Level level) { threshold.store(level, std::memory_order_relaxed); }

void write(Level level, std::string_view event, Fields fields, std::source_location where) {
    if (level < threshold.load(std::memory_order_relaxed)) return;
    std::string line;
    line.reserve(256);
    line += "{\"at\":\"";
    line += isoUtc(SystemClock().now());
    line += "\",\"level\":\"";
    line += name(level);
    line += "\",\"event\":";
    appendQuoted(line, event);
    if (level >= Level::warn) {
        std::string_view file = where.file_name();
        if (const auto slash = file.rfind('/'); slash != std::string_view::npos) file.remove_prefix(slash + 1);
        line += ",\"file\":";
        appendQuoted(line, std::string(file) + ':' + std::to_string(where.line()));
    }
    for (const auto& [key, value] : fields) {
        line += ',';
        appendQuoted(line, key);
        line += ':';
        appendValue(line, value);
    }
    line += "}\n";
    emit(line);
}

} // namespace hoering::log
