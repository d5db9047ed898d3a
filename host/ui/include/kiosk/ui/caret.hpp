// Where in a field's text a finger came down: the byte offset of the nearest boundary between two letters. Pure but
// for measuring text with Fonts, whose context must be current.
#pragma once

#include <kiosk/ui/fonts.hpp>
#include <kiosk/ui/scene.hpp>

#include <cstddef>

namespace kiosk::ui {

std::size_t caret_at(const Scene& scene, const PlacedItem& field, const Fonts& fonts, float x_px, float y_px);

}  // namespace kiosk::ui
