#include "http/workers.h"

#include <utility>

#include "common/log.h"

namespace hoering::http {

// Enough for templates, SQLite and Pango; 32 threads of it cost address space, not memory.
constexpr std::size_t stackBytes = 1024 * 1024;

Workers::Workers(std::string name, std::size_t threads, std::size_t queue)
    : name_(std::move(name)), maxThreads_(threads), maxQueue_(queue) {}

Workers::~Workers() { stop(); }

void* Workers::entry(void* self) {
    static_cast<Workers*>(self)->run();
    return nullptr;
}

bool Workers::startThread() {
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, stackBytes);
    pthread_t thread{};
    const int failed = pthread_create(&thread, &attributes, &Workers::entry, this);
    pthread_attr_destroy(&attributes);
    if (failed != 0) return false;
    pthread_setname_np(thread, name_.c_str());
    threads_.push_back(thread);
    return true;
}

bool Workers::submit(std::function<void()> job) {
    bool wake = false;
    {
        std::lock_guard lock(mutex_);
        if (stopping_) return false;
        // Threads that are starting or idle are as good as free, so count what is in flight.
        const std::size_t inFlight = jobs_.size() + running_;
        if (inFlight >= maxThreads_ + maxQueue_) return false;
        if (inFlight >= threads_.size() && threads_.size() < maxThreads_ && !startThread()) {
            log::warn("worker_thread_not_started", {{"threads", static_cast<long long>(threads_.size())}});
            if (threads_.empty()) return false;
        }
        jobs_.push_back(std::move(job));
        wake = wakeOne();
    }
    if (wake) wake_.notify_one();
    return true;
}

std::size_t Workers::waiting() const {
    std::lock_guard lock(mutex_);
    return jobs_.size();
}

/// Under the lock. Only one is called at a time, and calls the next: many jobs at once are not as many wake-ups, for
/// who works already takes the next job by itself.
bool Workers::wakeOne() {
    if (waking_ || idle_ == 0 || jobs_.empty()) return false;
    return waking_ = true;
}

void Workers::run() {
    std::unique_lock lock(mutex_);
    while (true) {
        while (jobs_.empty() && !stopping_) {
            ++idle_;
            wake_.wait(lock);
            --idle_;
            waking_ = false; // also where another one was quicker: the next submit calls again
        }
        if (stopping_) return;
        std::function<void()> job = std::move(jobs_.front());
        jobs_.pop_front();
        ++running_;
        const bool wake = wakeOne();
        lock.unlock();
        if (wake) wake_.notify_one();
        job();
        job = nullptr; // what it owns dies outside the lock
        lock.lock();
        --running_;
    }
}

void Workers::stop() {
    std::deque<std::function<void()>> dropped;
    std::vector<pthread_t> joining;
    {
        std::lock_guard lock(mutex_);
        stopping_ = true;
        dropped.swap(jobs_);
        joining.swap(threads_);
    }
    wake_.notify_all();
    for (pthread_t thread : joining) pthread_join(thread, nullptr);
}

} // namespace hoering::http
