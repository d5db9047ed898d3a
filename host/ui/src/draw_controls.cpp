// compose(), continued: what a visitor answers with: rows, scales, stars, steps, cards, fields, aids.
#include <cmath>

#include "composer.hpp"

#include <algorithm>

namespace kiosk::ui {

using app::Look;

float Composer::draw_mark(const Item& item, const Rect& rect, Pair pair) {
    const float side = mm(9);
    const Rect mark{rect.x + mm(7), std::round(rect.centre_y() - side / 2), side, side};
    const bool is_check = item.role == app::Role::check;
    const Colour ink = palette_.is_high_contrast ? pair.ink : item.selected ? palette_.accent : palette_.outline;
    if (item.selected && is_check) {
        box(mark, 1.5F, ink);
        icon("check", mark.inset(side * 0.16F), {pair.ground, ink});
    } else {
        box(mark, is_check ? 1.5F : 4.5F, palette_.is_high_contrast ? pair.ground : palette_.card.ground, ink, 0.8F);
        if (item.selected) box(mark.inset(side * 0.25F), 4.5F, ink);
    }
    return mark.right();
}

void Composer::draw_option(const Item& item, const Rect& rect) {
    const Pair pair = colours_of(item);
    box(rect, kRadius, pair.ground, item.selected ? palette_.accent : palette_.outline, item.selected ? 1.0F : palette_.outline_mm);
    const Colour mark_ink = palette_.is_high_contrast ? pair.ink : item.selected ? palette_.accent : palette_.outline;
    const bool is_choice = item.role == app::Role::radio || item.role == app::Role::check;
    float left = rect.x + mm(7 + 9);
    if (is_choice) {
        draw_mark(item, rect, pair);
    } else if (!item.icon.empty()) {
        const float side = mm(9);
        icon(item.icon, {rect.x + mm(7), std::round(rect.centre_y() - side / 2), side, side}, {palette_.is_high_contrast ? pair.ink : palette_.accent, pair.ground});
    } else {
        left = rect.x + mm(2);
    }
    if (has_photo(item)) left = draw_thumb(item, rect, left + mm(5));
    const Rect inner{left + mm(6), rect.y, rect.right() - left - mm(6 + 12), rect.height};
    const Weight weight = item.selected || !is_choice ? Weight::bold : Weight::regular;
    words(fonts_.wrap(item.label, scale_.label, weight, line_width(scale_.label, inner.width)), inner, scale_.label, weight, pair.ink, Align::left, true);
    if (item.selected && item.role == app::Role::radio) {
        const float tick = mm(8);
        icon("check", {rect.right() - mm(4) - tick, rect.centre_y() - tick / 2, tick, tick}, {mark_ink, pair.ground});
    }
    note(item, rect, pair, scale_.label);
}

// The place is a number in a disc; before it has one, an empty ring waits for it.
void Composer::draw_ranked(const Item& item, const Rect& rect) {
    const Pair pair = colours_of(item);
    box(rect, kRadius, pair.ground, item.selected ? palette_.accent : palette_.outline, item.selected ? 1.0F : palette_.outline_mm);
    const float side = std::min(mm(14), rect.height - mm(4));
    const Rect disc{rect.x + mm(5), std::round(rect.centre_y() - side / 2), side, side};
    const Colour ink = palette_.is_high_contrast ? pair.ink : item.selected ? palette_.accent : palette_.outline;
    if (item.selected) {
        box(disc, 7, ink);
        const float font_px = std::min(scale_.label, side / 1.15F);
        words({item.value}, disc, font_px, Weight::bold, palette_.is_high_contrast ? pair.ground : palette_.primary.ink, Align::centre, true);
    } else {
        box(disc, 7, palette_.is_high_contrast ? pair.ground : palette_.card.ground, ink, 0.8F);
    }
    const float left = has_photo(item) ? draw_thumb(item, rect, disc.right() + mm(5)) : disc.right();
    const Rect inner{left + mm(6), rect.y, rect.right() - left - mm(12), rect.height};
    const Weight weight = item.selected ? Weight::bold : Weight::regular;
    words(fonts_.wrap(item.label, scale_.label, weight, line_width(scale_.label, inner.width)), inner, scale_.label, weight, pair.ink, Align::left, true);
    note(item, rect, pair, scale_.label);
}

// Upright: number, or mark, over words; lying: a row as of any choice, its number before the words.
void Composer::draw_scale(const Item& item, const Rect& rect) {
    if (!is_upright(item, rect.width, rect.height)) {
        Item row = item;
        if (!item.value.empty()) row.label = item.value + "  " + item.label;
        draw_option(row, rect);
        scene_.items.back().item = item;
        return;
    }
    const Pair pair = colours_of(item);
    const Colour ink = palette_.is_high_contrast ? pair.ink : item.selected ? palette_.accent : palette_.outline;
    box(rect, kRadius, pair.ground, item.selected ? palette_.accent : palette_.outline, item.selected ? 1.0F : palette_.outline_mm);
    const Weight weight = item.selected ? Weight::bold : Weight::regular;
    const auto lines = fonts_.wrap_evenly(item.label, scale_.label, weight, rect.width - mm(4));
    const float words_height = pitch(scale_.label) * static_cast<float>(lines.size());
    const float head = item.value.empty() ? mm(12) : pitch(scale_.title);
    const float top = std::round(rect.centre_y() - (head + mm(2) + words_height) / 2);
    if (item.value.empty()) {
        const float side = mm(11);
        const Rect mark{std::round(rect.centre_x() - side / 2), top, side, side};
        if (item.selected) {
            box(mark, 5.5F, ink);
            icon("check", mark.inset(side * 0.2F), {pair.ground, ink});
        } else {
            box(mark, 5.5F, palette_.is_high_contrast ? pair.ground : palette_.card.ground, ink, 0.8F);
        }
    } else {
        words({item.value}, {rect.x, top, rect.width, head}, scale_.title, Weight::bold, pair.ink, Align::centre, true);
        if (item.selected) {
            const float tick = mm(8);
            icon("check", {rect.right() - mm(3) - tick, rect.y + mm(3), tick, tick}, {ink, pair.ground});
        }
    }
    words(lines, {rect.x, top + head + mm(2), rect.width, words_height}, scale_.label, weight, pair.ink, Align::centre, true);
    note(item, rect, pair, scale_.label);
}

void Composer::draw_grid_cell(const Item& item, const Rect& rect) {
    const Pair pair = colours_of(item);
    box(rect, kSmallRadius, pair.ground, item.selected ? palette_.accent : palette_.outline, item.selected ? 1.0F : palette_.outline_mm);
    const float side = mm(11);
    const Rect mark{std::round(rect.centre_x() - side / 2), std::round(rect.centre_y() - side / 2), side, side};
    const Colour ink = palette_.is_high_contrast ? pair.ink : item.selected ? palette_.accent : palette_.outline;
    if (item.selected) {
        box(mark, 5.5F, ink);
        icon("check", mark.inset(side * 0.2F), {pair.ground, ink});
    } else {
        box(mark, 5.5F, palette_.is_high_contrast ? pair.ground : palette_.card.ground, ink, 0.8F);
    }
    note(item, rect, pair, 0);
}

void Composer::draw_star(const Item& item, const Rect& rect) {
    const Pair pair = is_pressed(item) ? palette_.pressed : palette_.page;
    if (is_pressed(item)) box(rect, kRadius, pair.ground);
    const Colour ink = palette_.is_high_contrast ? pair.ink : item.value.empty() ? palette_.outline : palette_.accent;
    icon(item.value.empty() ? "star" : "star_lit", rect.inset(mm(2)), {ink, pair.ground});
    const float font_px = scale_.aid;
    words({item.label}, {rect.x, rect.y + mm(1), rect.width, rect.height}, font_px, Weight::bold,
          item.value.empty() ? pair.ink : palette_.is_high_contrast ? pair.ground : palette_.primary.ink, Align::centre, true);
    const Pair shown = item.value.empty() ? Pair{pair.ink, pair.ground} : palette_.is_high_contrast ? Pair{pair.ground, pair.ink} : palette_.primary;
    note(item, rect, shown, font_px);
}

void Composer::draw_step(const Item& item, const Rect& rect) {
    const Pair pair = colours_of(item);
    box(rect, kRadius, pair.ground, palette_.outline, palette_.outline_mm);
    const Colour ink = palette_.is_high_contrast || is_pressed(item) ? pair.ink : palette_.accent;
    const bool is_single = item.label == "+" || item.label == "–";
    if (is_single) {
        const float side = mm(10);
        icon(item.label == "+" ? "plus" : "minus", {rect.centre_x() - side / 2, std::round(rect.centre_y() - side / 2), side, side}, {ink, pair.ground});
    } else {
        words({item.label}, rect, scale_.action, Weight::bold, ink, Align::centre, true);
    }
    note(item, rect, {ink, pair.ground}, scale_.action);
}

void Composer::draw_amount(const Item& item, const Rect& rect) {
    const float detail = item.detail.empty() ? 0 : pitch(scale_.aid), bar = item.value.empty() ? 0 : mm(4);
    const float top = std::round(rect.centre_y() - (pitch(scale_.title) + detail + bar) / 2);
    words({item.label}, {rect.x, top, rect.width, pitch(scale_.title)}, scale_.title, Weight::bold, palette_.page.ink, Align::centre, true);
    if (detail > 0)
        words({item.detail}, {rect.x, top + pitch(scale_.title), rect.width, detail}, scale_.aid, Weight::regular, palette_.page_soft.ink, Align::centre, true);
    if (bar > 0) {
        const Rect track{rect.x + mm(2), top + pitch(scale_.title) + detail + mm(1), rect.width - mm(4), mm(2)};
        box(track, 1, palette_.hairline, palette_.is_high_contrast ? std::nullopt : std::nullopt);
        const float share = std::strtof(item.value.c_str(), nullptr);
        if (share > 0) box({track.x, track.y, track.width * share, track.height}, 1, palette_.accent);
    }
    note(item, rect, palette_.page, scale_.title);
}

void Composer::draw_link(const Item& item, const Rect& rect) {
    const Pair pair = is_pressed(item) ? palette_.pressed : palette_.error;
    box(rect, kSmallRadius, pair.ground, palette_.error_bar, palette_.outline_mm);
    const float side = mm(9);
    Rect inner{rect.x + mm(6), rect.y, rect.width - mm(22), rect.height};
    if (!item.detail.empty()) {   // which question, above what is wrong with it
        const auto question = fonts_.wrap(item.detail, scale_.caption, Weight::regular, line_width(scale_.caption, inner.width));
        const float height = pitch(scale_.caption) * static_cast<float>(question.size());
        inner.y += mm(2.5F);
        words(question, inner, scale_.caption, Weight::regular, pair.ink, Align::left, false);
        inner.y += height;
        inner.height -= height + mm(5);
    }
    words(fonts_.wrap(item.label, scale_.body, Weight::bold, inner.width), inner, scale_.body, Weight::bold, pair.ink, Align::left, true);
    icon("next", {rect.right() - mm(5) - side, std::round(rect.centre_y() - side / 2), side, side}, pair);
    note(item, rect, pair, scale_.body);
}

void Composer::draw_card(const Item& item, const Rect& rect) {
    const Pair pair = colours_of(item);
    box(rect, kRadius, pair.ground, item.needed ? palette_.error_bar : palette_.outline, item.needed ? 1.0F : palette_.outline_mm);
    Rect inner = rect.inset(mm(6), mm(4));
    const auto question = fonts_.wrap(item.label, scale_.caption, Weight::regular, inner.width);
    words(question, inner, scale_.caption, Weight::regular, is_pressed(item) ? pair.ink : palette_.card_soft.ink, Align::left, false);
    inner.y += pitch(scale_.caption) * static_cast<float>(question.size()) + mm(1);
    const Colour answer = item.needed && !is_pressed(item) ? palette_.error.ink : pair.ink;
    words(fonts_.wrap(item.detail, scale_.body, Weight::bold, rect.width - card_act_width(item)), inner, scale_.body, Weight::bold, answer, Align::left, false);
    const Colour act = palette_.is_high_contrast || is_pressed(item) ? pair.ink : palette_.accent;
    words({item.value}, {rect.x, rect.bottom() - pitch(scale_.body) - mm(4), rect.width - mm(6), pitch(scale_.body)}, scale_.body, Weight::bold, act, Align::right, false);
    note(item, rect, pair, scale_.body);
}

void Composer::draw_aid(const Item& item, const Rect& rect) {
    const bool is_button = &item == help_ || item.id.starts_with("scroll.");
    const Pair pair = is_pressed(item) ? palette_.pressed : palette_.card;
    if (is_button) box(rect, kSmallRadius, pair.ground, palette_.outline, palette_.outline_mm);
    else if (is_pressed(item)) box(rect, kSmallRadius, pair.ground);
    const float side = mm(8);
    float font_px = scale_.aid;
    const Weight weight = is_button ? Weight::bold : Weight::regular;
    const Colour ink = palette_.is_high_contrast || is_pressed(item) ? pair.ink : palette_.accent;
    if (!aids_are_upright_ || &item == help_) {
        const float whole = side + mm(3) + fonts_.width(item.label, font_px, weight);
        const float x = std::round(rect.centre_x() - whole / 2);
        icon(item.icon, {x, std::round(rect.centre_y() - side / 2), side, side}, {ink, pair.ground});
        words({item.label}, {x + side + mm(3), rect.y, rect.width, rect.height}, font_px, weight, pair.ink, Align::left, true);
    } else {
        auto lines = fonts_.wrap_evenly(item.label, font_px, Weight::regular, rect.width - mm(1));
        if (pitch(font_px) * static_cast<float>(lines.size()) > rect.height - mm(2)) {   // a button that scrolls, on a low screen
            font_px = std::min(font_px, std::ceil(screen_.px(core::Millimetres{4.8F}) / kCapitalShare));
            lines = fonts_.wrap_evenly(item.label, font_px, Weight::regular, rect.width - mm(1));
        }
        const float text_height = pitch(font_px) * static_cast<float>(lines.size());
        const bool has_drawing = side + mm(1) + text_height <= rect.height;   // words come before a drawing
        const float head = has_drawing ? side + mm(1) : 0;
        const float tallest = std::max(text_height, pitch(font_px) * static_cast<float>(aid_lines_));
        const float top = std::round(rect.centre_y() - (head + tallest) / 2);
        if (has_drawing) icon(item.icon, {std::round(rect.centre_x() - side / 2), top, side, side}, {ink, pair.ground});
        words(lines, {rect.x, top + head, rect.width, text_height}, font_px, Weight::regular, pair.ink, Align::centre, !has_drawing);
    }
    if (item.selected) {   // changed from what the kiosk starts with: said in the label, underlined here
        box({rect.centre_x() - mm(8), rect.bottom() - mm(1.2F), mm(16), mm(1)}, 0.5F, ink);
    }
    note(item, rect, pair, font_px);
}

}  // namespace kiosk::ui
