// The time, injected, so that a visit replays exactly and tests need no clock.
#pragma once

#include <chrono>

namespace kiosk::core {

using WallTime = std::chrono::sys_time<std::chrono::milliseconds>;        // UTC; may jump when staff set it
using SteadyTime = std::chrono::duration<std::int64_t, std::milli>;       // since an arbitrary start; never goes back

class Clock {
  public:
    virtual ~Clock() = default;
    virtual WallTime wall_now() const = 0;
    virtual SteadyTime steady_now() const = 0;
};

}  // namespace kiosk::core
