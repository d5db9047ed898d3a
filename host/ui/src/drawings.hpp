// The vector drawings of the design system, private to ui: icons and faces, drawn from lines and arcs so that they are
// crisp at any size and take the theme's colours.
#pragma once

#include <kiosk/ui/scene.hpp>

struct ImDrawList;

namespace kiosk::ui {

void draw_icon(const Icon& icon, ImDrawList& list);
void draw_ink(const Ink& ink, ImDrawList& list);
void draw_face(const Face& face, ImDrawList& list);
unsigned int packed(Colour colour);

}  // namespace kiosk::ui
