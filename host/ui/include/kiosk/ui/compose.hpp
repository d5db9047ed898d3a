// compose(): lays a page out for a screen. One description, two layouts: portrait has its aids in a dock at the foot,
// within reach; landscape, short of height, has them in a rail on the right. Pure but for measuring text with Fonts.
#pragma once

#include <kiosk/app/view_model.hpp>
#include <kiosk/core/units.hpp>
#include <kiosk/ui/fonts.hpp>
#include <kiosk/ui/pictures.hpp>
#include <kiosk/ui/scene.hpp>

#include <string>
#include <vector>

namespace kiosk::ui {

// What only the glass knows: where a page is scrolled to, which item a finger is on.
struct Presence {
    float scroll_px = 0;
    std::string pressed;
    std::string read;            // the item being read aloud
    std::string signing;         // the pad a finger is on,
    std::vector<Point> stroke;   // and what it has drawn since it came down, in pixels of the screen

    bool operator==(const Presence&) const = default;
};

// Without pictures, or where one is missing, its words stand alone.
Scene compose(const app::ViewModel& view, const core::ScreenSize& screen, const Fonts& fonts, const Presence& presence, const Pictures* pictures = nullptr);

}  // namespace kiosk::ui
