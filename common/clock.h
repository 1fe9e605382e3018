// The only place that asks the machine what time it is. Everything else takes a Now or an Instant.
// Not here: Danish local time and holidays (common/calendar.h).
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>

namespace hoering {

/// A point in time, UTC, whole milliseconds since 1970-01-01T00:00:00Z.
using Instant = std::chrono::sys_time<std::chrono::milliseconds>;

/// Milliseconds since 1970 UTC, as stored in the database.
inline std::int64_t toMillis(Instant i) { return i.time_since_epoch().count(); }
inline Instant fromMillis(std::int64_t ms) { return Instant{std::chrono::milliseconds{ms}}; }

class Clock {
  public:
    virtual ~Clock() = default;
    virtual Instant now() const = 0;
};

class SystemClock : public Clock {
  public:
    Instant now() const override;
};

/// A clock that stands still until it is moved: for tests and for the demo's history.
class ManualClock : public Clock {
  public:
    explicit ManualClock(Instant start) : millis_(toMillis(start)) {}
    Instant now() const override { return fromMillis(millis_.load()); }
    void set(Instant i) { millis_.store(toMillis(i)); }
    void advance(std::chrono::milliseconds by) { millis_.fetch_add(by.count()); }

  private:
    std::atomic<long long> millis_;
};

} // namespace hoering
