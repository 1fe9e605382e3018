#include "jobs/senders.h"

#include <algorithm>

#include "common/log.h"
#include "common/thread_rank.h"

namespace hoering {

using namespace std::chrono_literals;

namespace {

/// The wall clock may jump and the machine may sleep: never wait longer than this before looking again.
constexpr std::chrono::milliseconds longestWait = 10s;
/// A sender without work ends after so long: an idle service holds no stacks it does not need.
constexpr std::chrono::milliseconds senderStays = 5s;
/// While people wait for the database, letters wait a second at most, then some go.
constexpr std::chrono::milliseconds betweenLooks = 20ms;
constexpr int mostLooks = 50;
/// What became of a letter is written down so soon, also where the next ones are slow.
constexpr std::chrono::milliseconds longestGathering = 20ms;
/// The database did not take what it was given.
constexpr std::chrono::milliseconds afterTrouble = 1s;

std::chrono::milliseconds waitUntil(std::optional<Instant> due, Instant now) {
    if (!due) return longestWait;
    return std::clamp<std::chrono::milliseconds>(*due - now, 1ms, longestWait);
}

} // namespace

Senders::Senders(OutboxJob& outbox, const Clock& clock)
    : outbox_(outbox), clock_(clock), slots_(static_cast<std::size_t>(std::max(outbox.sessions(), 1))) {}

Senders::~Senders() { stop(); }

void Senders::start() {
    books_ = std::thread([this] { keepBooks(); });
    pthread_setname_np(books_.native_handle(), "mail-books");
}

void Senders::stop() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    wake_.notify_all();
    work_.notify_all();
    if (books_.joinable()) books_.join();
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

// --- the books

void Senders::keepBooks() {
    giveWay(); // as do the senders, which are started from here
    guarded([&] { outbox_.recover(); });
    while (true) {
        const auto patience = step();
        std::unique_lock lock(mutex_);
        const bool called = wake_.wait_for(lock, patience, [this] { return stopping_ || news_; });
        if (stopping_) break;
        news_ = false;
        lock.unlock();
        if (!called && patience == longestWait) outbox_.rest();
    }
    endSenders();
    guarded([&] { outbox_.next(0); });
}

/// Stores what became of letters and claims others as long as there is either. Returns how long until there may be
/// something to do that nobody calls for.
std::chrono::milliseconds Senders::step() {
    while (!stopping()) {
        std::optional<std::chrono::milliseconds> patience;
        std::vector<OutboxJob::Claimed> claimed;
        const bool well = guarded([&] {
            const auto now = clock_.now();
            if (!outbox_.anyToStore())
                if (const auto due = outbox_.nextLook(now); !due || *due > now) {
                    patience = waitUntil(due, now);
                    return;
                }
            letPeopleGoFirst();
            gather();
            claimed = outbox_.next();
        });
        if (!well) return afterTrouble;
        if (patience) return *patience;
        handOut(std::move(claimed));
    }
    return {};
}

/// When hundreds answer in the same second, their answers come before the letters about them; but letters never stop.
void Senders::letPeopleGoFirst() {
    std::unique_lock lock(mutex_);
    for (int looks = 0; looks < mostLooks && !stopping_; ++looks) {
        calm_ = outbox_.shouldWait() ? 0 : std::min(calm_ + 1, calmAgain);
        if (calm_ == calmAgain) return;
        wake_.wait_for(lock, betweenLooks, [this] { return stopping_; });
    }
}

/// A commit for one letter costs nearly what one for many costs: while every sender has a next one at hand, others are
/// let end first.
void Senders::gather() {
    std::unique_lock lock(mutex_);
    wake_.wait_for(lock, longestGathering,
                   [this] { return stopping_ || idle_ > 0 || ready_.size() <= slots_.size() / 2; });
}

void Senders::handOut(std::vector<OutboxJob::Claimed> claimed) {
    const std::lock_guard lock(mutex_);
    for (auto& each : claimed) {
        ready_.push_back(std::move(each));
        work_.notify_one();
    }
    std::size_t starting = 0;
    for (auto& slot : slots_) {
        if (ready_.size() <= idle_ + starting) break;
        if (slot.runs) continue;
        if (slot.thread.joinable()) slot.thread.join(); // it has let go of the lock for the last time
        slot.runs = true;
        slot.thread = std::thread([this, &slot] { send(slot); });
        pthread_setname_np(slot.thread.native_handle(), "mail");
        ++starting;
    }
}

void Senders::endSenders() {
    std::deque<OutboxJob::Claimed> left;
    {
        const std::lock_guard lock(mutex_);
        left.swap(ready_);
    }
    for (auto& each : left) outbox_.putBack(std::move(each));
    for (auto& slot : slots_) // none is started any more
        if (slot.thread.joinable()) slot.thread.join();
}

// --- a sender

void Senders::send(Slot& self) {
    while (auto claimed = takeTurn(self)) {
        outbox_.bring(std::move(*claimed));
        wake();
    }
}

/// The next letter that there is a session for. Nothing: this sender ends.
std::optional<OutboxJob::Claimed> Senders::takeTurn(Slot& self) {
    std::unique_lock lock(mutex_);
    bool patient = true;
    while (!stopping_) {
        for (auto it = ready_.begin(); it != ready_.end();) {
            const auto turn = outbox_.turn(*it);
            if (turn == MailTraffic::Turn::wait) { // who ends looks here again
                ++it;
                continue;
            }
            auto claimed = std::move(*it);
            it = ready_.erase(it);
            if (turn == MailTraffic::Turn::now) return claimed;
            outbox_.putBack(std::move(claimed));
            news_ = true;
            wake_.notify_one();
        }
        if (!patient) break;
        ++idle_;
        patient = work_.wait_for(lock, senderStays) == std::cv_status::no_timeout;
        --idle_;
    }
    self.runs = false;
    return std::nullopt;
}

} // namespace hoering
