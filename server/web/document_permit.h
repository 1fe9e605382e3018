// One of two permits for making documents, or for searching files: a big one takes seconds and memory.
// Not here: the permits themselves (services.h).
#pragma once

#include <chrono>
#include <semaphore>

namespace hoering::web {

/// Nothing when both stay taken for 20 seconds.
class DocumentPermit {
  public:
    explicit DocumentPermit(std::counting_semaphore<2>& permits)
        : permits_(permits), held_(permits.try_acquire_for(std::chrono::seconds(20))) {}
    ~DocumentPermit() {
        if (held_) permits_.release();
    }
    DocumentPermit(const DocumentPermit&) = delete;
    explicit operator bool() const { return held_; }

  private:
    std::counting_semaphore<2>& permits_;
    bool held_;
};

} // namespace hoering::web
