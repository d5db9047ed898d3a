// The machine's own clock and randomness, behind the ports of core.
#pragma once

#include <kiosk/core/clock.hpp>
#include <kiosk/core/random.hpp>

namespace kiosk::platform {

// CLOCK_REALTIME and CLOCK_MONOTONIC. Any thread.
class SystemClock final : public core::Clock {
  public:
    core::WallTime wall_now() const override;
    core::SteadyTime steady_now() const override;
};

// The kernel's generator (getrandom), secure. Any thread. A kernel that gives none is fatal: ids must not repeat.
class SystemRandom final : public core::Random {
  public:
    void fill(std::span<std::byte> bytes) override;
};

}  // namespace kiosk::platform
