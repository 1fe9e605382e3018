// One of two permits for making documents, or for searching files: a big one takes seconds and memory.
// Not here: the permits themselves (services.h).
#pragma once

#include <chrono>
#include <semaphore>

namespace hoering::web {

/// Nothing when both stay taken for so long.
class DocumentPermit {
  public:
    explicit DocumentPermit(std::counting_semaphore<2>& permits,
                            std::chrono::seconds patience = std::chrono::seconds{20})
        : permits_(permits), held_(permits.try_acquire_for(patience)) {}
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
