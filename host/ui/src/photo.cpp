// Pictures of forms: of a question above its answers, or beside them where the screen lies; of a choice before its words.
#include "composer.hpp"

#include <algorithm>
#include <cmath>

namespace kiosk::ui {

using app::Look;

namespace {
constexpr float kMostEnlarged = 2;          // beyond it a picture is a blur
constexpr float kShape = 1.35F;             // of the place a choice's picture has
constexpr float kLeastBeside = 110, kColumnShare = 0.36F, kColumnGap = 8;
constexpr float kLargest = 130;
}  // namespace

bool Composer::has_photo(const Item& item) const {
    return pictures_ && !item.medium.empty() && pictures_->natural_size(item.medium).width > 0;
}

Rect Composer::photo_size(const Item& item, float width, float height) const {
    if (!has_photo(item)) return {};
    const Rect own = pictures_->natural_size(item.medium);
    const float scale = std::min({width / own.width, height / own.height, kMostEnlarged});
    return {0, 0, std::max(1.0F, std::floor(own.width * scale)), std::max(1.0F, std::floor(own.height * scale))};
}

float Composer::photo_height(const Item& item, float width) const {
    const float most = is_low_screen() ? 30 : screen_.is_portrait() ? 80 : 60;
    return photo_size(item, width, mm(most)).height;
}

// How much taller it would gladly be.
float Composer::photo_stretch(const Item& item, float width) const {
    return photo_size(item, width, mm(kLargest)).height - photo_height(item, width);
}

float Composer::photo_column(const Items& items) const {
    const auto is_photo = [this](const Item* item) { return item->look == Look::picture && has_photo(*item); };
    if (screen_.is_portrait() || is_low_screen() || std::count_if(items.begin(), items.end(), is_photo) != 1) return 0;
    const Item& item = **std::find_if(items.begin(), items.end(), is_photo);
    const float width = photo_size(item, std::floor(content_.width * kColumnShare), content_.height).width;
    const float left = screen_.mm(content_.width - width).value - kColumnGap;
    return left >= kLeastBeside * std::sqrt(size_factor(view_.size)) ? width : 0;
}

void Composer::place_photo_column(const Item& item, float width) {
    const Rect size = photo_size(item, width, content_.height);
    place(item, {content_.x, content_.y + std::floor((content_.height - size.height) / 2), width, size.height});
    content_.x += width + mm(kColumnGap);
    content_.width -= width + mm(kColumnGap);
}

float Composer::thumb_room(const Item& item) const { return has_photo(item) ? std::round(thumb_height() * kShape) + mm(5) : 0; }

void Composer::draw_photo(const Item& item, const Rect& rect) {
    const Rect size = photo_size(item, rect.width, rect.height);
    const Rect place{is_centred_ ? std::round(rect.centre_x() - size.width / 2) : rect.x, rect.y, size.width, size.height};
    layer_->push_back(Photo{item.medium, place, mm(kSmallRadius)});
    box(place, kSmallRadius, {}, palette_.is_high_contrast ? palette_.outline : palette_.hairline, palette_.outline_mm);
    note(item, place, palette_.page, 0);
}

float Composer::draw_thumb(const Item& item, const Rect& rect, float left) {
    if (!has_photo(item)) return left;
    const float width = thumb_room(item) - mm(5);
    const Rect size = photo_size(item, width, thumb_height());
    const Rect place{std::round(left + (width - size.width) / 2), std::round(rect.centre_y() - size.height / 2), size.width, size.height};
    layer_->push_back(Photo{item.medium, place, mm(1.5F)});
    return left + width;
}

}  // namespace kiosk::ui
