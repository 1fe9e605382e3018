#include "web/guess_limit.h"

namespace hoering::web {

namespace {
constexpr std::chrono::minutes window{10};
constexpr int most = 60;
constexpr std::size_t mostAddresses = 10'000;
} // namespace

bool GuessLimit::wrong(const std::string& peer, Instant now) {
    const std::lock_guard lock(mutex_);
    if (windows_.size() >= mostAddresses)
        std::erase_if(windows_, [&](const auto& each) { return now - each.second.since >= window; });
    if (windows_.size() >= mostAddresses && !windows_.contains(peer)) return true;
    auto& seen = windows_[peer];
    if (now - seen.since >= window) seen = {now, 0};
    return ++seen.count > most;
}

} // namespace hoering::web
