// run_loop: the kiosk's heartbeat on the main thread. Sleeps until something happens, hands input to the client, lets
// it do its timed work, and draws when the pacer says so. Returns when the client is finished or the window closed.
#pragma once

#include <kiosk/core/clock.hpp>
#include <kiosk/platform/frame_pacer.hpp>
#include <kiosk/platform/input.hpp>
#include <kiosk/platform/supervisor.hpp>
#include <kiosk/platform/window.hpp>

#include <optional>

namespace kiosk::platform {

enum class Layout {
    settled = 1,
    again,  // what was measured while drawing changes the layout: draw once more before anything is shown
};

class LoopClient {
  public:
    virtual ~LoopClient() = default;

    virtual void handle(const InputEvent& event) = 0;
    // After every wake-up and its input, before drawing: deadlines, messages of other threads. Request frames here when
    // the state changed for another reason than input.
    virtual void tick(core::SteadyTime now) = 0;
    // Between ImGui::NewFrame() and ImGui::Render().
    virtual Layout draw() = 0;
    // After ImGui::Render(), before the frame is shown: textures that ImGui does not keep itself.
    virtual void rendered() {}
    // When tick() is next due though nothing happens.
    virtual std::optional<core::SteadyTime> next_deadline() const = 0;
    virtual bool is_finished() const = 0;
};

// With a heartbeat, a supervisor sees when the loop works and when it waits.
void run_loop(Window& window, FramePacer& pacer, const core::Clock& clock, LoopClient& client,
              Heartbeat* heartbeat = nullptr);

}  // namespace kiosk::platform
