// Public pages ready to send, kept until a commit changes them, the day turns, or the program ends.
// Not here: which pages are public (routes.cpp), sending (server/http).
#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "http/reply.h"

namespace hoering::web {

class PageCache {
  public:
    using Page = std::shared_ptr<const http::Prepared>;

    /// Never blocks for long: the io threads ask.
    Page find(std::string_view key) const;
    /// The state of the data a page is about to be made from.
    std::uint64_t generation() const { return generation_.load(); }
    /// Kept only if nothing was invalidated since `generation`. At most a few thousand pages; then all are dropped.
    void put(std::string key, Page page, std::uint64_t generation);
    void invalidate();

  private:
    mutable std::mutex mutex_;
    std::unordered_map<std::string, Page> pages_;
    std::atomic<std::uint64_t> generation_{0};
};

} // namespace hoering::web
