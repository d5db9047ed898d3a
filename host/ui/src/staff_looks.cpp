// How the looks that only staff pages have are measured and drawn.
#include <cmath>

#include "composer.hpp"

#include <algorithm>
#include <cstdlib>

namespace kiosk::ui {

using app::Look;

namespace {

constexpr float kMarkMm = 8, kRulerMm = 100, kCrossMm = 14;
constexpr float kShortScreenMm = 200;   // there a keypad of four rows leaves no room for its title

}  // namespace

float Composer::staff_height_of(const Item& item, float width) const {
    switch (item.look) {
        case Look::digit: return mm(22);
        case Look::pin: return mm(12);
        case Look::status: return std::max(mm(kMarkMm + 2), text_height(item.label, scale_.body, Weight::regular, width - mm(kMarkMm + 4)));
        case Look::act: {
            const float inner = width - mm(item.icon.empty() ? 12 : 12 + 14);
            return std::max(mm(20), text_height(item.label, scale_.body, Weight::bold, inner) +
                                        text_height(item.detail, scale_.caption, Weight::regular, inner) + mm(8));
        }
        case Look::ruler: return mm(14) + pitch(scale_.caption);
        case Look::door: return mm(20);
        default: return 0;   // a cross stands where it says, not in the flow
    }
}

int Composer::staff_columns_of(const Items& run, float width) const {
    const Look look = run.front()->look;
    if (look == Look::digit) return screen_.height_mm.value < kShortScreenMm ? 6 : 3;
    float widest = 0;
    for (const Item* item : run) {
        for (const std::string& word : fonts_.wrap(item->label, scale_.body, Weight::bold, 1))
            widest = std::max(widest, fonts_.width(word, scale_.body, Weight::bold));
        for (const std::string& word : fonts_.wrap(item->detail, scale_.caption, Weight::regular, 1))
            widest = std::max(widest, fonts_.width(word, scale_.caption, Weight::regular));
    }
    const float cell = std::max(mm(62), widest + mm(12 + 14 + 2));
    const int fitting = static_cast<int>((width + mm(5)) / (cell + mm(5)));
    return std::clamp(fitting, 1, std::min(4, static_cast<int>(run.size())));
}

void Composer::draw_digit(const Item& item, const Rect& rect) {
    const Pair pair = colours_of(item);
    box(rect, kRadius, pair.ground, palette_.outline, palette_.outline_mm);
    const bool is_digit = item.label.size() == 1;
    const float font_px = is_digit ? scale_.title : scale_.body;
    words({item.label}, rect, font_px, Weight::bold, pair.ink, Align::centre, true);
    note(item, rect, pair, font_px);
}

void Composer::draw_pin(const Item& item, const Rect& rect) {
    const int typed = std::atoi(item.value.c_str()), all = std::atoi(item.detail.c_str());
    const float side = mm(7), gap = mm(6);
    float x = std::round(rect.centre_x() - (side * static_cast<float>(all) + gap * static_cast<float>(all - 1)) / 2);
    for (int digit = 0; digit < all; ++digit) {
        const std::optional<Colour> fill = digit < typed ? std::optional(palette_.page.ink) : std::nullopt;
        box({x, std::round(rect.centre_y() - side / 2), side, side}, 3.5F, fill, palette_.page.ink, 0.7F);
        x += side + gap;
    }
    note(item, rect, palette_.page, 0);
}

void Composer::draw_status(const Item& item, const Rect& rect) {
    const bool is_plain = palette_.is_high_contrast;
    const float side = mm(kMarkMm);
    const Rect mark{rect.x, rect.y + mm(1), side, side};
    // Shape says it, colour only agrees: a disc, a triangle, a cross.
    if (item.value == "good")
        box(mark.inset(side * 0.2F), kMarkMm * 0.3F, is_plain ? palette_.page.ink : palette_.faces.back());
    else
        icon(item.value == "fault" ? "close" : "warning", mark.inset(side * 0.05F),
             {is_plain || item.value == "attention" ? palette_.page.ink : palette_.error_bar, palette_.page.ground});
    const Rect inner{rect.x + mm(kMarkMm + 4), rect.y, rect.width - mm(kMarkMm + 4), std::max(mm(kMarkMm + 2), pitch(scale_.body))};
    const auto lines = fonts_.wrap(item.label, scale_.body, Weight::regular, inner.width);
    if (lines.size() == 1)
        words(lines, inner, scale_.body, Weight::regular, palette_.page.ink, Align::left, true);
    else
        words(lines, inner, scale_.body, Weight::regular, palette_.page.ink, Align::left, false);
    note(item, rect, palette_.page, scale_.body);
}

void Composer::draw_act(const Item& item, const Rect& rect) {
    const Pair pair = colours_of(item);
    box(rect, kRadius, pair.ground, item.selected ? palette_.accent : palette_.outline, item.selected ? 1.0F : palette_.outline_mm);
    float left = rect.x + mm(6);
    if (!item.icon.empty()) {
        const float side = mm(9);
        icon(item.icon, {left, std::round(rect.centre_y() - side / 2), side, side},
             {palette_.is_high_contrast || is_pressed(item) ? pair.ink : palette_.accent, pair.ground});
        left += mm(14);
    }
    const float width = rect.right() - left - mm(6);
    const auto label = fonts_.wrap(item.label, scale_.body, Weight::bold, width);
    const auto detail = fonts_.wrap(item.detail, scale_.caption, Weight::regular, width);
    const float label_height = pitch(scale_.body) * static_cast<float>(label.size());
    const float detail_height = item.detail.empty() ? 0 : pitch(scale_.caption) * static_cast<float>(detail.size());
    const float top = std::round(rect.centre_y() - (label_height + detail_height) / 2);
    words(label, {left, top, width, label_height}, scale_.body, Weight::bold, pair.ink, Align::left, true);
    if (!item.detail.empty())
        words(detail, {left, top + label_height, width, detail_height}, scale_.caption, Weight::regular, pair.ink, Align::left, true);
    note(item, rect, pair, scale_.body);
}

// True to the millimetre where the configured screen size is: each stroke is placed by itself, so that rounding to
// pixels does not add up.
void Composer::draw_ruler(const Item& item, const Rect& rect) {
    const float scale = screen_.px_per_mm(), left = std::round(rect.centre_x() - kRulerMm * scale / 2);
    const float top = rect.y + mm(1), thin = std::max(1.0F, std::round(0.3F * scale));
    for (int millimetre = 0; millimetre <= static_cast<int>(kRulerMm); ++millimetre) {
        const float length = millimetre % 10 == 0 ? 12 : millimetre % 5 == 0 ? 8 : 5;
        const float x = std::round(left + static_cast<float>(millimetre) * scale);
        box({x, top, thin, mm(length)}, 0, palette_.page.ink);
        if (millimetre % 20 == 0)
            words({std::to_string(millimetre)}, {x - mm(10), top + mm(13), mm(20), pitch(scale_.caption)}, scale_.caption, Weight::regular, palette_.page.ink, Align::centre, true);
    }
    note(item, {left, rect.y, std::round(kRulerMm * scale), rect.height}, palette_.page, 0);
}

void Composer::draw_cross(const Item& item) {
    char* rest = nullptr;
    const float x = std::strtof(item.value.c_str(), &rest) * static_cast<float>(screen_.width_px);
    const float y = std::strtof(rest, nullptr) * static_cast<float>(screen_.height_px);
    const float length = mm(kCrossMm), thin = std::max(2.0F, mm(0.7F));
    std::vector<Shape>* const before = layer_;
    layer_ = &scene_.above;
    box({std::round(x - length / 2), std::round(y - thin / 2), length, thin}, 0, palette_.page.ink);
    box({std::round(x - thin / 2), std::round(y - length / 2), thin, length}, 0, palette_.page.ink);
    layer_ = before;
    note(item, {std::round(x - length / 2), std::round(y - length / 2), length, length}, palette_.page, 0);
}

// A screen with no room to spare shows a lock alone.
float Composer::door_width(const Item& item) const {
    if (is_low_screen()) return mm(20);
    return std::ceil(std::max(mm(20), fonts_.width(item.label, scale_.caption, Weight::regular) + mm(6)));
}

void Composer::draw_door(const Item& item, const Rect& rect) {
    const Pair pair = is_pressed(item) ? palette_.pressed : is_poster_ ? palette_.attract : palette_.page_soft;
    if (is_pressed(item)) box(rect, 3, pair.ground);
    if (is_low_screen()) {
        const float side = mm(9);
        icon("lock", {rect.right() - side, std::round(rect.centre_y() - side / 2), side, side}, pair);
        note(item, rect, pair, 0);
        return;
    }
    words({item.label}, rect, scale_.caption, Weight::regular, pair.ink, Align::right, true);
    note(item, rect, pair, scale_.caption);
}

}  // namespace kiosk::ui
