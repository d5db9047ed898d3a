// PageMotion: a page that has just come lies under a veil of the ground's colour, which lifts within 160 ms (UX-54). It
// hides nothing from the finger: a page takes touches from its first frame, and its words can be read through the veil.
// Pure: time is given. Any thread, one at a time.
#pragma once

#include <kiosk/core/clock.hpp>

#include <optional>

namespace kiosk::app {

class PageMotion {
  public:
    static constexpr core::SteadyTime kLength{160};
    static constexpr float kThickest = 0.6F;      // on the first frame

    void begin(core::SteadyTime now) { began_ = now; }
    void stop() { began_.reset(); }
    bool is_moving(core::SteadyTime now) const { return veil(now) > 0; }
    // From 0, nothing, to 1, the ground alone.
    float veil(core::SteadyTime now) const;

  private:
    std::optional<core::SteadyTime> began_;
};

}  // namespace kiosk::app
