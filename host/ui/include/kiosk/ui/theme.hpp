// The design system's tokens: colours of the three themes, the type scale, sizes in millimetres. Pure values; the
// contrast of every pair is held by a test (tests/ui). Any thread.
#pragma once

#include <kiosk/app/view_model.hpp>
#include <kiosk/core/units.hpp>

#include <array>
#include <cstdint>

namespace kiosk::ui {

struct Colour {
    std::uint8_t red = 0, green = 0, blue = 0;

    bool operator==(const Colour&) const = default;
};

constexpr Colour rgb(std::uint32_t hex) {
    return {static_cast<std::uint8_t>(hex >> 16), static_cast<std::uint8_t>(hex >> 8), static_cast<std::uint8_t>(hex)};
}

// WCAG 2 contrast ratio, 1 to 21.
double contrast(Colour a, Colour b);

struct Pair {
    Colour ink;      // text and drawings
    Colour ground;   // what they stand on
    bool operator==(const Pair&) const = default;
};

struct Palette {
    Pair page;
    Pair page_soft;        // second-rank text
    Pair card;
    Pair card_soft;
    Pair primary;          // the main act
    Pair primary_pressed;
    Pair pressed;          // any other control while a finger is on it
    Pair selected;
    Pair error;
    Pair success;
    Pair notice;
    Pair attract;          // the waiting page is a poster of its own
    Pair attract_act;
    Pair badge;            // an icon's little square
    Colour outline;        // of controls
    Colour hairline;       // between areas; means nothing
    Colour accent;         // bars, rings, the caret
    Colour error_bar;
    Colour focus_outer, focus_inner;
    std::array<Colour, 5> faces;   // worst to best
    Colour face_ink;
    float outline_mm;
    bool is_high_contrast;         // no tints, no shadows: lines only
};

const Palette& palette(app::Theme theme);

// Sizes of text by the height of a capital letter, which is what the eye reads.
struct TypeScale {
    float caption, body, label, title, hero, countdown;   // font sizes in whole pixels
    float aid, action;   // of the aids and of the bar of acts: they stop growing at L, or they would leave no page
};

// A screen too low for fixed bands of their own: 10.1 inches lying.
bool is_low(const core::ScreenSize& screen);

inline constexpr float kCapitalShare = 0.524F;   // of Dear ImGui's font size, in Noto Sans
inline constexpr float kAscentShare = 0.785F;
inline constexpr float kPitchShare = 1.03F;      // line pitch 1.40 em: Ẫ over Ỗ needs 1.31

// Millimetres of capital height of running text, from the distance such a screen is read at (UX-18).
float body_capital_mm(const core::ScreenSize& screen);

// The sizes used at one text size: few, so that the glyph atlas of 1.92.2b never wraps its counter.
TypeScale type_scale(const core::ScreenSize& screen, app::TextSize size);
float size_factor(app::TextSize size);

}  // namespace kiosk::ui
