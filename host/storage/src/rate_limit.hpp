// A bucket of permissions that fills at a steady rate. Pure but for the time it is told.
#pragma once

#include <kiosk/core/clock.hpp>
#include <kiosk/storage/store.hpp>

#include <algorithm>
#include <cstdint>

namespace kiosk::storage {

class RateLimit {
  public:
    explicit RateLimit(RateCap cap)
        : cost_ms_(cap.per_minute == 0 ? 0 : 60'000 / cap.per_minute), full_ms_(cost_ms_ * cap.at_once), left_ms_(full_ms_) {}

    bool allows(core::SteadyTime now) {
        if (full_ms_ == 0) return true;  // no limit
        if (is_started_) left_ms_ = std::min(full_ms_, left_ms_ + (now - last_).count());
        is_started_ = true;
        last_ = now;
        return left_ms_ >= cost_ms_;
    }

    void take() { left_ms_ = std::max<std::int64_t>(0, left_ms_ - cost_ms_); }

  private:
    // Permissions are counted in the time it takes to earn them.
    std::int64_t cost_ms_;
    std::int64_t full_ms_;
    std::int64_t left_ms_;
    core::SteadyTime last_{0};
    bool is_started_ = false;
};

}  // namespace kiosk::storage
