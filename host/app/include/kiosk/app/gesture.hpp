// GestureArbiter: decides what a finger meant before any item hears of it: a tap, a drag of the page, or nothing. Pure:
// fed with positions in millimetres and the time. One finger; platform sees to that (UX-14). Any thread, one at a time.
//
// A tap acts on lift, on the target the finger came down on (UX-11). Up to 3 mm is still a tap; beyond that, up or down
// on a page that scrolls, it is a drag and no target ever fires (UX-12). A target that fired is deaf for a while, so
// that trembling hands and bouncing panels do not act twice (UX-13). Only the key that takes away the last letter repeats
// while it is held, and not before two seconds (UX-51).
#pragma once

#include <kiosk/core/clock.hpp>

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace kiosk::app {

struct Finger {
    enum class Phase { down = 1, move, up, cancel };
    Phase phase = Phase::cancel;
    float x_mm = 0, y_mm = 0;
    core::SteadyTime time{};
};

// What lies under the glass now.
struct Ground {
    std::function<std::string(float x_mm, float y_mm)> target_at;   // empty: nothing to press there
    bool can_scroll = false;
};

struct Gesture {
    std::string tapped;        // id; empty: no tap
    float tapped_x_mm = 0, tapped_y_mm = 0;
    float scroll_mm = 0;       // the page moves up by this much
};

class GestureArbiter {
  public:
    static constexpr float kSlopMm = 3;
    static constexpr core::SteadyTime kDeaf{500};        // after it fired, a target takes no more
    static constexpr core::SteadyTime kDeafKey{120};     // a key of the keyboard
    static constexpr core::SteadyTime kDeafPage{250};    // and nothing else is taken for this long
    static constexpr core::SteadyTime kHeld{2000};       // from then on a key that repeats does so
    static constexpr core::SteadyTime kRepeats{200};     // this often

    Gesture feed(const Finger& finger, const Ground& ground);
    // While gliding: how far the page moves until `now`.
    Gesture glide(core::SteadyTime now);
    bool is_gliding() const { return speed_mm_s_ != 0; }
    void stop() { speed_mm_s_ = 0; }

    // While a finger rests on a key that repeats: presses it again if it is time. One press a call.
    Gesture hold(core::SteadyTime now);
    std::optional<core::SteadyTime> next_repeat() const { return pressed_.empty() ? std::nullopt : repeats_at_; }

    // The target to show as pressed; empty: none.
    const std::string& pressed() const { return pressed_; }

  private:
    Gesture came_down(const Finger& finger, const Ground& ground);
    Gesture moved(const Finger& finger, const Ground& ground);
    Gesture lifted(const Finger& finger);
    bool is_deaf(const std::string& target, core::SteadyTime now) const;
    float speed_at(core::SteadyTime now) const;

    enum class Phase { idle = 1, pressing, dragging, spoilt };
    struct Sample { float y_mm; core::SteadyTime time; };

    Phase phase_ = Phase::idle;
    std::string pressed_;
    float start_x_mm_ = 0, start_y_mm_ = 0, last_y_mm_ = 0;
    std::vector<Sample> samples_;
    std::optional<core::SteadyTime> repeats_at_;
    bool has_repeated_ = false;
    std::string fired_;
    core::SteadyTime fired_at_{-3'600'000};
    float speed_mm_s_ = 0;
    core::SteadyTime glided_to_{}, glide_began_{};
};

}  // namespace kiosk::app
