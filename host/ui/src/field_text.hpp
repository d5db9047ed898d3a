// How the text of a field is broken into lines and where its caret stands. One place for drawing and for taps, so that
// a tap puts the caret where it is seen.
#pragma once

#include <kiosk/core/units.hpp>
#include <kiosk/ui/fonts.hpp>
#include <kiosk/ui/scene.hpp>

#include <cstddef>
#include <string_view>
#include <vector>

namespace kiosk::ui {

class FieldText {
  public:
    struct Line { std::size_t begin, end; };   // bytes of the value

    // Refers to `value`, which must outlive it.
    FieldText(const Fonts& fonts, std::string_view value, std::size_t caret, const Rect& field, float font_px,
              const core::ScreenSize& screen);

    const std::vector<Line>& lines() const { return lines_; }
    std::size_t first_line() const { return first_line_; }   // the first that is seen: the caret always is
    std::size_t lines_seen() const { return lines_seen_; }
    std::string_view text_of(const Line& line) const { return value_.substr(line.begin, line.end - line.begin); }
    Rect inner() const { return inner_; }
    float pitch_px() const { return pitch_px_; }
    Rect caret_rect(float width_px) const;
    std::size_t offset_at(float x_px, float y_px) const;

    // How many lines the value takes in a field so wide; for measuring.
    static std::size_t count_lines(const Fonts& fonts, std::string_view value, float field_width_px, float font_px,
                                   const core::ScreenSize& screen);

  private:
    std::size_t line_of(std::size_t offset) const;

    const Fonts& fonts_;
    std::string_view value_;
    std::size_t caret_;
    float font_px_;
    float pitch_px_;
    Rect inner_;
    std::vector<Line> lines_;
    std::size_t first_line_ = 0;
    std::size_t lines_seen_ = 1;
};

}  // namespace kiosk::ui
