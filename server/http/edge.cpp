#include "http/edge.h"

#include <algorithm>

#include "http/reply_head.h"
#include "http/session.h"

namespace hoering::http {
namespace {

/// Request numbers go on rising over restarts, so that one names one line in the log: thousandths since 2025.
std::uint64_t firstNumber(const Clock& clock) {
    constexpr long long newYear2025 = 1'735'689'600'000;
    return static_cast<std::uint64_t>(std::max(1LL, toMillis(clock.now()) - newYear2025));
}

} // namespace

bool Guests::enter(const std::string& address, std::size_t total, std::size_t perAddress) {
    std::lock_guard lock(mutex_);
    if (count_ >= total) return false;
    std::size_t& here = byAddress_[address];
    if (perAddress != 0 && here >= perAddress) return false;
    ++here;
    ++count_;
    return true;
}

void Guests::leave(const std::string& address) {
    std::lock_guard lock(mutex_);
    const auto it = byAddress_.find(address);
    if (--it->second == 0) byAddress_.erase(it);
    if (--count_ == 0) left_.notify_all();
}

std::size_t Guests::count() const {
    std::lock_guard lock(mutex_);
    return count_;
}

bool Guests::waitUntilEmpty(std::chrono::milliseconds patience) {
    std::unique_lock lock(mutex_);
    return left_.wait_for(lock, patience, [&] { return count_ == 0; });
}

void Guests::waitUntilEmpty() {
    std::unique_lock lock(mutex_);
    left_.wait(lock, [&] { return count_ == 0; });
}

Edge::Edge(ServerSettings theSettings, Program theProgram)
    : settings(std::move(theSettings)), program(std::move(theProgram)),
      clock(settings.clock ? *settings.clock : systemClock_),
      okOpening(statusLine(200) + securityHeaders(settings.hsts)), nextNumber(firstNumber(clock)),
      workers("http-worker", settings.workers, settings.queue),
      // A session has at most one such job at a time, so this queue is never full.
      spool("http-spool", 2, settings.connections + 1) {}

void Loop::sweep() {
    sweeper.expires_after(sweepEvery);
    sweeper.async_wait([this](const boost::system::error_code& error) {
        if (error || ending) return;
        const auto now = Steady::now();
        for (Session* session : sessions) session->check(now);
        sweep();
    });
}

const std::string& Loop::tail(const Clock& clock, bool close) {
    const Instant now = clock.now();
    const long long second = toMillis(now) / 1000;
    if (second != tailSecond_) {
        tailSecond_ = second;
        const std::string date = "Date: " + httpDate(now) + "\r\n";
        tailKeep_ = date + "\r\n";
        tailClose_ = date + "Connection: close\r\n\r\n";
    }
    return close ? tailClose_ : tailKeep_;
}

} // namespace hoering::http
