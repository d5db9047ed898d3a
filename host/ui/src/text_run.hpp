// Draws a line of text with its combining marks where they belong. Dear ImGui puts every glyph at the pen, so a mark
// that has no letter of its own (the short sign over ơ, ê, ô of Cơ Tu) would lie on the letter's own mark.
#pragma once

#include <kiosk/ui/fonts.hpp>
#include <kiosk/ui/scene.hpp>

struct ImDrawList;

namespace kiosk::ui {

void draw_line(const Line& line, const Fonts& fonts, ImDrawList& list);

}  // namespace kiosk::ui
