#include <cmath>

#include "composer.hpp"

#include <algorithm>
#include <utility>

namespace kiosk::ui {

using app::Look;
using app::Zone;

namespace {

constexpr float kMargin = 8, kGap = 5, kAidHeight = 20, kTallScreen = 300;

bool joins_run(const app::Item& first, const app::Item& next) {
    if (first.look != next.look) return false;
    switch (first.look) {
        case Look::face: case Look::tile: case Look::card: case Look::bar: case Look::digit: case Look::act: return true;
        case Look::option: {
            const auto question = [](const std::string& id) { return id.substr(0, id.rfind('.')); };
            return question(first.id) == question(next.id);
        }
        case Look::secondary: return first.id.starts_with("sign.") && next.id.starts_with("sign.");
        default: return false;
    }
}

bool is_consent(const app::Item& item) { return item.id.starts_with("consent."); }

// What a row may grow to where the page has room to spare.
float largest_height_mm(Look look, int columns) {
    switch (look) {
        case Look::face: return columns == 1 ? 64 : 120;
        case Look::tile: return columns == 1 ? 60 : 130;
        case Look::option: return 26;
        default: return 0;
    }
}

float gap_after(const app::Item& item, const app::Item& next) {
    if (item.look == Look::lead && (next.look == Look::option || next.look == Look::field)) return 3.5F;
    if (item.look == Look::title && next.look == Look::lead) return 3;
    if (item.look == Look::problem && next.look == Look::problem) return 2.5F;
    if (next.look == Look::picture || item.look == Look::picture) return 14;
    if (item.look == Look::status && next.look == Look::status) return 1;
    if (item.look == Look::pin || next.look == Look::pin) return 3.5F;
    if (item.look == Look::countdown) return 0;
    if (item.look == Look::title && next.look == Look::paragraph) return 3;
    if (next.look == Look::lead || next.look == Look::quiet || item.look == Look::title) return 8;
    return kGap;
}

}  // namespace

Scene compose(const app::ViewModel& view, const core::ScreenSize& screen, const Fonts& fonts, const Presence& presence) {
    return Composer(view, screen, fonts, presence).page();
}

Composer::Composer(const app::ViewModel& view, const core::ScreenSize& screen, const Fonts& fonts,
                   const Presence& presence)
    : view_(view), screen_(screen), fonts_(fonts), presence_(presence), palette_(palette(view.theme)),
      scale_(type_scale(screen, view.size)) {
    scene_.screen = screen;
    scene_.page = view.page;
    scene_.language = view.language;
    scene_.theme = view.theme;
    scene_.size = view.size;
    scene_.focus = view.focus;
    scene_.lowered = view.lowered;
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
    for (const Item& item : view_.items)
        if (item.zone == zone) items.push_back(&item);
    return items;
}

Scene Composer::page() && {
    content_ = Rect{0, 0, static_cast<float>(screen_.width_px), static_cast<float>(screen_.height_px)}.inset(mm(kMargin));
    is_collapsed_ = is_typing_on_short_screen();
    if (is_collapsed_) content_ = Rect{0, 0, static_cast<float>(screen_.width_px), static_cast<float>(screen_.height_px)}.inset(mm(kMargin), mm(3));
    if (!is_collapsed_) place_aids();
    place_keyboard();
    if (!is_collapsed_) place_actions();
    if (view_.lowered && in_zone(Zone::keyboard).empty()) {   // everything to be touched within reach from a wheelchair
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
    const Items aids = in_zone(Zone::aids);
    if (aids.empty()) return;
    if (screen_.is_portrait()) return place_dock(aids);
    aids_are_upright_ = true;
    place_rail(aids);
}

void Composer::place_dock(const Items& aids) {
    const float width = static_cast<float>(screen_.width_px), gap = mm(3);
    const float cell = std::floor((content_.width - gap * static_cast<float>(aids.size() - 1)) /
                                  static_cast<float>(aids.size()));
    // All beside their drawings, or all below them.
    aids_are_upright_ = std::any_of(aids.begin(), aids.end(), [&](const Item* aid) { return aid_width_beside(*aid) > cell; });
    float height = mm(kAidHeight);
    for (const Item* aid : aids) height = std::max(height, height_of(*aid, cell));
    const Rect dock{0, content_.bottom() + mm(kMargin) - height - mm(6), width, height + mm(6)};
    box(dock, 0, palette_.card.ground);
    box({0, dock.y, width, std::max(1.0F, mm(0.3F))}, 0, palette_.hairline);
    float x = content_.x;
    for (const Item* aid : aids) {
        place(*aid, {x, dock.y + mm(3), cell, height});
        x += cell + gap;
    }
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

float Composer::action_width(const Item& item) const {
    const bool is_primary = item.look == Look::primary;
    float width = fonts_.width(item.label, scale_.label, Weight::bold) + 2 * mm(8);
    if (!item.icon.empty()) width += scale_.label * 0.62F + mm(4);
    return std::ceil(std::max(width, mm(is_primary ? 70 : 40)));
}

void Composer::place_actions() {
    const Items actions = in_zone(Zone::actions);
    bottom_ = content_.bottom();
    if (actions.empty()) return;
    Items buttons, texts;
    const Item* door = nullptr;
    for (const Item* item : actions)
        if (item->look == Look::door) door = item;
        else (item->role == app::Role::button ? buttons : texts).push_back(item);
    float y = content_.bottom();
    const float beside = door ? door_width(*door) : 0;   // on both sides, so that small print stays in the middle
    if (door) place(*door, {content_.right() - beside, y - height_of(*door, beside), beside, height_of(*door, beside)});
    for (auto text = texts.rbegin(); text != texts.rend(); ++text) {   // small print goes under the button
        const float width = content_.width - 2 * beside, needed = height_of(**text, width);
        const float height = door ? std::max(needed, height_of(*door, beside)) : needed;
        y -= height;
        place(**text, {content_.x + beside, y + std::floor((height - needed) / 2), width, needed});
        y -= mm(kGap);
    }
    if (door && texts.empty()) y -= height_of(*door, beside) + mm(kGap);
    if (buttons.empty()) {
        bottom_ = y;
        content_.height = bottom_ - content_.y;
        return;
    }
    float total = mm(kGap) * static_cast<float>(buttons.size() - 1);
    for (const Item* item : buttons) total += action_width(*item);
    const bool is_stacked = is_poster_ || total > content_.width;
    const float height = std::max(mm(is_poster_ ? 30 : 22), height_of(*buttons.back(), content_.width));
    if (!is_stacked) {
        place_action_row(buttons, {content_.x, y - height, content_.width, height});
        y -= height;
    } else {
        for (auto button = buttons.rbegin(); button != buttons.rend(); ++button) {
            const float width = is_poster_ ? std::min(content_.width, mm(252)) : content_.width;
            place(**button, {content_.x + std::round((content_.width - width) / 2), y - height, width, height});
            y -= height + mm(kGap);
        }
        y += mm(kGap);
    }
    bottom_ = y - mm(kGap);
    content_.height = bottom_ - content_.y;
}

// Ways out on the left, the way on at the right: the same places on every page.
void Composer::place_action_row(const Items& row, const Rect& band) {
    float left = band.x, right = band.right();
    for (auto button = row.rbegin(); button != row.rend(); ++button) {
        if ((*button)->look != Look::primary) continue;
        const float width = action_width(**button);
        right -= width;
        place(**button, {right, band.y, width, band.height});
        right -= mm(kGap);
    }
    for (const Item* item : row) {
        if (item->look == Look::primary) continue;
        const float width = action_width(*item);
        place(*item, {left, band.y, width, band.height});
        left += width + mm(kGap);
    }
}

void Composer::place_header() {
    const Item* back = view_.find("action.back");
    if (back && back->zone != Zone::header) back = nullptr;
    const Item* progress = nullptr;
    for (const Item* item : in_zone(Zone::header))
        if (item->look == Look::progress) progress = item;
    if (!back && !progress) return;
    const float height = std::max(mm(20), pitch(scale_.label) + mm(6));
    const float back_width = back ? action_width(*back) - mm(6) : 0;
    // The arrow's own padding hangs into the margin, so that its ink lines up with the text below.
    if (back) place(*back, {content_.x, content_.y, back_width, height});
    if (progress)
        place(*progress, {content_.x + back_width, content_.y, content_.width - back_width, height});
    const float used = height + mm(kGap);
    content_.y += used;
    content_.height -= used;
}

int Composer::columns_of(const Items& run, float width, float available) const {
    const int count = static_cast<int>(run.size());
    const float width_mm = screen_.mm(width).value, available_mm = screen_.mm(available).value;
    const auto widest_word = [&] {
        float widest = 0;
        for (const Item* item : run)
            widest = std::max(widest, fonts_.width(item->label, scale_.label, Weight::bold));
        return widest;
    };
    switch (run.front()->look) {
        case Look::face: {
            const bool fits_in_rows = available_mm / static_cast<float>(count) >= 42;
            const bool fits_in_a_row = widest_word() + mm(12) <= (width - mm(kGap) * static_cast<float>(count - 1)) / static_cast<float>(count);
            if (screen_.is_portrait() && fits_in_rows) return 1;
            return fits_in_a_row ? count : screen_.is_portrait() ? 1 : 2;
        }
        case Look::tile: return screen_.is_portrait() || width_mm < 240 ? 1 : std::min(count, 3);
        case Look::secondary: return count > 1 && widest_word() + mm(24) < width / 2 ? 2 : 1;
        case Look::card: return width_mm > 300 && view_.size != app::TextSize::extra_large ? 2 : 1;
        case Look::option:
            if (is_consent(*run.front())) return widest_word() + mm(40) < width / 2 ? 2 : 1;
            return !screen_.is_portrait() && count > 3 && widest_word() + mm(40) < width / 2 ? 2 : 1;
        case Look::digit: case Look::act: return staff_columns_of(run, width);
        default: return 1;
    }
}

float Composer::column_width(const Group& group, float width) const {
    const float gaps = mm(kGap) * static_cast<float>(group.columns - 1);
    return std::floor((width - gaps) / static_cast<float>(group.columns));
}

std::vector<Composer::Group> Composer::groups(const Items& items, float width, float available) const {
    std::vector<Group> all;
    for (std::size_t first = 0; first < items.size();) {
        std::size_t end = first + 1;
        while (end < items.size() && joins_run(*items[first], *items[end])) ++end;
        Group group;
        group.items.assign(items.begin() + static_cast<std::ptrdiff_t>(first), items.begin() + static_cast<std::ptrdiff_t>(end));
        group.columns = columns_of(group.items, width, available);
        const float cell = column_width(group, width);
        const auto rows = static_cast<float>((group.items.size() + static_cast<std::size_t>(group.columns) - 1) /
                                             static_cast<std::size_t>(group.columns));
        float tallest = 0;
        for (const Item* item : group.items) tallest = std::max(tallest, height_of(*item, cell));
        group.height = tallest * rows + mm(kGap) * (rows - 1);
        group.stretch = rows * std::max(0.0F, mm(largest_height_mm(group.items.front()->look, group.columns)) - tallest);
        if (end < items.size()) group.gap_after = mm(gap_after(*items[end - 1], *items[end]));
        all.push_back(std::move(group));
        first = end;
    }
    return all;
}

void Composer::place_group(const Group& group, Rect area) {
    if (group.items.front()->look == Look::digit) {   // a keypad is as wide as a hand, not as the screen
        const float wide = std::min(area.width, mm(34) * static_cast<float>(group.columns));
        area = {area.x + std::floor((area.width - wide) / 2), area.y, wide, area.height};
    }
    const float cell_width = column_width(group, area.width);
    const auto columns = static_cast<std::size_t>(group.columns);
    const std::size_t rows = (group.items.size() + columns - 1) / columns;
    const float cell_height = std::floor((area.height - mm(kGap) * static_cast<float>(rows - 1)) / static_cast<float>(rows));
    for (std::size_t index = 0; index < group.items.size(); ++index) {
        const auto row = static_cast<float>(index / columns), column = static_cast<float>(index % columns);
        place(*group.items[index], {area.x + column * (cell_width + mm(kGap)), area.y + row * (cell_height + mm(kGap)),
                                    cell_width, cell_height});
    }
}

// What is left of a page on a short screen while its field is typed into.
Composer::Items Composer::field_and_label(const Items& items) {
    const Item* label = nullptr;
    for (const Item* item : items) {
        if (item->look == Look::title || item->look == Look::lead) label = item;
        if (!item->editing) continue;
        if (!label) return {item};
        short_label_ = *label;
        short_label_.look = Look::lead;
        short_label_.detail.clear();
        return {&short_label_, item};
    }
    return items;
}

void Composer::place_body() {
    Items items;
    for (const Item* item : in_zone(Zone::header))
        if (item->look != Look::progress && item->id != "action.back") items.push_back(item);
    for (const Item* item : in_zone(Zone::body)) items.push_back(item);
    if (is_collapsed_) items = field_and_label(items);
    if (items.empty()) return;

    float available = content_.height;
    for (const Item* item : items)
        if (item->look != Look::face && item->look != Look::tile) available -= height_of(*item, content_.width) + mm(kGap);
    std::vector<Group> all = groups(items, content_.width, available);
    float needed = 0, stretch = 0;
    for (const Group& group : all) needed += group.height + group.gap_after, stretch += group.stretch;
    float spare = content_.height - needed;
    if (spare > 0 && stretch > 0) {
        const float share = std::min(1.0F, spare / stretch);
        for (Group& group : all) group.height += std::floor(group.stretch * share);
        spare -= stretch * share;
    }
    float top = content_.y;
    if (spare > 0) {
        // A short page hangs in the middle; a question on a tall screen comes down to where arms reach.
        const bool is_tall = screen_.height_mm.value >= kTallScreen && !view_.lowered;
        top += std::floor(is_centred_ ? spare / 2 : is_tall ? std::min(spare * 0.5F, mm(screen_.height_mm.value * 0.2F))
                                                           : std::min(spare * 0.35F, mm(screen_.height_mm.value * 0.1F)));
    } else {
        is_scrolling_ = spare < 0;
    }
    scene_.body = {0, content_.y - mm(2), content_.right() + mm(kMargin), content_.height + mm(2)};
    if (is_scrolling_) {
        scene_.scroll_max_px = std::ceil(-spare) + mm(kAidHeight);   // past the "more" button, which covers the end
        scene_.scroll_px = std::clamp(presence_.scroll_px, 0.0F, scene_.scroll_max_px);
        top -= scene_.scroll_px;
        layer_ = &scene_.scrolling;
    }
    for (const Group& group : all) {
        place_group(group, {content_.x, top, content_.width, group.height});
        top += group.height + group.gap_after;
    }
    if (is_scrolling_ && !is_collapsed_) place_scroll_buttons();
}

// A way down for those who do not know that a page can be dragged (UX-56).
void Composer::place_scroll_buttons() {
    layer_ = &scene_.above;
    is_scrolling_ = false;
    const auto add = [&](const char* id, const std::string& label, const char* drawing, float x) {
        Item more;
        more.id = id;
        more.role = app::Role::button;
        more.look = Look::secondary;
        more.label = label;
        more.icon = drawing;
        const float width = action_width(more), height = mm(20);
        const Rect rect{x < 0 ? content_.right() - width : x, scene_.body.bottom() - height, width, height};
        place(more, rect);
        return rect.width;
    };
    float left = content_.x;
    if (scene_.scroll_px > 0.5F) left += add("scroll.up", view_.words_for_less, "up", left);
    if (scene_.scroll_px < scene_.scroll_max_px - 0.5F) add("scroll.down", view_.words_for_more, "down", -1);
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
