// The threads that bring letters. One keeps the books: it stores what became of letters and claims the next ones, many
// in one commit. The senders only speak with the mail server, and are there as long as there is something to send.
// Not here: what is done with one letter (outbox_job), how many may go at once (mail_traffic).
#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <vector>

#include "common/clock.h"
#include "jobs/outbox_job.h"

namespace hoering {

class Senders {
  public:
    /// As many senders at most as the outbox has sessions.
    Senders(OutboxJob& outbox, const Clock& clock);
    ~Senders();
    void start();
    /// Letters that are being sent finish, none is begun any more.
    void stop();
    /// Letters were queued.
    void wake();

    Instant lastStep() const { return fromMillis(last_.load()); } // that ended well
    bool failing() const { return failing_.load(); }              // a step ended in an exception
    bool stopping() const;
    std::size_t threads() const; // senders that run now

  private:
    struct Slot {
        std::thread thread;
        bool runs = false;
    };
    /// A rush of people pauses for moments; it is over when so many looks in a row found nobody waiting.
    static constexpr int calmAgain = 5;

    void keepBooks();
    std::chrono::milliseconds step();
    void letPeopleGoFirst();
    void gather();
    void handOut(std::vector<OutboxJob::Claimed> claimed);
    void endSenders();
    void send(Slot& self);
    std::optional<OutboxJob::Claimed> takeTurn(Slot& self);
    template <class F> bool guarded(F step);

    OutboxJob& outbox_;
    const Clock& clock_;
    std::atomic<std::int64_t> last_{0};
    std::atomic<bool> failing_{false};
    mutable std::mutex mutex_; // guards all below
    std::condition_variable wake_, work_;
    bool stopping_ = false, news_ = false;
    std::deque<OutboxJob::Claimed> ready_; // for the next session
    std::size_t idle_ = 0;                 // senders that wait for a letter
    int calm_ = calmAgain;                 // looks in a row, calmAgain at most, that found nobody waiting
    std::vector<Slot> slots_;
    std::thread books_;
};

} // namespace hoering
