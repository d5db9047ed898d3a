// paint(): draws a Scene into a Dear ImGui draw list, between NewFrame() and Render(). No Dear ImGui window or widget
// is used: nothing of its look, focus or hit-testing can show through. The context's thread.
#pragma once

#include <kiosk/ui/fonts.hpp>
#include <kiosk/ui/scene.hpp>

struct ImDrawList;

namespace kiosk::ui {

void paint(const Scene& scene, const Fonts& fonts, ImDrawList& list);

}  // namespace kiosk::ui
