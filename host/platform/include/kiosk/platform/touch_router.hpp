// TouchRouter: turns what the X server reports of the pointer (which follows the first finger) into the events of one
// finger, before anything else sees them. Hovering is dropped, a press that can no longer end is cancelled, every down
// gets exactly one up or cancel. Pure: no window, no clock. One thread.
#pragma once

#include <kiosk/platform/input.hpp>

#include <vector>

namespace kiosk::platform {

class TouchRouter {
  public:
    void moved(float x_px, float y_px, core::SteadyTime now);
    void pressed(core::SteadyTime now);
    void released(core::SteadyTime now);
    // The window lost the focus or its content: whatever was touched is let go, without effect.
    void interrupted(core::SteadyTime now);

    bool is_down() const { return is_down_; }

    // What happened since the last call, in order.
    std::vector<PointerEvent> take();

  private:
    void emit(PointerPhase phase, core::SteadyTime now);

    float x_px_ = 0;
    float y_px_ = 0;
    bool is_down_ = false;
    std::vector<PointerEvent> events_;
};

}  // namespace kiosk::platform
