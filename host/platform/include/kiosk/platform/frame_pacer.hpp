// FramePacer: decides when a frame is drawn and how long the kiosk may sleep. Frames are requested, never guessed: with
// no request, no animation and no deadline it sleeps until an event. Pure: time is given. Main thread only; other
// threads wake the loop by Window::wake().
#pragma once

#include <kiosk/core/clock.hpp>

#include <optional>

namespace kiosk::platform {

class FramePacer {
  public:
    static constexpr int kSettleFrames = 3;  // ImGui needs up to three to settle after an input
    static constexpr core::SteadyTime kAnimationInterval{16};

    // Held while something on the screen moves; frames come at kAnimationInterval as long as one exists. Must not
    // outlive the pacer.
    class Animating {
      public:
        Animating(Animating&& other) noexcept;
        Animating& operator=(Animating&& other) noexcept;
        ~Animating();

      private:
        friend class FramePacer;
        explicit Animating(FramePacer& pacer);
        FramePacer* pacer_;
    };

    void request_frames(int count = kSettleFrames);
    [[nodiscard]] Animating animate() { return Animating(*this); }
    // When the loop wants to be woken though nothing happens; nullopt: never.
    void set_deadline(std::optional<core::SteadyTime> deadline) { deadline_ = deadline; }

    bool is_frame_due(core::SteadyTime now) const;
    void frame_drawn(core::SteadyTime now);
    // Zero: look for events but do not wait. nullopt: until an event comes.
    std::optional<core::SteadyTime> sleep_time(core::SteadyTime now) const;

  private:
    int requested_ = 0;
    int animations_ = 0;
    core::SteadyTime last_frame_{};
    std::optional<core::SteadyTime> deadline_;
};

}  // namespace kiosk::platform
