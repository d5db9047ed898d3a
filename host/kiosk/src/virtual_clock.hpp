// Clocks for scripts: one that moves only when told to, so that a visit of minutes plays in milliseconds and plays
// alike every time.
#pragma once

#include <kiosk/core/clock.hpp>

namespace kiosk {

class VirtualClock final : public core::Clock {
  public:
    explicit VirtualClock(core::WallTime start) : start_(start) {}

    core::WallTime wall_now() const override { return start_ + steady_; }
    core::SteadyTime steady_now() const override { return steady_; }
    void advance(core::SteadyTime duration) { steady_ += duration; }

  private:
    core::WallTime start_;
    core::SteadyTime steady_{};
};

}  // namespace kiosk
