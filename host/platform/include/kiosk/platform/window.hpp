// Window: the kiosk's one window on X11 and the renderer behind it. Draws finished ImGui frames, only where they differ
// from what is shown, and hands over what people did. ImGui itself is told nothing of input: pages are described,
// hit-tested and changed by app and ui, and ImGui only draws.
//
// Ownership: create() needs a current ImGui context without fonts (the renderer chooses the font format); destroy the
// window before that context. At most one window at a time. Thread: the main thread, but wake() from any.
// Failure: create() explains what is missing; afterwards a lost X server ends the process, as Xlib has it.
#pragma once

#include <kiosk/core/clock.hpp>
#include <kiosk/core/result.hpp>
#include <kiosk/core/units.hpp>
#include <kiosk/platform/input.hpp>
#include <kiosk/platform/startup_trace.hpp>
#include <kiosk/raster/picture.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kiosk::platform {

// automatic: OpenGL if a GPU does it, else raster. raster: OpenGL is not even loaded.
enum class RendererChoice { automatic = 1, gl, raster };

std::optional<RendererChoice> parse_renderer_choice(std::string_view text);  // "auto", "gl", "raster"

// Is this GL_RENDERER a program rather than a GPU?
bool is_software_renderer(std::string_view gl_renderer);

struct WindowOptions {
    std::optional<core::ScreenSize> screen;  // unknown: the monitor's, in pixels and millimetres
    bool is_windowed = false;                // else the whole screen, without a pointer
    RendererChoice renderer = RendererChoice::automatic;
    raster::Pixel background = raster::pixel(0, 0, 0);  // where a frame draws nothing
    StartupTrace* trace = nullptr;                      // told what opening the window took, while it is opened
};

struct RendererInfo {
    RendererChoice kind = RendererChoice::raster;  // gl or raster
    std::string name;                              // of the GPU, or of the way to the X server
    core::Words reason;                            // why this one, for `doctor`
};

struct FrameCounts {
    std::uint64_t submitted = 0;        // frames given to present()
    std::uint64_t presented = 0;        // of these, those that changed the screen
    std::uint64_t presented_px = 0;     // pixels drawn anew, in total
};

class Window {
  public:
    static core::Result<std::unique_ptr<Window>> create(const WindowOptions& options, const core::Clock& clock);
    ~Window();
    Window(const Window&) = delete;
    Window& operator=(const Window&) = delete;

    const core::ScreenSize& screen() const;
    const RendererInfo& renderer() const;
    const FrameCounts& frame_counts() const;

    // Waits for something to happen, for as long as given (nullopt: as long as it takes; zero: not at all), and returns
    // what people did meanwhile. Returns early for wake() and for no reason at all.
    std::vector<InputEvent> wait(std::optional<core::SteadyTime> at_most);
    // Makes wait() return. Any thread.
    void wake();
    // The screen must be drawn again though no one did anything: a new size, a window uncovered. Clears on reading.
    bool take_redraw_request();
    // Closed by the window manager (only a windowed one can be).
    bool is_closed() const;

    // Tells ImGui the size of the screen and the time since the last call; before ImGui::NewFrame().
    void begin_frame();
    // After ImGui::Render(): shows the frame where it differs from the one before. False: it did not differ.
    bool present();

  private:
    struct Parts;
    explicit Window(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> parts_;
};

}  // namespace kiosk::platform
