#include <cmath>

#include "composer.hpp"

#include <algorithm>

namespace kiosk::ui {

using app::Look;

float Composer::text_height(std::string_view text, float font_px, Weight weight, float width, bool even) const {
    if (text.empty()) return 0;
    const auto lines = even ? fonts_.wrap_evenly(text, font_px, weight, width) : fonts_.wrap(text, font_px, weight, width);
    return pitch(font_px) * static_cast<float>(lines.size());
}

bool Composer::is_upright(const Item& item, float width, float height) const {
    if (item.look == Look::face) return width < mm(120) || height > width;
    if (item.look == Look::tile) return width < mm(170) && !screen_.is_portrait();
    return false;
}

float Composer::aid_width_beside(const Item& item) const {
    return fonts_.width(item.label, scale_.caption, Weight::regular) + mm(10 + 4);
}

float Composer::face_diameter(float width, float height) const {
    return std::floor(std::min({mm(56), width - mm(10), height - mm(8)}));
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
        case Look::paragraph: return text_height(item.label, scale_.body, Weight::regular, width);
        case Look::caption:
            return text_height(item.label, scale_.caption, Weight::regular, width) +
                   (item.detail.empty() ? 0 : text_height(item.detail, scale_.caption, Weight::regular, width));
        case Look::code: return pitch(scale_.hero) + mm(8);
        case Look::countdown: return pitch(scale_.countdown);
        case Look::picture: return mm(screen_.height_mm.value < 150 ? 26 : 52);
        case Look::success: return mm(38) + mm(6) + text_height(item.label, scale_.hero, Weight::bold, width, true);
        case Look::notice:
        case Look::problem:
            return std::max(mm(18), text_height(item.label, scale_.body, Weight::bold, width - mm(28)) + mm(8));
        case Look::face: {
            const bool upright = is_upright(item, width, 0);
            if (!upright) return std::max(mm(42), text_height(item.label, scale_.title, Weight::bold, width - mm(70)) + mm(10));
            return mm(36) + mm(14) + text_height(item.label, scale_.label, Weight::bold, width - mm(6));
        }
        case Look::tile: {
            const bool upright = is_upright(item, width, 0);
            const float inner = upright ? width - mm(16) : width - mm(16 + 30 + 14);
            const float words = text_height(item.label, scale_.title, Weight::bold, inner) + mm(2) +
                                text_height(item.detail, scale_.body, Weight::regular, inner);
            return upright ? mm(8 + 28 + 8) + words + mm(8) : std::max(mm(44), words + mm(14));
        }
        case Look::option:
            return std::max(mm(20), text_height(item.label, scale_.label, Weight::bold, width - mm(34)) + mm(9));
        case Look::card:
            return std::max(mm(22), text_height(item.label, scale_.caption, Weight::regular, width - mm(12)) +
                                        text_height(item.detail, scale_.body, Weight::bold, width - mm(44)) + mm(9));
        case Look::field: return field_height(item, width);
        case Look::signature: return signature_height(width);
        case Look::bar: return std::max(mm(14), pitch(scale_.body) + mm(4));
        case Look::primary: return std::max(mm(22), pitch(scale_.label) * (item.detail.empty() ? 1.0F : 2.0F) + mm(10));
        case Look::secondary:
        case Look::quiet: return std::max(mm(20), pitch(scale_.label) + mm(8));
        case Look::aid: {
            if (!aids_are_upright_) return mm(20);
            return std::max(mm(20), mm(3 + 8 + 1) + text_height(item.label, scale_.caption, Weight::regular, width - mm(2)) + mm(2));
        }
        case Look::progress: return mm(20);
        case Look::key: return mm(16);
        case Look::digit: case Look::pin: case Look::status: case Look::act: case Look::ruler: case Look::cross: case Look::door:
            return staff_height_of(item, width);
    }
    return 0;
}

}  // namespace kiosk::ui
