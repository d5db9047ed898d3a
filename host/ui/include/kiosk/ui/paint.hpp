// paint(): draws a Scene into the frame that was begun and is not yet rendered. No Dear ImGui window or widget
// is used: nothing of its look, focus or hit-testing can show through. The context's thread.
#pragma once

#include <kiosk/ui/fonts.hpp>
#include <kiosk/ui/pictures.hpp>
#include <kiosk/ui/scene.hpp>

namespace kiosk::ui {

void paint(const Scene& scene, const Fonts& fonts, Pictures* pictures = nullptr);

// Over it: the ground's colour, from 0 to 1, where the page's own content lies; the bars round it stay as they are.
void paint_veil(const Scene& scene, float thickness);

}  // namespace kiosk::ui
