#include <kiosk/platform/run_loop.hpp>

#include <imgui.h>

namespace kiosk::platform {
namespace {

constexpr int kLayoutPasses = 3;  // a layout that never settles must not hang the kiosk

void draw_frame(Window& window, LoopClient& client) {
    for (int pass = 1;; ++pass) {
        window.begin_frame();
        ImGui::NewFrame();
        const Layout layout = client.draw();
        ImGui::Render();
        if (layout == Layout::settled || pass == kLayoutPasses) break;
    }
    client.rendered();
    window.present();
}

}  // namespace

void run_loop(Window& window, FramePacer& pacer, const core::Clock& clock, LoopClient& client,
              Heartbeat* heartbeat) {
    pacer.request_frames();
    while (!client.is_finished() && !window.is_closed()) {
        pacer.set_deadline(client.next_deadline());
        if (heartbeat) heartbeat->waiting();
        const std::vector<InputEvent> events = window.wait(pacer.sleep_time(clock.steady_now()));
        if (heartbeat) heartbeat->working(clock.steady_now());
        for (const InputEvent& event : events) client.handle(event);
        if (!events.empty() || window.take_redraw_request()) pacer.request_frames();
        client.tick(clock.steady_now());
        const core::SteadyTime now = clock.steady_now();
        if (!pacer.is_frame_due(now)) continue;
        draw_frame(window, client);
        pacer.frame_drawn(now);
    }
}

}  // namespace kiosk::platform
