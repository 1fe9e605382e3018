// A bounded pool of threads for whatever may block: handlers, disks. Threads start when first needed.
// Not here: what a full queue answers (server/http/session.cpp: 503).
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <pthread.h>
#include <string>
#include <vector>

namespace hoering::http {

class Workers {
  public:
    /// At most `threads` at once and `queue` jobs waiting. `name` (at most 15 characters) is seen in top and gdb.
    Workers(std::string name, std::size_t threads, std::size_t queue);
    ~Workers();
    Workers(const Workers&) = delete;
    Workers& operator=(const Workers&) = delete;

    /// False when the queue is full or the pool has stopped; then the job will never run. Jobs must not throw.
    bool submit(std::function<void()> job);
    /// Jobs that wait for a thread.
    std::size_t waiting() const;
    /// Drops what waits, lets what runs finish, joins. Safe to call twice.
    void stop();

  private:
    static void* entry(void* self);
    void run();
    bool startThread();
    bool wakeOne();

    const std::string name_;
    const std::size_t maxThreads_, maxQueue_;
    mutable std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<std::function<void()>> jobs_;
    std::vector<pthread_t> threads_;
    std::size_t running_ = 0, idle_ = 0; // idle: asleep until there is a job
    bool stopping_ = false, waking_ = false;
};

} // namespace hoering::http
