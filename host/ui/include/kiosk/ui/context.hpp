// Context: the Dear ImGui context everything here draws in, so that who composes the kiosk needs not know the library.
// One at a time; it is current as long as it lives. Fonts and renderers attach to it and must go first. Main thread.
#pragma once

#include <kiosk/ui/fonts.hpp>
#include <kiosk/ui/pictures.hpp>
#include <kiosk/ui/scene.hpp>

struct ImDrawData;

namespace kiosk::ui {

class Context {
  public:
    Context();
    ~Context();
    Context(const Context&) = delete;
    Context& operator=(const Context&) = delete;

    // One whole frame of the scene's size, with no window. Valid until the next frame.
    const ImDrawData& frame(const Scene& scene, const Fonts& fonts, Pictures* pictures = nullptr);

    // Gives back what was drawn last: where the strokes of a signature and the letters of an answer lay.
    void forget_drawing();
};

}  // namespace kiosk::ui
