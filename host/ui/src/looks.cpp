#include <cmath>

#include "composer.hpp"
#include "marked_text.hpp"

#include <algorithm>

namespace kiosk::ui {

using app::Look;

float Composer::text_height(std::string_view text, float font_px, Weight weight, float width, bool even) const {
    if (text.empty()) return 0;
    width = line_width(font_px, width);
    const auto lines = even ? fonts_.wrap_evenly(text, font_px, weight, width) : fonts_.wrap(text, font_px, weight, width);
    return pitch(font_px) * static_cast<float>(lines.size());
}

bool Composer::is_upright(const Item& item, float width, float height) const {
    if (item.look == Look::face) return width < mm(120) || height > width;
    if (item.look == Look::tile) return width < mm(is_low_screen() ? 120 : 170) && !screen_.is_portrait();
    if (item.look == Look::scale || item.look == Look::grid_cell) return in_grid_ || width < mm(90);
    return false;
}

float Composer::aid_width_beside(const Item& item) const {
    return fonts_.width(item.label, scale_.aid, Weight::regular) + mm(10 + 4);
}

float Composer::widest_word(const Item& item, float font_px, Weight weight) const {
    float widest = 0;
    for (const std::string& word : fonts_.wrap(item.label, font_px, weight, 1)) widest = std::max(widest, fonts_.width(word, font_px, weight));
    return widest;
}

float Composer::width_beside_others(const Item& item) const {
    switch (item.look) {
        case Look::step: return std::max(mm(22), std::ceil(fonts_.width(item.label, scale_.action, Weight::bold)) + mm(8));
        case Look::amount: {
            const float words = std::max(fonts_.width(item.label, scale_.title, Weight::bold), fonts_.width(item.detail, scale_.aid, Weight::regular));
            return std::max(mm(40), std::ceil(words) + mm(6));
        }
        case Look::star: return mm(28);
        case Look::card: case Look::title: return 0;
        case Look::picture: return photo_size(item, mm(60), photo_height(item, mm(60))).width;
        default: return action_width(item);
    }
}

bool Composer::has_qr() const {
    const auto codes = std::count_if(view_.items.begin(), view_.items.end(), [](const Item& item) { return item.look == Look::code; });
    return codes == 1 && !is_low_screen();
}

float Composer::line_width(float font_px, float width) const { return std::min(width, std::floor(font_px * 23)); }

float Composer::face_diameter(float width, float height) const {
    return std::floor(std::min({mm(56), width - mm(10), height - mm(8)}));
}

float Composer::paragraph_height(const Item& item, Weight weight, float width) const {
    if (item.marked.empty()) return text_height(item.label, scale_.body, weight, width);
    return pitch(scale_.body) * static_cast<float>(wrap_marked(item.marked, fonts_, scale_.body, line_width(scale_.body, width)).size());
}

float Composer::button_font(const Item& item) const {
    return item.zone == app::Zone::actions || item.id == "action.back" ? scale_.action : scale_.label;
}

// A drawing and the gap beside it.
float Composer::button_icon_room(const Item& item) const {
    return item.icon.empty() || is_poster_ ? 0 : std::round(button_font(item) * 0.62F) + mm(4);
}

std::vector<std::string> Composer::button_lines(const Item& item, float width) const {
    return fonts_.wrap_evenly(item.label, button_font(item), Weight::bold, width - button_icon_room(item) - (item.look == Look::quiet ? 0 : mm(8)));
}

float Composer::card_act_width(const Item& item) const {
    return item.value.empty() ? mm(12) : mm(12 + 6) + fonts_.width(item.value, scale_.body, Weight::bold);
}

float Composer::height_of(const Item& item, float width) const {
    switch (item.look) {
        case Look::hero:
            return text_height(item.label, scale_.hero, Weight::bold, width, true) +
                   (item.detail.empty() ? 0 : mm(4) + text_height(item.detail, scale_.title, Weight::regular, width, true));
        case Look::title: return text_height(item.label, scale_.title, Weight::bold, width, true);
        case Look::lead:
            return text_height(item.label, scale_.body, Weight::bold, width) +
                   (item.detail.empty() ? 0 : text_height(item.detail, scale_.body, Weight::regular, width));
        case Look::paragraph: return paragraph_height(item, Weight::regular, width);
        case Look::caption:
            return text_height(item.label, scale_.caption, Weight::regular, width) +
                   (item.detail.empty() ? 0 : text_height(item.detail, scale_.caption, Weight::regular, width));
        case Look::code: return has_qr() ? mm(kQrMm + 6) : pitch(scale_.hero) + mm(8);
        case Look::countdown: return std::round(scale_.countdown * 0.8F);
        case Look::picture: return has_photo(item) ? photo_height(item, width) : mm(is_low_screen() ? 26 : 52);
        case Look::success:
            if (is_low_screen()) return std::max(mm(kLowSeal), text_height(item.label, scale_.hero, Weight::bold, width - mm(kLowSeal + 5), true));
            return mm(38) + mm(6) + text_height(item.label, scale_.hero, Weight::bold, width, true);
        case Look::notice:
        case Look::problem:
            return std::max(mm(18), paragraph_height(item, Weight::bold, width - mm(28)) + mm(8));
        case Look::face: {
            const bool upright = is_upright(item, width, 0);
            if (!upright) return std::max(mm(42), text_height(item.label, scale_.title, Weight::bold, width - mm(70)) + mm(10));
            return std::max(mm(36), mm(is_low_screen() ? 22 + 10 : 36 + 14) + text_height(item.label, face_font(), Weight::bold, width - mm(3), true));
        }
        case Look::tile: {
            const bool upright = is_upright(item, width, 0);
            const float inner = upright ? width - mm(2 * tile_padding()) : width - mm(tile_padding() + 30 + 8 + 22);
            const float words = text_height(item.label, tile_font(), Weight::bold, inner, true) + mm(2) +
                                text_height(item.detail, is_low_screen() ? scale_.caption : scale_.body, Weight::regular, inner);
            return upright ? mm((tile_badge_mm(item) > 0 ? 3 : 2) * tile_padding() + tile_badge_mm(item)) + words : std::max(mm(44), words + mm(14));
        }
        case Look::option:
        case Look::ranked:
            return std::max({mm(20), has_photo(item) ? thumb_height() + mm(6) : 0,
                             text_height(item.label, scale_.label, Weight::bold, width - mm(34) - thumb_room(item)) + mm(is_low_screen() ? 5 : 9)});
        case Look::grid_cell:
        case Look::scale:
            if (!is_upright(item, width, 0)) return std::max(mm(20), text_height(item.label, scale_.label, Weight::bold, width - mm(34)) + mm(7));
            return std::max(mm(30), (item.value.empty() ? mm(14) : pitch(scale_.title)) + text_height(item.label, scale_.label, Weight::bold, width - mm(4)) + mm(is_low_screen() ? 6 : 10));
        case Look::grid_label: return text_height(item.label, scale_.body, Weight::bold, width);
        case Look::grid_head: return 0;
        case Look::star: return mm(28);
        case Look::step: return std::max(mm(22), pitch(scale_.action) + mm(4));
        case Look::amount:
            return std::max(mm(22), pitch(scale_.title) + (item.detail.empty() ? 0 : pitch(scale_.aid)) + (item.value.empty() ? 0 : mm(4)));
        case Look::part: return text_height(item.label, scale_.label, Weight::bold, width);
        case Look::link:
            return std::max(mm(20), text_height(item.label, scale_.body, Weight::bold, width - mm(28)) +
                                        text_height(item.detail, scale_.caption, Weight::regular, width - mm(28)) + mm(5));
        case Look::card:
            return std::max(mm(22), text_height(item.label, scale_.caption, Weight::regular, width - mm(12)) + mm(1) +
                                        text_height(item.detail, scale_.body, Weight::bold, width - card_act_width(item)) + mm(9));
        case Look::field: return field_height(item, width);
        case Look::signature: return signature_height(width);
        case Look::bar: return std::max(mm(14), pitch(scale_.body) + mm(4));
        case Look::primary:
            return std::max(mm(22), pitch(scale_.action) * (item.detail.empty() ? 1.0F : 2.0F) + mm(is_low_screen() ? 4 : 10));
        case Look::secondary:
        case Look::quiet:
            return std::max(mm(20), pitch(button_font(item)) * static_cast<float>(button_lines(item, width).size()) + mm(is_low_screen() ? 2 : 8));
        case Look::aid: {
            if (!aids_are_upright_) return mm(20);
            return std::max(mm(20), mm(2 + 8 + 1) + text_height(item.label, scale_.aid, Weight::regular, width - mm(1)) + mm(2));
        }
        case Look::progress: return mm(20);
        case Look::key: return mm(16);
        case Look::digit: case Look::pin: case Look::status: case Look::act: case Look::ruler: case Look::cross: case Look::door:
            return staff_height_of(item, width);
    }
    return 0;
}

}  // namespace kiosk::ui
