// Fields: the text typed so far, its caret, and taps in it.
#include <kiosk/ui/caret.hpp>

#include "composer.hpp"
#include "field_text.hpp"

#include <algorithm>
#include <cmath>

namespace kiosk::ui {

namespace {
constexpr float kCaret = 0.6F;
constexpr std::size_t kLinesOfLongText = 5, kLinesOfShortText = 2;
}

float Composer::field_height(const Item& item, float width) const {
    const bool is_long = item.detail == "multiline";
    std::size_t lines = FieldText::count_lines(fonts_, item.value, width, scale_.label, screen_);
    lines = is_long ? kLinesOfLongText : std::clamp<std::size_t>(lines, 1, kLinesOfShortText);
    if (is_collapsed_) lines = 1;
    return std::max(mm(20), pitch(scale_.label) * static_cast<float>(lines) + mm(9));
}

void Composer::draw_field(const Item& item, const Rect& rect) {
    const Pair pair = palette_.card;
    const bool is_wrong = item.icon == "warning";
    box(rect, kRadius, pair.ground, is_wrong ? palette_.error_bar : item.editing ? palette_.accent : palette_.outline,
        is_wrong || item.editing ? 1.0F : palette_.outline_mm);
    if (item.icon == "search" && item.value.empty() && !item.editing) {   // until something is typed it says what it is for
        const float side = mm(9), x = rect.x + mm(6);
        icon("search", {x, std::round(rect.centre_y() - side / 2), side, side}, {palette_.is_high_contrast ? pair.ink : palette_.outline, pair.ground});
        words({item.label}, {x + side + mm(4), rect.y, rect.width - side - mm(16), rect.height}, scale_.label, Weight::regular, palette_.card_soft.ink, Align::left, true);
        note(item, rect, pair, scale_.label);
        return;
    }
    const FieldText text(fonts_, item.value, item.caret, rect, scale_.label, screen_);
    const std::size_t end = std::min(text.lines().size(), text.first_line() + text.lines_seen());
    const float lift = (text.pitch_px() - scale_.label) / 2;
    float y = text.inner().y;
    for (std::size_t line = text.first_line(); line < end; ++line, y += text.pitch_px())
        layer_->push_back(Line{std::round(text.inner().x), std::round(y + lift), std::string(text.text_of(text.lines()[line])),
                               scale_.label, Weight::regular, pair.ink});
    if (item.editing) box(text.caret_rect(std::max(2.0F, mm(kCaret))), 0, palette_.is_high_contrast ? pair.ink : palette_.accent);
    note(item, rect, pair, scale_.label);
}

std::size_t caret_at(const Scene& scene, const PlacedItem& field, const Fonts& fonts, float x_px, float y_px) {
    const FieldText text(fonts, field.item.value, field.item.caret, field.rect, field.font_px, scene.screen);
    return text.offset_at(x_px, y_px);
}

}  // namespace kiosk::ui
