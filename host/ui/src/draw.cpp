#include <cmath>

#include "composer.hpp"
#include "marked_text.hpp"
#include "qr.hpp"

#include <algorithm>
#include <utility>

namespace kiosk::ui {

using app::Look;

void Composer::box(const Rect& rect, float radius_mm, std::optional<Colour> fill, std::optional<Colour> outline,
                   float outline_mm) {
    const float left = std::round(rect.x), top = std::round(rect.y);   // crisp edges
    const Rect whole{left, top, std::round(rect.right()) - left, std::round(rect.bottom()) - top};
    layer_->push_back(Box{whole, mm(radius_mm), fill, outline, outline ? std::max(1.0F, std::round(mm(outline_mm))) : 0});
}

void Composer::icon(std::string name, const Rect& rect, Pair pair) {
    layer_->push_back(Icon{std::move(name), rect, pair.ink, pair.ground});
}

void Composer::words(const std::vector<std::string>& lines, const Rect& rect, float font_px, Weight weight, Colour colour,
                     Align align, bool middle) {
    const float step = pitch(font_px);
    const float cap = font_px * kCapitalShare, above_cap = font_px * (kAscentShare - kCapitalShare);
    float y = rect.y + (step - font_px) / 2;
    if (middle) y = rect.centre_y() - (cap + step * static_cast<float>(lines.size() - 1)) / 2 - above_cap;
    for (const std::string& line : lines) {
        const float width = fonts_.width(line, font_px, weight);
        const float x = align == Align::left     ? rect.x
                        : align == Align::centre ? rect.centre_x() - width / 2
                                                 : rect.right() - width;
        layer_->push_back(Line{std::round(x), std::round(y), line, font_px, weight, colour});
        y += step;
    }
}

void Composer::marked_words(const Item& item, const Rect& rect, float font_px, Colour colour, bool middle) {
    const auto lines = wrap_marked(item.marked, fonts_, font_px, line_width(font_px, rect.width));
    const float step = pitch(font_px), whole = step * static_cast<float>(lines.size());
    float y = (middle ? std::round(rect.centre_y() - whole / 2) : rect.y) + (step - font_px) / 2;
    for (const MarkedLine& line : lines) {
        for (const MarkedRun& run : line) layer_->push_back(Line{std::round(rect.x + run.x), std::round(y), run.text, font_px, run.weight, colour});
        y += step;
    }
}

PlacedItem& Composer::note(const Item& item, const Rect& rect, Pair pair, float font_px) {
    PlacedItem placed;
    placed.item = item;
    placed.rect = rect;
    placed.hit = item.is_target() ? rect.inset(-mm(1.2F)) : rect;
    placed.words = words_since(item_begins_);
    placed.fg = pair.ink;
    placed.bg = pair.ground;
    placed.font_px = font_px;
    placed.scrolls = is_scrolling_;
    return scene_.items.emplace_back(std::move(placed));
}

Pair Composer::colours_of(const Item& item) const {
    if (item.look == Look::primary) {
        if (is_poster_) return is_pressed(item) ? palette_.pressed : palette_.attract_act;
        return is_pressed(item) ? palette_.primary_pressed : palette_.primary;
    }
    if (is_pressed(item)) return palette_.pressed;
    if (item.selected && item.look != Look::aid) return palette_.selected;
    return palette_.card;
}

Rect Composer::words_since(std::size_t first_shape) const {
    float left = 0, top = 0, right = 0, bottom = 0;
    bool is_first = true;
    for (std::size_t at = first_shape; at < layer_->size(); ++at) {
        const Line* line = std::get_if<Line>(&(*layer_)[at]);
        if (!line || line->text.empty()) continue;
        const float line_top = line->y + line->font_px * (kAscentShare - kCapitalShare), line_bottom = line->y + line->font_px * (kAscentShare + kDescent);
        const float line_right = line->x + fonts_.width(line->text, line->font_px, line->weight);
        left = is_first ? line->x : std::min(left, line->x);
        top = is_first ? line_top : std::min(top, line_top);
        right = is_first ? line_right : std::max(right, line_right);
        bottom = is_first ? line_bottom : std::max(bottom, line_bottom);
        is_first = false;
    }
    return {left, top, right - left, bottom - top};
}

void Composer::place(const Item& item, const Rect& rect) {
    item_begins_ = layer_->size();
    switch (item.look) {
        case Look::notice:
        case Look::problem: return draw_banner(item, rect);
        case Look::success: return draw_success(item, rect);
        case Look::picture: return has_photo(item) ? draw_photo(item, rect) : draw_picture(item, rect);
        case Look::face: return draw_face(item, rect);
        case Look::tile: return draw_tile(item, rect);
        case Look::option: return draw_option(item, rect);
        case Look::ranked: return draw_ranked(item, rect);
        case Look::grid_cell: return in_grid_ ? draw_grid_cell(item, rect) : draw_scale(item, rect);
        case Look::scale: return draw_scale(item, rect);
        case Look::star: return draw_star(item, rect);
        case Look::step: return draw_step(item, rect);
        case Look::amount: return draw_amount(item, rect);
        case Look::link: return draw_link(item, rect);
        case Look::card: return draw_card(item, rect);
        case Look::field: return draw_field(item, rect);
        case Look::signature: return draw_signature(item, rect);
        case Look::bar: return draw_bar(item, rect);
        case Look::primary:
        case Look::secondary:
        case Look::quiet: return draw_button(item, rect);
        case Look::aid: return draw_aid(item, rect);
        case Look::progress: return draw_progress(item, rect);
        case Look::key: return draw_key(item, rect);
        case Look::digit: return draw_digit(item, rect);
        case Look::pin: return draw_pin(item, rect);
        case Look::status: return draw_status(item, rect);
        case Look::act: return draw_act(item, rect);
        case Look::ruler: return draw_ruler(item, rect);
        case Look::cross: return draw_cross(item);
        case Look::door: return draw_door(item, rect);
        case Look::countdown: return draw_countdown(item, rect);
        case Look::code: return draw_code(item, rect);
        case Look::hero: case Look::title: case Look::lead: case Look::paragraph: case Look::caption: case Look::part: case Look::grid_head: case Look::grid_label:
            return draw_text(item, rect);
    }
}

void Composer::draw_text(const Item& item, const Rect& rect) {
    struct Style { float font_px; Weight weight; float detail_px; Weight detail_weight; float gap_mm; bool even; };
    const auto style = [&]() -> Style {
        switch (item.look) {
            case Look::hero: return {scale_.hero, Weight::bold, scale_.title, Weight::regular, 4, true};
            case Look::title: return {scale_.title, Weight::bold, scale_.body, Weight::regular, 0, true};
            case Look::lead: return {scale_.body, Weight::bold, scale_.body, Weight::regular, 0, is_centred_};
            case Look::caption: return {scale_.caption, Weight::regular, scale_.caption, Weight::regular, 0, is_centred_};
            case Look::part: return {scale_.label, Weight::bold, scale_.body, Weight::regular, 0, false};
            case Look::grid_head: return {scale_.caption, Weight::bold, scale_.body, Weight::regular, 0, true};
            case Look::grid_label: return {scale_.body, in_grid_ ? Weight::regular : Weight::bold, scale_.body, Weight::regular, 0, false};
            default: return {scale_.body, Weight::regular, scale_.body, Weight::regular, 0, is_centred_};
        }
    }();
    const bool is_soft = item.look == Look::caption || item.look == Look::paragraph;
    const Pair pair = is_poster_ ? palette_.attract : is_soft ? palette_.page_soft : palette_.page;
    const Align align = is_centred_ || item.look == Look::grid_head ? Align::centre : Align::left;
    const bool is_middle = &item == title_in_header_ || (in_grid_ && item.look == Look::grid_label);
    const auto wrap = [&](const std::string& text, float font_px, Weight weight) {
        const float width = line_width(font_px, rect.width);
        return style.even ? fonts_.wrap_evenly(text, font_px, weight, width) : fonts_.wrap(text, font_px, weight, width);
    };
    if (!item.marked.empty() && item.look == Look::paragraph && !is_centred_) {
        marked_words(item, rect, style.font_px, pair.ink, false);
        note(item, rect, pair, style.font_px);
        return;
    }
    const auto lines = wrap(item.label, style.font_px, style.weight);
    words(lines, rect, style.font_px, style.weight, pair.ink, align, is_middle);
    if (!item.detail.empty()) {
        Rect below = rect;
        below.y += pitch(style.font_px) * static_cast<float>(lines.size()) + mm(style.gap_mm);
        words(wrap(item.detail, style.detail_px, style.detail_weight), below, style.detail_px, style.detail_weight, pair.ink, align, false);
    }
    note(item, rect, pair, style.font_px);
}

void Composer::draw_banner(const Item& item, const Rect& rect) {
    const bool is_problem = item.look == Look::problem;
    const Pair pair = is_problem ? palette_.error : palette_.notice;
    box(rect, kSmallRadius, pair.ground, palette_.is_high_contrast ? std::optional(pair.ink) : std::nullopt, palette_.outline_mm);
    if (is_problem) box({rect.x, rect.y, mm(1.6F), rect.height}, 0.8F, palette_.error_bar);
    const float side = mm(10);
    icon(is_problem ? "warning" : "info", {rect.x + mm(6), rect.centre_y() - side / 2, side, side}, pair);
    const Rect inner{rect.x + mm(21), rect.y, rect.width - mm(28), rect.height};
    if (!item.marked.empty()) {
        marked_words(item, inner, scale_.body, pair.ink, true);
        note(item, rect, pair, scale_.body);
        return;
    }
    const auto lines = fonts_.wrap(item.label, scale_.body, Weight::bold, line_width(scale_.body, inner.width));
    words(lines, inner, scale_.body, Weight::bold, pair.ink, Align::left, true);
    note(item, rect, pair, scale_.body);
}

void Composer::draw_success(const Item& item, const Rect& rect) {
    const bool is_beside = is_low_screen();
    const float side = mm(is_beside ? kLowSeal : 38), gap = mm(is_beside ? 5 : 6);
    const auto lines = fonts_.wrap_evenly(item.label, scale_.hero, Weight::bold, rect.width - (is_beside ? side + gap : 0));
    float widest = 0;
    for (const std::string& line : lines) widest = std::max(widest, fonts_.width(line, scale_.hero, Weight::bold));
    const float left = is_beside ? rect.centre_x() - (side + gap + widest) / 2 : rect.centre_x() - side / 2;
    const Rect seal{std::round(left), is_beside ? std::round(rect.centre_y() - side / 2) : rect.y, side, side};
    const Colour disc = palette_.is_high_contrast ? palette_.page.ink : palette_.faces.back();
    box(seal, 20, disc);
    icon("check", seal.inset(side * 0.22F), {palette_.face_ink, disc});
    const Rect place = is_beside ? Rect{seal.right() + gap, rect.y, widest, rect.height}
                                 : Rect{rect.x, seal.bottom() + gap, rect.width, rect.bottom() - seal.bottom() - gap};
    words(lines, place, scale_.hero, Weight::bold, palette_.page.ink, is_beside ? Align::left : Align::centre, is_beside);
    note(item, rect, palette_.page, scale_.hero);
}

void Composer::draw_picture(const Item& item, const Rect& rect) {
    constexpr int kFaces = 4;
    const float side = std::min(rect.height, (rect.width - mm(kFaces * 6)) / kFaces), gap = side * 0.16F;
    float x = rect.centre_x() - (side * kFaces + gap * (kFaces - 1)) / 2;
    const Pair pair = is_poster_ ? palette_.attract : palette_.page;
    for (int index = 0; index < kFaces; ++index) {
        const float mood = 1.0F - 2.0F * static_cast<float>(index) / (kFaces - 1);
        layer_->push_back(Face{{std::round(x), std::round(rect.centre_y() - side / 2), side, side}, mood, pair.ink, pair.ground});
        x += side + gap;
    }
    note(item, rect, pair, 0);
}

void Composer::draw_face(const Item& item, const Rect& rect) {
    const Pair pair = colours_of(item);
    const bool is_marked = item.selected || is_pressed(item);
    box(rect, kRadius, pair.ground, is_marked ? palette_.accent : palette_.outline, is_marked ? 1.0F : palette_.outline_mm);
    const bool upright = is_upright(item, rect.width, rect.height);
    const auto lines = fonts_.wrap_evenly(item.label, upright ? face_font() : scale_.title, Weight::bold, rect.width - mm(upright ? 3 : 6));
    const float words_height = pitch(face_font()) * static_cast<float>(std::max(lines.size(), face_lines_));
    const float side = upright ? face_diameter(rect.width, rect.height - words_height - mm(8)) : face_diameter(rect.width, rect.height);
    const auto shade = palette_.is_high_contrast ? pair.ink
                                                 : palette_.faces[static_cast<std::size_t>(std::lround((item.mood + 1) * 2 + item.mood * 0.01F))];
    const Colour ink = palette_.is_high_contrast ? pair.ground : palette_.face_ink;
    if (upright) {
        const float between = mm(is_low_screen() ? 3 : 5), total = side + between + words_height;
        const float top = std::round(rect.centre_y() - total / 2);
        layer_->push_back(Face{{std::round(rect.centre_x() - side / 2), top, side, side}, item.mood, shade, ink});
        words(lines, {rect.x, top + side + between, rect.width, words_height}, face_font(), Weight::bold, pair.ink, Align::centre, false);
    } else {
        const float left = rect.x + mm(10);
        layer_->push_back(Face{{left, std::round(rect.centre_y() - side / 2), side, side}, item.mood, shade, ink});
        const Rect inner{left + side + mm(10), rect.y, rect.right() - left - side - mm(16), rect.height};
        words(fonts_.wrap(item.label, scale_.title, Weight::bold, inner.width), inner, scale_.title, Weight::bold, pair.ink, Align::left, true);
    }
    note(item, rect, pair, upright ? face_font() : scale_.title);
}

void Composer::draw_tile(const Item& item, const Rect& rect) {
    const Pair pair = colours_of(item);
    const bool is_open = item.enabled;
    box(rect, kRadius, is_open ? pair.ground : palette_.page.ground, palette_.outline, palette_.outline_mm);
    const bool upright = is_upright(item, rect.width, rect.height);
    const float pad = mm(tile_padding()), detail_px = is_low_screen() ? scale_.caption : scale_.body;
    const float side = upright ? mm(tile_badge_mm(item)) : std::min(mm(30), rect.height - mm(12));
    const Rect badge{rect.x + pad, upright ? rect.y + pad : std::round(rect.centre_y() - side / 2), side, side};
    const Pair badge_pair = is_pressed(item) ? pair : palette_.badge;
    if (side > 0) {
        box(badge, kRadius, badge_pair.ground, palette_.is_high_contrast ? std::optional(badge_pair.ink) : std::nullopt, palette_.outline_mm);
        icon(is_open ? item.icon : "pause", badge.inset(side * 0.2F), badge_pair);
    }
    Rect inner = upright ? Rect{badge.x, side > 0 ? badge.bottom() + pad : badge.y, rect.width - 2 * pad, rect.bottom() - badge.bottom() - 2 * pad}
                         : Rect{badge.right() + mm(8), rect.y, rect.right() - badge.right() - mm(8 + 22), rect.height};
    const auto title = fonts_.wrap_evenly(item.label, tile_font(), Weight::bold, inner.width);
    const auto detail = fonts_.wrap(item.detail, detail_px, Weight::regular, inner.width);
    const float title_height = pitch(tile_font()) * static_cast<float>(title.size());
    const float total = title_height + mm(2) + pitch(detail_px) * static_cast<float>(detail.size());
    if (!upright) inner.y = std::round(rect.centre_y() - total / 2);
    words(title, inner, tile_font(), Weight::bold, pair.ink, Align::left, false);
    inner.y += title_height + mm(2);
    words(detail, inner, detail_px, Weight::regular, is_pressed(item) ? pair.ink : palette_.card_soft.ink, Align::left, false);
    if (is_open && !upright) {
        const float arrow = mm(10);
        icon("next", {rect.right() - mm(8) - arrow, rect.centre_y() - arrow / 2, arrow, arrow}, {palette_.is_high_contrast ? pair.ink : palette_.accent, pair.ground});
    }
    note(item, rect, is_open ? pair : Pair{pair.ink, palette_.page.ground}, tile_font());
}

// The code in words, and for a telephone beside it: always dark on a white card, with its quiet zone (UX-62).
void Composer::draw_code(const Item& item, const Rect& rect) {
    constexpr int kQuiet = 4;
    const float text = fonts_.width(item.label, scale_.hero, Weight::bold);
    const QrCode code = has_qr() ? qr_code(item.label) : QrCode{};
    float x = is_centred_ ? rect.centre_x() - text / 2 : rect.x;
    if (code.side > 0) {
        const float module = std::ceil(mm(kQrMm) / static_cast<float>(code.side + 2 * kQuiet));
        const float side = module * static_cast<float>(code.side + 2 * kQuiet), whole = side + mm(8) + text;
        const float left = std::round(is_centred_ ? std::max(rect.x, rect.centre_x() - whole / 2) : rect.x);
        box({left, rect.y, side, side}, 0, rgb(0xFFFFFF));
        for (const QrCode::Run& run : code.dark)
            box({left + module * static_cast<float>(run.x + kQuiet), rect.y + module * static_cast<float>(run.y + kQuiet), module * static_cast<float>(run.length), module}, 0, rgb(0x000000));
        x = left + side + mm(8);
    }
    words({item.label}, {std::round(x), rect.y, text, rect.height}, scale_.hero, Weight::bold, palette_.page.ink, Align::left, true);
    note(item, rect, palette_.page, scale_.hero);
}

// The number, and beside it what it counts.
void Composer::draw_countdown(const Item& item, const Rect& rect) {
    const float digits = fonts_.width(item.label, scale_.countdown, Weight::bold), gap = item.detail.empty() ? 0 : mm(4);
    const float detail = fonts_.width(item.detail, scale_.body, Weight::regular);
    const float x = std::round(rect.centre_x() - (digits + gap + detail) / 2);
    words({item.label}, {x, rect.y, digits, rect.height}, scale_.countdown, Weight::bold, palette_.page.ink, Align::left, true);
    words({item.detail}, {x + digits + gap, rect.y, detail, rect.height}, scale_.body, Weight::regular, palette_.page.ink, Align::left, true);
    note(item, rect, palette_.page, scale_.countdown);
}

void Composer::draw_bar(const Item& item, const Rect& rect) {
    const float label_width = rect.width * 0.34F, count_width = rect.width * 0.22F;
    const float track = rect.width - label_width - count_width - mm(8);
    words({item.label}, {rect.x, rect.y, label_width, rect.height}, scale_.body, Weight::regular, palette_.page.ink, Align::left, true);
    const float share = std::clamp(std::strtof(item.value.c_str(), nullptr), 0.0F, 1.0F);
    const float thick = std::min(rect.height - mm(4), mm(9));
    box({rect.x + label_width, rect.centre_y() - thick / 2, std::max(mm(0.6F), track * share), thick}, 1, palette_.accent);
    words({item.detail}, {rect.right() - count_width, rect.y, count_width, rect.height}, scale_.body, Weight::bold, palette_.page.ink, Align::right, true);
    note(item, rect, palette_.page, scale_.body);
}

void Composer::draw_button(const Item& item, const Rect& rect) {
    Pair pair = colours_of(item);
    const bool is_primary = item.look == Look::primary;
    if (item.look == Look::quiet) {
        if (!is_pressed(item)) pair = {palette_.is_high_contrast ? palette_.page.ink : palette_.accent, palette_.page.ground};
        if (is_pressed(item)) box(rect, kRadius, pair.ground);
    } else {
        const bool has_line = !is_primary || palette_.is_high_contrast;
        box(rect, kRadius, pair.ground, has_line ? std::optional(palette_.outline) : std::nullopt, palette_.outline_mm);
    }
    const float font_px = button_font(item), icon_room = button_icon_room(item);
    const float side = std::round(font_px * 0.62F);
    const bool icon_leads = item.icon != "next";
    const bool has_icon = icon_room > 0;
    const bool starts_left = item.look == Look::quiet;
    const auto lines = button_lines(item, rect.width);
    float label_width = 0;
    for (const std::string& line : lines) label_width = std::max(label_width, fonts_.width(line, font_px, Weight::bold));
    float x = starts_left ? rect.x : std::round(rect.centre_x() - (label_width + icon_room) / 2);
    if (has_icon) {
        const float icon_x = icon_leads ? x : x + label_width + mm(4);
        icon(item.icon, {icon_x, std::round(rect.centre_y() - side / 2), side, side}, pair);
        if (icon_leads) x += icon_room;
    }
    if (item.detail.empty()) {
        const Align align = has_icon ? Align::left : Align::centre;
        words(lines, {x, rect.y, label_width, rect.height}, font_px, Weight::bold, pair.ink, starts_left ? Align::left : align, true);
    } else {
        const float half = rect.height / 2;
        words({item.label}, {rect.x, rect.y + half * 0.18F, rect.width, half}, font_px, Weight::bold, pair.ink, Align::centre, true);
        words({item.detail}, {rect.x, rect.y + half * 0.86F, rect.width, half}, scale_.body, Weight::regular, pair.ink, Align::centre, true);
    }
    note(item, rect, pair, font_px);
}

void Composer::draw_progress(const Item& item, const Rect& rect) {
    const float font_px = std::min(scale_.body, scale_.aid * 1.05F);
    words({item.label}, rect, font_px, Weight::regular, palette_.page_soft.ink, Align::right, true);   // on the line of the way back
    const Rect track{content_.x, rect.bottom() - mm(1.6F), rect.right() - content_.x, mm(1.6F)};
    box(track, 0.8F, palette_.hairline);
    const float share = std::clamp(std::strtof(item.value.c_str(), nullptr), 0.0F, 1.0F);
    box({track.x, track.y, std::max(track.height, track.width * share), track.height}, 0.8F, palette_.accent);
    note(item, rect, palette_.page_soft, font_px);
}

// What is being read aloud: a line round it, and a mark before it that moves from item to item.
void Composer::draw_reading(const Rect& rect) {
    box(rect.inset(-mm(1.6F)), kRadius, {}, palette_.accent, 0.6F);
    box({rect.x - mm(4), rect.y, mm(1.6F), rect.height}, 0.8F, palette_.accent);
}

void Composer::draw_focus(const Rect& rect) {
    box(rect.inset(-mm(2.4F)), kRadius + 2.4F, {}, palette_.focus_outer, 1.2F);
    box(rect.inset(-mm(1.4F)), kRadius + 1.4F, {}, palette_.focus_inner, 1.0F);
}

}  // namespace kiosk::ui
