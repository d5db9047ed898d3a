// compose(), continued: the body of a page: what stands below what, what room is left, and what scrolls.
#include "composer.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace kiosk::ui {

using app::Look;
using app::Zone;

// Beside the page where it lies, below it where it stands.
float Composer::scroll_column() const {
    if (screen_.is_portrait()) return 0;
    Item more;
    more.label = view_.words_for_more + " " + view_.words_for_less;
    return std::max(mm(26), widest_word(more, scale_.aid, Weight::regular) + mm(4)) + mm(4);
}

std::vector<Composer::Group> Composer::arrange(const Items& items) const {
    float available = content_.height;
    for (const Item* item : items)
        if (item->look != Look::face && item->look != Look::tile && item->look != Look::option && item->look != Look::ranked)
            available -= height_of(*item, content_.width) + mm(kGap);
    return groups(items, content_.width, available);
}

float Composer::height_of(const std::vector<Group>& all) {
    float height = 0;
    for (const Group& group : all) height += group.height + group.gap_after;
    return height;
}

// On a low screen a page that says one thing says it whole, and a pad to sign on is seen whole with what it asks for: in
// letters of a smaller size, if need be.
void Composer::step_down_to_fit(std::vector<Group>& all, const Items& items) {
    const auto must_be_seen = [&] {
        float height = 0, pad = 0;
        for (const Group& group : all) {
            if (group.kind == Group::Kind::pad) pad = height + group.height;
            height += group.height + group.gap_after;
        }
        return is_centred_ ? height : pad;
    };
    for (const app::TextSize smaller : {app::TextSize::large, app::TextSize::medium}) {
        if (must_be_seen() <= content_.height || smaller >= view_.size) continue;
        const TypeScale scale = type_scale(screen_, smaller);
        scale_ = {scale.caption, scale.body, scale.label, scale.title, scale.hero, scale.countdown, scale_.aid, scale_.action};
        all = arrange(items);
    }
}

// On a lying screen what is told stands on the left and what is asked on the right (W4), where one column would scroll.
bool Composer::place_consents_beside(const Items& items) {
    if (screen_.is_portrait() || is_low_screen() || height_of(arrange(items)) <= content_.height) return false;
    Items told, asked;
    for (std::size_t at = 0; at < items.size(); ++at) {
        std::size_t next = at;   // a consent's words, and what is wrong with it, go with it
        while (next < items.size() && (items[next]->look == Look::lead || items[next]->look == Look::problem)) ++next;
        const bool is_asked = is_consent(*items[at]) || (next > at && next < items.size() && is_consent(*items[next]));
        (is_asked ? asked : told).push_back(items[at]);
    }
    if (asked.empty() || told.empty()) return false;
    const Rect whole = content_;
    content_.width = std::floor((whole.width - mm(2 * kGap)) / 2);
    const std::vector<Group> left = arrange(told), right = arrange(asked);
    const float tallest = std::max(height_of(left), height_of(right));
    if (tallest <= whole.height) {
        const float top = whole.y + std::floor((whole.height - tallest) * 0.35F);
        scene_.body = {0, whole.y - mm(2), whole.right() + mm(kMargin), whole.height + mm(2)};
        place_groups(left, top);
        content_.x = whole.right() - content_.width;
        place_groups(right, top);
    }
    content_ = whole;
    return tallest <= whole.height;
}

void Composer::place_body() {
    Items items;
    for (const Item* item : in_zone(Zone::header))
        if (item->look != Look::progress && item->id != "action.back" && item != title_in_header_) items.push_back(item);
    for (const Item* item : in_zone(Zone::body))
        if (!skip_ || item->id != skip_->id) items.push_back(item);
    if (is_collapsed_) return place_field_and_label(items);
    std::erase_if(items, [this](const Item* item) { return item->look == Look::picture && !item->medium.empty() && !has_photo(*item); });
    if (const float column = photo_column(items); column > 0) {
        const auto photo = std::find_if(items.begin(), items.end(), [this](const Item* item) { return item->look == Look::picture && has_photo(*item); });
        place_photo_column(**photo, column);
        items.erase(photo);
    }
    if (items.empty() || place_consents_beside(items)) return;

    std::vector<Group> all = arrange(items);
    // Beside large keys there may be less room than two buttons to scroll with would take.
    constexpr float kRoomToScroll = 60, kRoomForLongText = 90;
    const bool is_typing = std::any_of(items.begin(), items.end(), [](const Item* item) { return item->editing; });
    const bool is_alone = std::count_if(items.begin(), items.end(), [](const Item* item) { return item->is_target(); }) == 1;
    if (is_typing && height_of(all) > content_.height && content_.height < mm(is_alone ? kRoomForLongText : kRoomToScroll)) return place_field_and_label(items);
    if (is_low_screen()) step_down_to_fit(all, items);
    float spare = content_.height - height_of(all), stretch = 0;
    for (const Group& group : all) stretch += group.stretch;
    const float down = spare > 0 ? space_above(all, spare) : 0;
    spare -= down;
    if (spare > 0 && stretch > 0) {
        const float share = std::min(1.0F, spare / stretch);
        for (Group& group : all) group.height += std::floor(group.stretch * share);
        spare -= stretch * share;
    }
    scene_.body = {0, content_.y - mm(2), content_.right() + mm(kMargin), content_.height + mm(2)};
    if (spare >= 0) {
        // A short page hangs in the middle, or a little above it.
        const float more = is_centred_ ? spare / 2 : std::min(spare * 0.35F, mm(screen_.height_mm.value * 0.1F));
        return place_groups(all, content_.y + down + (down > 0 ? 0 : std::floor(more)));
    }
    if (is_poster_) {   // nobody scrolls a poster: it does without its picture
        std::erase_if(all, [](const Group& group) { return group.items.front()->look == Look::picture; });
        return place_groups(all, content_.y + std::max(0.0F, std::floor((content_.height - height_of(all)) / 2)));
    }
    if (scroll_column() > 0) {
        content_.width -= scroll_column();
        all = arrange(items);
        scene_.body.width = content_.right() + mm(2);
    } else {
        scene_.body.height -= mm(kAidHeight + kGap);
    }
    is_scrolling_ = true;
    scene_.scroll_max_px = std::max(0.0F, std::ceil(height_of(all) - scene_.body.height + mm(4)));
    scene_.scroll_px = std::clamp(presence_.scroll_px, 0.0F, scene_.scroll_max_px);
    layer_ = &scene_.scrolling;
    place_groups(all, content_.y - scene_.scroll_px);
    place_scroll_buttons();
}

// What is left of a page that has no room for more while its field is typed into: the field, and of what it asks for as much
// as finds room above it, in letters that grow smaller before they go. A long text shows two of its lines, or one.
void Composer::place_field_and_label(const Items& items) {
    const Item* label = nullptr;
    for (const Item* item : items) {
        if (item->look == Look::title || item->look == Look::lead) label = item;
        if (!item->editing) continue;
        scene_.body = {0, content_.y, content_.right() + mm(kMargin), content_.height};
        const float wanted = height_of(*item, content_.width), gap = mm(2.5F);
        Item words = label ? *label : Item{};
        words.detail.clear();
        float needed = 0;
        const auto fit_label = [&](float least) {
            for (const Look look : {Look::title, Look::lead, Look::caption}) {
                if (!label || needed > 0 || (look == Look::title && label->look != Look::title)) continue;
                words.look = look;
                const float height = height_of(words, content_.width);
                if (height + gap + least <= content_.height) needed = height;
            }
        };
        const auto lines = [&](float count) { return std::min(wanted, pitch(scale_.label) * count + mm(9)); };
        fit_label(item->detail == "multiline" ? lines(2) : wanted);
        if (needed == 0 && item->detail == "multiline") fit_label(lines(1));
        const float field = std::min({wanted, content_.height, content_.height - (needed > 0 ? needed + gap : 0)});
        const float spare = content_.height - field - (needed > 0 ? needed + gap : 0);
        float y = content_.y + std::floor(spare / 2);
        if (needed > 0) place(words, {content_.x, y, content_.width, needed});
        if (needed > 0) y += needed + gap;
        place(*item, {content_.x, y, content_.width, field});
        return;
    }
}

// On a screen as tall as a person, a question comes down to where arms reach (UX-03).
float Composer::space_above(const std::vector<Group>& all, float spare) const {
    constexpr float kReach = 0.365F;
    if (screen_.height_mm.value < kTallScreen || !screen_.is_portrait() || scene_.lowered || is_centred_) return 0;
    float above = content_.y;
    for (const Group& group : all) {
        if (group.items.front()->is_target() || group.items.front()->look == Look::amount) {
            const float first = std::min(group.height, height_of(*group.items.front(), column_width(group.columns, content_.width)));
            return std::clamp(std::floor(static_cast<float>(screen_.height_px) * kReach - first / 2 - above), 0.0F, spare);
        }
        above += group.height + group.gap_after;
    }
    return 0;
}

void Composer::place_groups(const std::vector<Group>& all, float top) {
    for (const Group& group : all) {
        place_group(group, {content_.x, top, content_.width, group.height});
        top += group.height + group.gap_after;
    }
}

// A way down for those who do not know that a page can be dragged (UX-56), and an edge that shows there is more.
void Composer::place_scroll_buttons() {
    layer_ = &scene_.above;
    is_scrolling_ = false;
    const bool is_beside = scroll_column() > 0;
    const Rect& body = scene_.body;
    const float edge = content_.right() + scroll_column() + mm(kMargin);   // the width of the page
    const bool has_above = scene_.scroll_px > 0.5F, has_below = scene_.scroll_px < scene_.scroll_max_px - 0.5F, are_both = has_above && has_below;
    const bool was_upright = std::exchange(aids_are_upright_, true);
    const auto add = [&](const char* id, const std::string& label, const char* drawing, bool is_first) {
        Item more;
        more.id = id;
        more.role = app::Role::button;
        more.look = is_beside ? Look::aid : Look::secondary;
        more.zone = Zone::actions;
        more.label = label;
        more.icon = drawing;
        if (is_beside) {
            const float width = scroll_column() - mm(4), height = std::min(std::max(mm(34), height_of(more, width) + mm(2)), are_both ? std::floor((body.height - mm(kGap)) / 2) : body.height - mm(2));
            place(more, {content_.right() + mm(4), is_first ? body.y + mm(2) : body.bottom() - height, width, height});
        } else {
            const float width = std::floor((content_.width - mm(kGap)) / 2);
            place(more, {is_first ? content_.x : content_.right() - width, body.bottom() + mm(kGap), width, mm(kAidHeight)});
        }
    };
    if (has_above) {
        add("scroll.up", view_.words_for_less, "up", true);
        box({body.x, body.y, edge, std::max(1.0F, mm(0.4F))}, 0, palette_.outline);
    }
    if (has_below) {
        add("scroll.down", view_.words_for_more, "down", false);
        box({body.x, body.bottom() - std::max(1.0F, mm(0.4F)), edge, std::max(1.0F, mm(0.4F))}, 0, palette_.outline);
    }
    aids_are_upright_ = was_upright;
}

}  // namespace kiosk::ui
