// Values by name, kept in memory until a commit makes them stale, the room is used up, or the program ends.
// Not here: what is remembered (services.h), which commits make it stale (server/app).
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

namespace hoering::web {

template <class Value> class Remembered {
  public:
    using Kept = std::shared_ptr<const Value>;

    /// `room`: the weight of all values together, in the unit that `put` is given; one that would go beyond makes all
    /// others leave.
    explicit Remembered(std::size_t room) : room_(room) {}

    /// Never blocks for long: the io threads ask.
    Kept find(std::string_view name) const {
        const std::lock_guard lock(mutex_);
        const auto found = values_.find(name);
        return found == values_.end() ? nullptr : found->second;
    }
    /// The state of the data a value is about to be made from: to be asked before it is read.
    std::uint64_t generation() const { return generation_.load(); }
    /// Kept only if nothing was invalidated since `generation`, it fits at all, and none of that name is there yet.
    void put(std::string_view name, Kept value, std::uint64_t generation, std::size_t weight = 1) {
        const std::lock_guard lock(mutex_);
        if (generation != generation_.load() || weight > room_ || values_.find(name) != values_.end()) return;
        if (used_ + weight > room_) clear();
        values_.emplace(name, std::move(value));
        used_ += weight;
    }
    void invalidate() {
        const std::lock_guard lock(mutex_);
        ++generation_;
        clear();
    }

  private:
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view name) const { return std::hash<std::string_view>{}(name); }
    };
    void clear() {
        values_.clear();
        used_ = 0;
    }

    mutable std::mutex mutex_;
    std::unordered_map<std::string, Kept, Hash, std::equal_to<>> values_;
    std::size_t used_ = 0;
    const std::size_t room_;
    std::atomic<std::uint64_t> generation_{0};
};

} // namespace hoering::web
