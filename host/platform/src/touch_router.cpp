#include <kiosk/platform/touch_router.hpp>

#include <utility>

namespace kiosk::platform {

void TouchRouter::emit(PointerPhase phase, core::SteadyTime now) { events_.push_back({phase, x_px_, y_px_, now}); }

void TouchRouter::moved(float x_px, float y_px, core::SteadyTime now) {
    const bool is_elsewhere = x_px != x_px_ || y_px != y_px_;
    x_px_ = x_px;
    y_px_ = y_px;
    if (!is_down_ || !is_elsewhere) return;
    // A mouse may report a thousand times a second; only the last place within a millisecond matters.
    if (!events_.empty() && events_.back().phase == PointerPhase::move && events_.back().time == now)
        events_.pop_back();
    emit(PointerPhase::move, now);
}

void TouchRouter::pressed(core::SteadyTime now) {
    if (is_down_) emit(PointerPhase::cancel, now);  // its release was lost
    is_down_ = true;
    emit(PointerPhase::down, now);
}

void TouchRouter::released(core::SteadyTime now) {
    if (!is_down_) return;  // pressed before this window was there
    is_down_ = false;
    emit(PointerPhase::up, now);
}

void TouchRouter::interrupted(core::SteadyTime now) {
    if (!is_down_) return;
    is_down_ = false;
    emit(PointerPhase::cancel, now);
}

std::vector<PointerEvent> TouchRouter::take() { return std::exchange(events_, {}); }

}  // namespace kiosk::platform
