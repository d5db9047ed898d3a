// LettersToCome: the letters of Vietnamese and English in every size and weight that pages at one text size are set in,
// drawn into the fonts' texture while nobody waits, so that a tap never draws a letter first. About 20 us a letter and
// some 2,000 letters. What is there already costs next to nothing, so it may be begun again.
//
// Refers to the fonts, whose context must be current, and is not to be used while a frame is being made. The context's
// thread. Cannot fail.
#pragma once

#include <kiosk/core/units.hpp>
#include <kiosk/ui/fonts.hpp>

#include <chrono>
#include <cstddef>
#include <string_view>
#include <vector>

namespace kiosk::ui {

class LettersToCome {
  public:
    // What Fonts::load() is to be given for them to fit.
    static Fonts::Room room(const core::ScreenSize& screen, app::TextSize size);

    LettersToCome(const Fonts& fonts, const core::ScreenSize& screen, app::TextSize size);

    // Draws some more, for about that long. False: there are none left.
    bool draw_some(std::chrono::microseconds at_most);

  private:
    struct Style {
        float font_px;
        Weight weight;
        std::u16string_view letters;
    };

    static std::vector<Style> styles(const core::ScreenSize& screen, app::TextSize size);

    const Fonts& fonts_;
    const std::vector<Style> styles_;
    std::size_t next_style_ = 0, next_letter_ = 0;
};

}  // namespace kiosk::ui
