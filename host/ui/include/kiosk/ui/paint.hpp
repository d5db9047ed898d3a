// paint(): draws a Scene into the frame that was begun and is not yet rendered. No Dear ImGui window or widget
// is used: nothing of its look, focus or hit-testing can show through. The context's thread.
#pragma once

#include <kiosk/ui/fonts.hpp>
#include <kiosk/ui/scene.hpp>

namespace kiosk::ui {

void paint(const Scene& scene, const Fonts& fonts);

}  // namespace kiosk::ui
