#include "field_text.hpp"

#include <kiosk/text/unicode.hpp>

#include <algorithm>
#include <cmath>

namespace kiosk::ui {
namespace {

constexpr float kSidePadding = 6, kTopPadding = 4;

Rect inner_of(const Rect& field, const core::ScreenSize& screen) {
    return field.inset(std::round(screen.px(core::Millimetres{kSidePadding})), std::round(screen.px(core::Millimetres{kTopPadding})));
}

// Breaks after spaces; a word wider than the field breaks between letters. A space never begins a line.
std::vector<FieldText::Line> broken(const Fonts& fonts, std::string_view value, float width_px, float font_px) {
    const std::vector<std::size_t> bounds = text::grapheme_bounds(value);
    std::vector<FieldText::Line> lines;
    std::size_t begin = 0, after_space = 0;
    for (std::size_t i = 0; i + 1 < bounds.size(); ++i) {
        const std::size_t at = bounds[i], end = bounds[i + 1];
        const char first = value[at];
        if (first == '\n') {
            lines.push_back({begin, at});
            begin = after_space = end;
            continue;
        }
        if (first == ' ') {
            after_space = end;
            continue;
        }
        if (fonts.width(value.substr(begin, end - begin), font_px, Weight::regular) <= width_px || at == begin) continue;
        const std::size_t next = after_space > begin ? after_space : at;
        lines.push_back({begin, next});
        begin = next;
    }
    lines.push_back({begin, value.size()});
    return lines;
}

}  // namespace

FieldText::FieldText(const Fonts& fonts, std::string_view value, std::size_t caret, const Rect& field, float font_px,
                     const core::ScreenSize& screen)
    : fonts_(fonts), value_(value), caret_(std::min(caret, value.size())), font_px_(font_px),
      pitch_px_(std::round(font_px * kPitchShare)), inner_(inner_of(field, screen)),
      lines_(broken(fonts, value, inner_.width, font_px)) {
    lines_seen_ = std::max<std::size_t>(1, static_cast<std::size_t>(inner_.height / pitch_px_ + 0.05F));
    const std::size_t caret_line = line_of(caret_);
    if (caret_line + 1 > lines_seen_) first_line_ = caret_line + 1 - lines_seen_;
    if (lines_seen_ == 1) inner_.y = std::round(field.centre_y() - pitch_px_ / 2);   // one line stands in the middle
}

std::size_t FieldText::count_lines(const Fonts& fonts, std::string_view value, float field_width_px, float font_px,
                                   const core::ScreenSize& screen) {
    return broken(fonts, value, inner_of({0, 0, field_width_px, 0}, screen).width, font_px).size();
}

std::size_t FieldText::line_of(std::size_t offset) const {
    std::size_t line = 0;
    while (line + 1 < lines_.size() && lines_[line + 1].begin <= offset) ++line;
    return line;
}

Rect FieldText::caret_rect(float width_px) const {
    const std::size_t line = line_of(caret_);
    const std::string_view before = value_.substr(lines_[line].begin, caret_ - lines_[line].begin);
    const float x = inner_.x + fonts_.width(before, font_px_, Weight::regular);
    const float y = inner_.y + pitch_px_ * static_cast<float>(line - first_line_);
    return {std::round(std::min(x, inner_.right())), y, width_px, pitch_px_};
}

std::size_t FieldText::offset_at(float x_px, float y_px) const {
    const float row = std::floor((y_px - inner_.y) / pitch_px_);
    const std::size_t seen = std::min(lines_.size() - first_line_, lines_seen_);
    const std::size_t line = first_line_ + static_cast<std::size_t>(std::clamp(row, 0.0F, static_cast<float>(seen - 1)));
    const std::string_view text = text_of(lines_[line]);
    std::size_t best = 0;
    float best_distance = INFINITY;
    for (const std::size_t bound : text::grapheme_bounds(text)) {
        const float distance = std::abs(inner_.x + fonts_.width(text.substr(0, bound), font_px_, Weight::regular) - x_px);
        if (distance < best_distance) best = bound, best_distance = distance;
    }
    return lines_[line].begin + best;
}

}  // namespace kiosk::ui
