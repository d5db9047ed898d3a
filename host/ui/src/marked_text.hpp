// Text with the Markdown that workbooks use: **strong**, *emphasis* (strong too: one family, two weights), headings, lists,
// links (as their words), line breaks. Laid out in lines of runs. Pure but for measuring with Fonts.
#pragma once

#include <kiosk/ui/fonts.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace kiosk::ui {

struct MarkedRun {
    float x = 0;                 // from the left edge of the text
    std::string text;
    Weight weight = Weight::regular;
};
using MarkedLine = std::vector<MarkedRun>;

std::vector<MarkedLine> wrap_marked(std::string_view marked, const Fonts& fonts, float font_px, float width_px);

}  // namespace kiosk::ui
