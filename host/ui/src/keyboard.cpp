// The keyboard on the glass. It is no widget of Dear ImGui's: its keys are items of the page like any other, drawn here
// and hit before anything else could be.
#include "composer.hpp"

#include <algorithm>
#include <cmath>

namespace kiosk::ui {

using app::Look;
using app::Zone;

namespace {

// UX-44: 22 × 16 mm on wide screens, smaller on small ones; never wider than 25 mm, which gains nothing.
struct KeySizes { float width, height, gap, widest; };
constexpr KeySizes kWideScreen{22, 16, 3, 25};
constexpr KeySizes kNarrowScreen{17.8F, 12.7F, 2.54F, 20};
constexpr float kWideScreenMm = 260, kShortScreenMm = 220;
constexpr float kLeastHint = 4.8F, kLeastCapital = 5.8F, kTrayPadding = 4, kNarrowMargin = 4, kKeyRadius = 2.5F;
constexpr float kMostOfPortrait = 0.45F, kPadKeys = 4, kPadHeight = 1.3F;

const KeySizes& sizes_for(const core::ScreenSize& screen) {
    return screen.width_mm.value >= kWideScreenMm ? kWideScreen : kNarrowScreen;
}

bool is_wide_act(const app::Item& item) { return item.value == "done"; }
bool is_word(const app::Item& item) { return item.icon.empty() && item.value != "text" && item.value != "tone" && item.value != "suggestion"; }
bool is_letter(const app::Item& item) { return item.value == "text" || item.value == "suggestion" || item.value == "space"; }

}  // namespace

bool Composer::is_typing_on_short_screen() const {
    return screen_.height_mm.value < kShortScreenMm && !in_zone(Zone::keyboard).empty();
}

// Rows from the top; the strip of suggestions first, and empty while there is nothing to suggest, so that keys stay
// where they are.
std::vector<Composer::Items> Composer::keyboard_rows() const {
    std::vector<Items> rows(1);
    for (const Item* key : in_zone(Zone::keyboard)) {
        if (key->role != app::Role::key) continue;
        const auto row = static_cast<std::size_t>(key->key_row + 1);
        if (rows.size() <= row) rows.resize(row + 1);
        rows[row].push_back(key);
    }
    return rows;
}

void Composer::place_keyboard() {
    const std::vector<Items> rows = keyboard_rows();
    if (rows.size() < 2) return;
    const KeySizes& sizes = sizes_for(screen_);
    const float margin = screen_.width_mm.value >= kWideScreenMm ? 0 : mm(kNarrowMargin);
    const Rect room{content_.x - margin, content_.y, content_.width + 2 * margin, content_.height};
    const float gap = mm(sizes.gap), padding = std::round(is_collapsed_ ? gap : mm(kTrayPadding));
    const bool has_strip = has_suggestion_strip(rows);
    const auto count = static_cast<float>(rows.size() - (has_strip ? 0 : 1));
    // Large letters may have somewhat higher keys, as far as the page can spare them.
    const float most = static_cast<float>(screen_.height_px) * kMostOfPortrait;
    const float spare = (most - 2 * padding - gap * (count - 1)) / count;
    const bool is_pad = rows[1].size() < static_cast<std::size_t>(kPadKeys);
    const float wanted = mm(sizes.height * (is_pad ? kPadHeight : 1) * std::sqrt(size_factor(view_.size)));
    const float key_height = std::floor(is_collapsed_ ? mm(sizes.height) : std::clamp(wanted, mm(sizes.height), std::max(mm(sizes.height), spare)));
    const float height = key_height * count + gap * (count - 1) + 2 * padding;
    const float foot = screen_.is_portrait() ? content_.bottom() + mm(5) : static_cast<float>(screen_.height_px);
    const float right = screen_.is_portrait() || is_collapsed_ ? static_cast<float>(screen_.width_px) : content_.right() + mm(8);
    const Rect tray{0, foot - height, right, height};
    box(tray, 0, palette_.is_high_contrast ? palette_.page.ground : palette_.hairline);
    box({0, tray.y, right, std::max(1.0F, mm(0.3F))}, 0, palette_.outline);

    float widest = kPadKeys, letters = 0;   // in keys; rows of fewer letters are set in, not stretched
    for (const Items& row : rows) {
        if (row.empty() || row.front()->key_row < 0) continue;
        const float keys = row.back()->column + row.back()->span;
        widest = std::max(widest, keys);
        if (std::all_of(row.begin(), row.end(), [](const Item* key) { return key->value == "text"; })) letters = std::max(letters, keys);
    }
    const float board = std::min(room.width, std::floor((mm(sizes.widest) + gap) * widest - gap));
    const Rect keys{std::round(room.centre_x() - board / 2), tray.y + padding, board, height - 2 * padding};
    float y = keys.y;
    PlacedKeys placed;
    for (const Items& row : rows) {
        if (&row == &rows.front() && !has_strip) continue;
        if (&row == &rows.front() && row.empty()) place_typing_hint({keys.x, y, keys.width, key_height});
        add_key_row(row, {keys.x, y, keys.width, key_height}, gap, letters, placed);
        y += key_height + gap;
    }
    word_key_px_ = smallest_word_px(placed);
    for (const auto& [key, rect] : placed) place(*key, rect);
    content_.height = tray.y - mm(is_collapsed_ ? 2.6F : 5) - content_.y;
}

// In the place of suggestions while there are none: a line, as large as fits, or nothing.
void Composer::place_typing_hint(const Rect& band) {
    const float least = std::ceil(screen_.px(core::Millimetres{kLeastHint}) / kCapitalShare);
    const Pair pair{palette_.page.ink, palette_.is_high_contrast ? palette_.page.ground : palette_.hairline};
    for (const Item* item : in_zone(Zone::keyboard)) {
        if (item->role == app::Role::key) continue;
        float font_px = 0;
        for (const float larger : {least, scale_.aid, scale_.caption})
            if (larger > font_px && fonts_.width(item->label, larger, Weight::regular) <= band.width) font_px = larger;
        if (font_px == 0) return;
        item_begins_ = layer_->size();
        words({item->label}, band, font_px, Weight::regular, pair.ink, Align::centre, true);
        note(*item, band, pair, font_px);
        return;
    }
}

// Fields that are not Vietnamese never suggest; a short screen whose letters are large has no room to.
bool Composer::has_suggestion_strip(const std::vector<Items>& rows) const {
    const bool has_tones = std::any_of(rows[1].begin(), rows[1].end(), [](const Item* key) { return key->value == "tone"; });
    return has_tones && !(is_collapsed_ && view_.size != app::TextSize::medium);
}

void Composer::add_key_row(const Items& row, const Rect& band, float gap, float letters, PlacedKeys& placed) const {
    if (row.empty()) return;
    if (row.front()->key_row < 0) {
        constexpr float kPlaces = 3;
        const float width = std::floor((band.width - gap * (kPlaces - 1)) / kPlaces);
        for (const Item* key : row) placed.emplace_back(key, Rect{band.x + key->column * (width + gap), band.y, width, band.height});
        return;
    }
    const float keys = row.back()->column + row.back()->span;
    const KeySizes& sizes = sizes_for(screen_);
    const float most = mm(keys <= kPadKeys ? sizes.widest * 1.4F : sizes.widest) + gap;
    const float step = std::min((band.width + gap) / std::max(keys, letters), most);
    const float left = band.x + std::round((band.width - (step * keys - gap)) / 2);
    for (const Item* key : row) {
        const float x = std::round(left + key->column * step), end = std::round(left + (key->column + key->span) * step - gap);
        placed.emplace_back(key, Rect{x, band.y, end - x, band.height});
    }
}

// Words on keys are all as large as the longest for its key may be.
float Composer::smallest_word_px(const PlacedKeys& placed) const {
    float smallest = 0;
    for (const auto& [key, rect] : placed)
        if (is_word(*key)) smallest = smallest == 0 ? key_font(*key, rect) : std::min(smallest, key_font(*key, rect));
    return smallest;
}

float Composer::key_font(const Item& item, const Rect& rect) const {
    if (item.value == "tone") {   // a small sign, drawn large: in the largest size that fits and whose letters are there already
        float largest = 0;
        for (const float font_px : {scale_.title, scale_.label, scale_.body, scale_.action, scale_.aid})
            if (font_px <= rect.height) largest = std::max(largest, font_px);
        if (largest > 0) return largest;
    }
    const float wanted = std::max(kLeastCapital, screen_.mm(scale_.label * kCapitalShare).value);
    const float most = screen_.mm(rect.height).value * 0.48F;
    float font_px = std::ceil(screen_.px(core::Millimetres{std::min(wanted, std::max(kLeastCapital, most))}) / kCapitalShare);
    const float room = rect.width - mm(3);
    for (const float smaller : {kLeastCapital, 4.8F}) {   // a word on a key grows smaller before it grows out
        if (fonts_.width(item.label, font_px, Weight::bold) <= room) break;
        font_px = std::min(font_px, std::ceil(screen_.px(core::Millimetres{smaller}) / kCapitalShare));
    }
    return font_px;
}

void Composer::draw_key(const Item& item, const Rect& rect) {
    Pair pair = is_letter(item) ? palette_.card : Pair{palette_.card.ink, palette_.badge.ground};
    if (is_wide_act(item)) pair = palette_.primary;
    if (item.selected) pair = palette_.selected;
    if (is_pressed(item)) pair = is_wide_act(item) ? palette_.primary_pressed : palette_.pressed;
    const bool has_line = palette_.is_high_contrast || item.selected || is_pressed(item);
    if (!has_line) box({rect.x, rect.y + mm(0.5F), rect.width, rect.height}, kKeyRadius, palette_.outline);   // its edge below
    box(rect, kKeyRadius, pair.ground, has_line ? std::optional(palette_.is_high_contrast ? palette_.outline : palette_.accent) : std::nullopt,
        item.selected ? 0.8F : palette_.outline_mm);
    const float font_px = is_word(item) ? word_key_px_ : key_font(item, rect);
    if (!item.icon.empty()) {
        const float side = std::round(std::min(rect.height * 0.56F, mm(10)));
        const bool has_words = item.value == "shift" && item.selected && fonts_.width(item.label, font_px, Weight::bold) < rect.width - mm(2);
        if (!has_words) icon(item.icon, {std::round(rect.centre_x() - side / 2), std::round(rect.centre_y() - side / 2), side, side}, pair);
        else words({item.label}, rect, font_px, Weight::bold, pair.ink, Align::centre, true);
    } else {
        const Weight weight = is_letter(item) && item.value != "suggestion" ? Weight::regular : Weight::bold;
        words({item.label}, rect, font_px, weight, pair.ink, Align::centre, true);
    }
    if (is_pressed(item) && item.value == "text") draw_key_preview(item, rect);
    note(item, rect, pair, item.icon.empty() ? font_px : 0);
}

// The letter, large, above the finger that hides it.
void Composer::draw_key_preview(const Item& item, const Rect& rect) {
    std::vector<Shape>* const layer = std::exchange(layer_, &scene_.above);
    const float width = std::max(rect.width, mm(20)) * 1.15F, height = rect.height * 1.35F;
    const Rect bubble{std::round(rect.centre_x() - width / 2), std::round(rect.y - height - mm(1)), std::round(width), std::round(height)};
    box(bubble, kKeyRadius, palette_.card.ground, palette_.is_high_contrast ? palette_.outline : palette_.accent, 0.8F);
    words({item.label}, bubble, std::round(scale_.title * 1.1F), Weight::bold, palette_.card.ink, Align::centre, true);
    layer_ = layer;
}

}  // namespace kiosk::ui
