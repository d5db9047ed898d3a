// A bucket of permissions that fills at a steady rate. Pure but for the time it is told.
#pragma once

#include <kiosk/core/clock.hpp>
#include <kiosk/storage/store.hpp>

#include <algorithm>
#include <cstdint>

namespace kiosk::storage {

class RateLimit {
  public:
    explicit RateLimit(RateCap cap) : cap_(cap), left_ms_(full_ms()) {}

    bool allows(core::SteadyTime now) {
        if (cap_.at_once == 0 || cap_.per_minute == 0) return true;
        if (is_started_) left_ms_ = std::min(full_ms(), left_ms_ + (now - last_).count());
        is_started_ = true;
        last_ = now;
        return left_ms_ >= cost_ms();
    }

    void take() { left_ms_ = std::max<std::int64_t>(0, left_ms_ - cost_ms()); }

  private:
    // Permissions are counted in the time it takes to earn them.
    std::int64_t cost_ms() const { return cap_.per_minute == 0 ? 0 : 60'000 / cap_.per_minute; }
    std::int64_t full_ms() const { return cost_ms() * cap_.at_once; }

    RateCap cap_;
    std::int64_t left_ms_;
    core::SteadyTime last_{0};
    bool is_started_ = false;
};

}  // namespace kiosk::storage
