// A window-less back end for a Dear ImGui context: display size, time and the renderer's flags. What `render`,
// `gallery`, `play --shots` and picture tests draw with; the raster presenter of platform uses its renderer half.
//
// Owns nothing but the duty to release the context's textures: destroy it before ImGui::DestroyContext(), with the
// same context current. One thread, the context's.
#pragma once

#include <kiosk/core/units.hpp>
#include <kiosk/raster/picture.hpp>
#include <kiosk/raster/rasteriser.hpp>

#include <chrono>

namespace kiosk::raster {

// Tells the current context that raster draws it. Call before the first font is added: it chooses 8-bit glyphs.
void attach_renderer();
// Lets go of every texture of the current context; undoes attach_renderer().
void detach_renderer();

class Headless {
  public:
    explicit Headless(const core::ScreenSize& screen);
    ~Headless();
    Headless(const Headless&) = delete;
    Headless& operator=(const Headless&) = delete;

    // Call before ImGui::NewFrame().
    void begin_frame(std::chrono::milliseconds since_last = std::chrono::milliseconds{16});

    // Call after ImGui::Render(): the whole frame as a picture.
    Picture picture(Pixel background = pixel(0, 0, 0));

  private:
    core::ScreenSize screen_;
    Rasteriser rasteriser_;
};

}  // namespace kiosk::raster
