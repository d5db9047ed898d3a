#include <cmath>

#include "composer.hpp"

#include <algorithm>
#include <utility>

namespace kiosk::ui {

using app::Look;
using app::Zone;

namespace {
constexpr float kTallEnoughToLower = 250;
}

Scene compose(const app::ViewModel& view, const core::ScreenSize& screen, const Fonts& fonts, const Presence& presence, const Pictures* pictures) {
    return Composer(view, screen, fonts, presence, pictures).page();
}

Composer::Composer(const app::ViewModel& view, const core::ScreenSize& screen, const Fonts& fonts,
                   const Presence& presence, const Pictures* pictures)
    : view_(view), screen_(screen), fonts_(fonts), presence_(presence), pictures_(pictures), palette_(palette(view.theme)),
      scale_(type_scale(screen, view.size)) {
    scene_.screen = screen;
    scene_.page = view.page;
    scene_.language = view.language;
    scene_.theme = view.theme;
    scene_.size = view.size;
    scene_.focus = view.focus;
    scene_.lowered = view.lowered && screen.height_mm.value >= kTallEnoughToLower;
    scene_.whole_screen_is_target = view.whole_screen_is_target;
    scene_.wants_places = view.wants_places;
    is_poster_ = view.whole_screen_is_target;
    is_centred_ = std::any_of(view.items.begin(), view.items.end(), [](const Item& item) {
        return item.look == Look::hero || item.look == Look::success;
    });
    scene_.ground = is_poster_ ? palette_.attract.ground : palette_.page.ground;
    layer_ = &scene_.fixed;
}

Composer::Items Composer::in_zone(Zone zone) const {
    Items items;
    // A screen that is no taller than an arm is long has nothing to lower.
    const bool can_lower = screen_.height_mm.value >= kTallEnoughToLower;
    for (const Item& item : view_.items)
        if (item.zone == zone && (can_lower || item.id != "aid.lower")) items.push_back(&item);
    return items;
}

Scene Composer::page() && {
    const float low = is_low_screen() ? 4 : kMargin;
    is_collapsed_ = is_typing_on_short_screen();
    content_ = Rect{0, 0, static_cast<float>(screen_.width_px), static_cast<float>(screen_.height_px)}.inset(mm(kMargin), mm(is_collapsed_ ? 3 : low));
    if (!is_collapsed_) place_aids();
    place_keyboard();
    if (!is_collapsed_) place_actions();
    if (scene_.lowered && in_zone(Zone::keyboard).empty()) {   // everything to be touched within reach from a wheelchair
        const float half = std::round(static_cast<float>(screen_.height_px) / 2);
        const float down = std::max(0.0F, half - content_.y);
        content_.y += down;
        content_.height -= down;
    }
    if (!is_collapsed_) place_header();
    place_body();
    finish_focus();
    return std::move(scene_);
}

void Composer::place_aids() {
    Items aids = in_zone(Zone::aids);
    const auto help = std::find_if(aids.begin(), aids.end(), [](const Item* item) { return item->id == "aid.help"; });
    const Item* all_in_one = help == aids.end() ? nullptr : *help;
    if (help != aids.end()) aids.erase(help);
    if (aids.empty()) return;
    if (screen_.is_portrait() && screen_.width_mm.value >= 200) return place_dock(aids);
    aids_are_upright_ = true;
    const float width = mm(std::clamp(screen_.width_mm.value * 0.11F, 36.0F, 52.0F));
    if (!all_in_one || (!screen_.is_portrait() && !is_low_screen() && fits_rail(aids, width))) return place_rail(aids);
    help_ = all_in_one;
}

bool Composer::fits_rail(const Items& aids, float width) const {
    float height = mm(6) + mm(3) * static_cast<float>(aids.size() - 1);
    for (const Item* aid : aids) {
        if (widest_word(*aid, scale_.aid, Weight::regular) > width - mm(6)) return false;
        height += height_of(*aid, width - mm(6));
    }
    return height <= static_cast<float>(screen_.height_px);
}

void Composer::place_dock(const Items& aids) {
    const float width = static_cast<float>(screen_.width_px), gap = mm(3);
    const float cell = std::floor((content_.width - gap * static_cast<float>(aids.size() - 1)) /
                                  static_cast<float>(aids.size()));
    // All beside their drawings, or all below them.
    aids_are_upright_ = std::any_of(aids.begin(), aids.end(), [&](const Item* aid) { return aid_width_beside(*aid) > cell; });
    float height = mm(kAidHeight);
    for (const Item* aid : aids) height = std::max(height, height_of(*aid, cell));
    for (const Item* aid : aids) aid_lines_ = std::max(aid_lines_, fonts_.wrap_evenly(aid->label, scale_.aid, Weight::regular, cell - mm(1)).size());
    const Rect dock{0, static_cast<float>(screen_.height_px) - height - mm(6), width, height + mm(6)};
    box(dock, 0, palette_.card.ground);
    box({0, dock.y, width, std::max(1.0F, mm(0.3F))}, 0, palette_.hairline);
    float x = content_.x;
    for (const Item* aid : aids) {
        place(*aid, {x, dock.y + mm(3), cell, height});
        x += cell + gap;
    }
    aid_lines_ = 0;
    content_.height = dock.y - mm(kGap) - content_.y;
}

void Composer::place_rail(const Items& aids) {
    const float height = static_cast<float>(screen_.height_px);
    const float width = mm(std::clamp(screen_.width_mm.value * 0.11F, 36.0F, 52.0F));
    const Rect rail{static_cast<float>(screen_.width_px) - width, 0, width, height};
    box(rail, 0, palette_.card.ground);
    box({rail.x, 0, std::max(1.0F, mm(0.3F)), height}, 0, palette_.hairline);
    const float gap = mm(3);
    const float room = (height - mm(6) - gap * static_cast<float>(aids.size() - 1)) / static_cast<float>(aids.size());
    const float cell = std::min(std::floor(room), mm(46));
    float y = rail.y + mm(3);
    for (const Item* aid : aids) {
        place(*aid, {rail.x + mm(3), y, width - mm(6), cell});
        y += cell + gap;
    }
    content_.width = rail.x - mm(kMargin) - content_.x;
}

float Composer::action_width(const Item& item, int lines) const {
    const float font_px = item.zone == Zone::actions ? scale_.action : scale_.label;
    float width = fonts_.width(item.label, font_px, Weight::bold);
    if (lines > 1) {
        width = 0;
        for (const std::string& line : fonts_.wrap_evenly(item.label, font_px, Weight::bold, fonts_.width(item.label, font_px, Weight::bold) * 0.7F))
            width = std::max(width, fonts_.width(line, font_px, Weight::bold));
    }
    width += 2 * mm(is_low_screen() ? 6 : 8);
    if (!item.icon.empty()) width += font_px * 0.62F + mm(4);
    return std::ceil(std::max(width, mm(item.look == Look::primary ? 64 : 40)));
}

void Composer::place_actions() {
    Items buttons, texts;
    const Item* door = nullptr;
    for (const Item* item : in_zone(Zone::actions))
        if (item->look == Look::door) door = item;
        else (item->role == app::Role::button ? buttons : texts).push_back(item);
    const bool goes_on_by_itself = std::none_of(buttons.begin(), buttons.end(), [](const Item* item) { return item->look == Look::primary; });
    if (is_low_screen() && goes_on_by_itself && !buttons.empty())
        for (const Item* item : in_zone(Zone::body)) {
            if (item->id != "action.skip") continue;
            skip_ = *item;
            skip_->look = Look::secondary;
            skip_->zone = Zone::actions;
            float width = action_width(*skip_);
            for (const Item* button : buttons) width += mm(kGap) + action_width(*button);
            if (width <= content_.width) buttons.push_back(&*skip_);
            else skip_.reset();
        }
    float y = content_.bottom();
    const float beside = door ? door_width(*door) : 0;
    const float left = is_low_screen() ? 0 : beside;   // free on both sides, so that small print stays in the middle
    if (door) place(*door, {content_.right() - beside, y - height_of(*door, beside), beside, height_of(*door, beside)});
    for (auto text = texts.rbegin(); text != texts.rend(); ++text) {   // small print goes under the button
        const float width = content_.width - left - beside, needed = height_of(**text, width);
        const float height = door ? std::max(needed, height_of(*door, beside)) : needed;
        y -= height;
        place(**text, {content_.x + left, y + std::floor((height - needed) / 2), width, needed});
        y -= mm(is_low_screen() ? (door ? 3 : 2) : kGap);
    }
    if (door && texts.empty()) y -= height_of(*door, beside) + mm(kGap);
    if (!buttons.empty()) {
        const auto total = [&](int lines) {
            float width = mm(kGap) * static_cast<float>(buttons.size() - 1);
            for (const Item* item : buttons) width += action_width(*item, lines);
            return width;
        };
        const int lines = total(1) <= content_.width ? 1 : 2;
        const float height = std::max({mm(is_poster_ && !is_low_screen() ? 30 : 22), height_of(*buttons.back(), content_.width),
                                       lines > 1 ? pitch(scale_.action) * 2 + mm(5) : 0});
        if (!is_poster_ && total(lines) <= content_.width) {
            place_action_row(buttons, {content_.x, y - height, content_.width, height});
            y -= height;
        } else {
            y = place_stacked(buttons, y, height);
        }
        y -= mm(kGap);
    }
    content_.height = y - content_.y;
}

// Too wide for one row: the main act has a row of its own at the foot, well away from what loses answers.
float Composer::place_stacked(const Items& buttons, float bottom, float height) {
    Items others;
    for (auto button = buttons.rbegin(); button != buttons.rend(); ++button) {
        if ((*button)->look != Look::primary) {
            others.insert(others.begin(), *button);
            continue;
        }
        const float width = is_poster_ ? std::min(content_.width, mm(252)) : content_.width, own = is_poster_ ? height : std::max(mm(22), height_of(**button, width));
        place(**button, {content_.x + std::round((content_.width - width) / 2), bottom - own, width, own});
        bottom -= own + mm(2 * kGap);
    }
    if (others.empty()) return bottom + mm(2 * kGap);
    const float width = column_width(static_cast<int>(others.size()), content_.width);
    for (std::size_t index = 0; index < others.size(); ++index)
        place(*others[index], {content_.x + static_cast<float>(index) * (width + mm(kGap)), bottom - height, width, height});
    return bottom - height;
}

// Ways out on the left, the way on at the right: the same places on every page.
void Composer::place_action_row(const Items& row, const Rect& band) {
    float left = band.x, right = band.right(), whole = mm(kGap) * static_cast<float>(row.size() - 1);
    for (const Item* item : row) whole += action_width(*item);
    const int lines = whole <= band.width ? 1 : 2;
    for (auto button = row.rbegin(); button != row.rend(); ++button) {
        if ((*button)->look != Look::primary) continue;
        const float width = action_width(**button, lines);
        right -= width;
        place(**button, {right, band.y, width, band.height});
        right -= mm(kGap);
    }
    for (const Item* item : row) {
        if (item->look == Look::primary) continue;
        const float width = action_width(*item, lines);
        place(*item, {left, band.y, width, band.height});
        left += width + mm(kGap);
    }
}

// Back at the left, how far at the right; where the aids find no room, their one button stands in the corner. A page
// without a way back has its title beside that button.
void Composer::place_header() {
    const Item *back = nullptr, *progress = nullptr, *title = nullptr;
    for (const Item* item : in_zone(Zone::header)) {
        if (item->id == "action.back") back = item;
        else if (item->look == Look::progress) progress = item;
        else if (item->look == Look::title && !title) title = item;
    }
    if (!back && !progress && !help_) return;
    float height = std::max(mm(20), pitch(scale_.action) + mm(2)), right = content_.right(), left = content_.x;
    if (help_) {
        const float width = std::max(mm(40), mm(8 + 3 + 6) + fonts_.width(help_->label, scale_.aid, Weight::bold));
        place(*help_, {right - width, content_.y, width, height});
        right -= width + mm(kGap);
    }
    // The arrow's own padding hangs into the margin, so that its ink lines up with the text below.
    if (back) {
        const float width = std::max(mm(20), action_width(*back) - mm(6));
        place(*back, {left, content_.y, width, height});
        left += width;
    }
    if (progress) {
        place(*progress, {left, content_.y, right - left, height});
    } else if (!back && title) {
        title_in_header_ = title;
        height = std::max(height, height_of(*title, right - left));
        place(*title, {left, content_.y, right - left, height});
    }
    const float used = height + mm(is_low_screen() ? 3 : kGap);
    content_.y += used;
    content_.height -= used;
}

// Focus goes as reading goes: header, body, actions, aids; what the layout placed first does not matter.
void Composer::finish_focus() {
    std::vector<PlacedItem> ordered;
    for (const Item& item : view_.items) {
        const auto found = std::find_if(scene_.items.begin(), scene_.items.end(),
                                        [&](const PlacedItem& placed) { return placed.item.id == item.id; });
        if (found != scene_.items.end()) ordered.push_back(std::move(*found));
    }
    for (PlacedItem& placed : scene_.items)
        if (placed.item.id.starts_with("scroll.")) ordered.push_back(std::move(placed));
    scene_.items = std::move(ordered);
    int next = 0;
    for (PlacedItem& placed : scene_.items) {
        if (placed.item.is_target()) placed.focus_index = next++;
        if (!view_.focus.empty() && placed.item.id == view_.focus) {
            layer_ = &scene_.above;
            draw_focus(placed.rect);
        }
        if (!presence_.read.empty() && placed.item.id == presence_.read) {
            layer_ = placed.scrolls ? &scene_.scrolling : &scene_.above;
            draw_reading(placed.rect);
        }
    }
}

}  // namespace kiosk::ui
