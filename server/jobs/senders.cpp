#include "jobs/senders.h"

#include <algorithm>
#include <sys/resource.h>

#include "common/log.h"

namespace hoering {

using namespace std::chrono_literals;

namespace {

/// The wall clock may jump and the machine may sleep: never wait longer than this before looking again.
constexpr std::chrono::milliseconds longestWait = 10s;
/// A sender without work ends after so long: an idle service holds no stacks it does not need.
constexpr std::chrono::milliseconds senderStays = 5s;
constexpr int senderNice = 10;

std::chrono::milliseconds waitUntil(std::optional<Instant> due, Instant now) {
    if (!due) return longestWait;
    return std::clamp<std::chrono::milliseconds>(*due - now, 1ms, longestWait);
}

} // namespace

Senders::Senders(OutboxJob& outbox, const Clock& clock, int sessions)
    : outbox_(outbox), clock_(clock), slots_(static_cast<std::size_t>(std::max(sessions, 1))) {}

Senders::~Senders() { stop(); }

void Senders::start() {
    watching_ = std::thread([this] { watch(); });
    pthread_setname_np(watching_.native_handle(), "mail");
}

void Senders::stop() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    wake_.notify_all();
    work_.notify_all();
    if (watching_.joinable()) watching_.join();
    for (auto& slot : slots_) // none is started any more
        if (slot.thread.joinable()) slot.thread.join();
}

void Senders::wake() {
    {
        const std::lock_guard lock(mutex_);
        news_ = true;
    }
    wake_.notify_one();
}

bool Senders::stopping() const {
    const std::lock_guard lock(mutex_);
    return stopping_;
}

std::size_t Senders::threads() const {
    const std::lock_guard lock(mutex_);
    return static_cast<std::size_t>(std::ranges::count_if(slots_, [](const Slot& slot) { return slot.runs; }));
}

template <class F> bool Senders::guarded(F step) {
    try {
        step();
        failing_ = false;
        last_ = toMillis(clock_.now());
        return true;
    } catch (const std::exception& trouble) {
        failing_ = true;
        log::error("mail_step_failed", {{"what", std::string(trouble.what())}});
        return false;
    }
}

void Senders::watch() {
    guarded([&] { outbox_.recover(); });
    while (true) {
        std::optional<Instant> next;
        guarded([&] { next = outbox_.nextLook(clock_.now()); });
        const auto now = clock_.now();
        if (next && *next <= now) {
            callOne(); // who calls the next one; and the last one to find nothing brings the news back here
            next.reset();
        }
        const auto patience = waitUntil(next, now);
        std::unique_lock lock(mutex_);
        const bool news = wake_.wait_for(lock, patience, [this] { return stopping_ || news_; });
        if (stopping_) return;
        news_ = false;
        lock.unlock();
        if (!news && patience == longestWait) outbox_.rest();
    }
}

void Senders::callOne() {
    const std::lock_guard lock(mutex_);
    if (stopping_) return;
    if (idle_ > calls_) {
        ++calls_;
        work_.notify_one();
        return;
    }
    for (auto& slot : slots_) {
        if (slot.runs) continue;
        if (slot.thread.joinable()) slot.thread.join(); // it has let go of the lock for the last time
        slot.runs = true;
        slot.thread = std::thread([this, &slot] { send(slot); });
        pthread_setname_np(slot.thread.native_handle(), "mail");
        return;
    }
}

void Senders::send(Slot& self) {
    // Where the machine has more to do than it can, people's pages and answers come before letters. This thread's alone
    // (setpriority(2), "C library/kernel differences").
    ::setpriority(PRIO_PROCESS, 0, senderNice);
    while (true) {
        const bool well = guarded([&] { outbox_.run([this] { return stopping(); }, [this] { callOne(); }); });
        std::unique_lock lock(mutex_);
        if (well) news_ = true; // what failed is not tried again at once
        if (well) wake_.notify_one();
        ++idle_;
        work_.wait_for(lock, senderStays, [this] { return stopping_ || calls_ > 0; });
        --idle_;
        if (stopping_ || calls_ == 0) {
            self.runs = false;
            return;
        }
        --calls_;
    }
}

} // namespace hoering
