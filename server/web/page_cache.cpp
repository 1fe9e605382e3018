#include "web/page_cache.h"

namespace hoering::web {

namespace {
constexpr std::size_t mostPages = 4000;
}

PageCache::Page PageCache::find(std::string_view key) const {
    const std::lock_guard lock(mutex_);
    const auto found = pages_.find(std::string(key));
    return found == pages_.end() ? nullptr : found->second;
}

void PageCache::put(std::string key, Page page, std::uint64_t generation) {
    const std::lock_guard lock(mutex_);
    if (generation != generation_.load()) return;
    if (pages_.size() >= mostPages) pages_.clear();
    pages_[std::move(key)] = std::move(page);
}

void PageCache::invalidate() {
    const std::lock_guard lock(mutex_);
    ++generation_;
    pages_.clear();
}

} // namespace hoering::web
