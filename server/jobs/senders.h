// The threads that bring letters: one that only watches for the next, and senders as long as there is something to do.
// Not here: what is done with one letter (outbox_job), how many may go at once (mail_traffic).
#pragma once

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

#include "common/clock.h"
#include "jobs/outbox_job.h"

namespace hoering {

class Senders {
  public:
    /// `sessions`: senders at most.
    Senders(OutboxJob& outbox, const Clock& clock, int sessions);
    ~Senders();
    void start();
    /// Letters under way finish, none is begun any more.
    void stop();
    /// Letters were queued.
    void wake();

    Instant lastStep() const { return fromMillis(last_.load()); } // that ended well
    bool failing() const { return failing_.load(); }              // a step ended in an exception
    bool stopping() const;
    std::size_t threads() const; // that run now

  private:
    struct Slot {
        std::thread thread;
        bool runs = false;
    };
    void watch();
    void send(Slot& self);
    void callOne();
    template <class F> bool guarded(F step);

    OutboxJob& outbox_;
    const Clock& clock_;
    std::atomic<std::int64_t> last_{0};
    std::atomic<bool> failing_{false};
    mutable std::mutex mutex_; // guards all below
    std::condition_variable wake_, work_;
    bool stopping_ = false, news_ = false;
    int calls_ = 0, idle_ = 0; // calls that no sender has answered; senders that wait for one
    std::vector<Slot> slots_;
    std::thread watching_;
};

} // namespace hoering
