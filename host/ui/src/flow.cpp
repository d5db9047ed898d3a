// compose(), continued: which items of a page belong together, and how those stand side by side.
#include "composer.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace kiosk::ui {

using app::Look;
using app::Zone;

namespace {

constexpr float kNarrowestGrid = 300, kGridCell = 24;
constexpr int kMostGridRows = 5;

bool joins_run(const app::Item& first, const app::Item& next) {
    if (first.look != next.look || !first.row.empty() != !next.row.empty()) return false;
    switch (first.look) {
        case Look::face: case Look::tile: case Look::card: case Look::bar: case Look::ranked: case Look::digit: case Look::act:
            return true;
        case Look::secondary: return first.id.starts_with("sign.") && next.id.starts_with("sign.");
        case Look::scale: case Look::grid_cell: return first.row == next.row;
        case Look::option: {
            const auto question = [](const std::string& id) { return id.substr(0, id.rfind('.')); };
            return question(first.id) == question(next.id);
        }
        default: return false;
    }
}

// What a row may grow to where the page has room to spare.
float largest_height_mm(Look look, int columns) {
    switch (look) {
        case Look::face: return columns == 1 ? 64 : 120;
        case Look::tile: return columns == 1 ? 60 : 130;
        case Look::scale: case Look::grid_cell: return columns == 1 ? 26 : 60;
        case Look::option: case Look::ranked: return 26;
        default: return 0;
    }
}

}  // namespace

float Composer::gap_after(const app::Item& item, const app::Item& next) {
    if (item.look == Look::lead && next.look != Look::lead && next.look != Look::paragraph) return 3.5F;
    if (item.look == Look::title && next.look == Look::lead) return 3;
    if ((item.look == Look::problem || item.look == Look::link) && (next.look == Look::problem || next.look == Look::link)) return 3;
    if (next.look == Look::picture || item.look == Look::picture) return item.medium.empty() && next.medium.empty() ? 14 : 5;
    if (item.look == Look::status && next.look == Look::status) return 1;
    if (item.look == Look::pin || next.look == Look::pin) return 3.5F;
    if (item.look == Look::countdown) return 0;
    if (item.look == Look::title && next.look == Look::paragraph) return 3;
    if (item.look == Look::caption && next.look == Look::title) return 1;
    if (next.look == Look::caption || item.look == Look::part) return 3;
    if (item.look == Look::bar && next.look == Look::bar) return 1;
    if (next.look == Look::lead || next.look == Look::quiet || next.look == Look::part || item.look == Look::title) return 8;
    return kGap;
}

float Composer::column_width(int columns, float width) const {
    return std::floor((width - mm(kGap) * static_cast<float>(columns - 1)) / static_cast<float>(columns));
}

int Composer::columns_of(const Items& run, float width, float available) const {
    const int count = static_cast<int>(run.size());
    const float width_mm = screen_.mm(width).value, available_mm = screen_.mm(available).value;
    const bool is_wide = !screen_.is_portrait();
    float widest = 0, widest_part = 0;   // label; word of a label
    for (const Item* item : run) {
        widest = std::max(widest, fonts_.width(item->label, scale_.label, Weight::bold));
        widest_part = std::max(widest_part, widest_word(*item, scale_.label, Weight::bold));
    }
    switch (run.front()->look) {
        case Look::face: {
            const bool fits_in_rows = available_mm / static_cast<float>(count) >= 42;
            float widest_face = 0;
            for (const Item* item : run) widest_face = std::max(widest_face, widest_word(*item, face_font(), Weight::bold));
            const bool fits_in_a_row = widest_face + mm(3) <= column_width(count, width) && column_width(count, width) >= mm(36);
            if (!is_wide && fits_in_rows) return 1;
            return fits_in_a_row ? count : !is_wide ? 1 : 2;
        }
        case Look::scale:
        case Look::grid_cell: {
            const bool fits = widest_part + mm(6) <= column_width(count, width) && column_width(count, width) >= mm(20);
            return fits && (is_wide || count <= 3) ? count : 1;
        }
        case Look::tile: {
            const int columns = std::min(count, 3);
            float widest_title = 0;
            for (const Item* item : run) widest_title = std::max(widest_title, widest_word(*item, tile_font(), Weight::bold));
            const bool fits = column_width(columns, width) >= mm(60) && widest_title + mm(2 * tile_padding()) <= column_width(columns, width);
            return is_wide && fits && (width_mm >= 240 || view_.size == app::TextSize::medium) ? columns : 1;
        }
        case Look::secondary: return count > 1 && widest + mm(24) < width / 2 ? 2 : 1;
        case Look::digit: case Look::act: return staff_columns_of(run, width);
        case Look::card: return width_mm > 300 && view_.size != app::TextSize::extra_large ? 2 : 1;
        case Look::ranked:
        case Look::option: {
            const float beside_words = mm(40) + thumb_room(*run.front());
            const float row_height = has_photo(*run.front()) ? thumb_height() + mm(6 + kGap) : mm(26);
            if (is_consent(*run.front())) return widest_part + mm(40) < width / 2 && width_mm >= 120 ? 2 : 1;
            if (!is_wide || count < 3) return 1;
            // Two columns where every label stands on one line of its half, or the page would scroll otherwise.
            if (widest + beside_words < width / 2) return 2;
            return available < static_cast<float>(count) * row_height && widest_part + beside_words < width / 2 ? 2 : 1;
        }
        default: return 1;
    }
}

// Items of one `row` keep together; several such rows share a line where it is wide enough.
std::vector<Composer::Cell> Composer::cells_of_row(const Items& row, float width) const {
    constexpr float kBetweenRows = 12, kFlexible = 90;
    const auto least = [&](const Item& item) {
        const float own = width_beside_others(item);
        return std::min(width, own > 0 ? own : mm(kFlexible));
    };
    std::vector<Cell> cells;
    std::size_t line = 0;
    float x = 0, y = 0;
    const auto end_line = [&](float spare) {
        float height = 0;
        for (std::size_t index = line; index < cells.size(); ++index) {
            if (width_beside_others(*cells[index].item) == 0 && spare > 0) {   // what is flexible takes what is left
                cells[index].rect.width += spare;
                for (std::size_t after = index + 1; after < cells.size(); ++after) cells[after].rect.x += spare;
                spare = 0;
            }
            height = std::max(height, height_of(*cells[index].item, cells[index].rect.width));
        }
        for (std::size_t index = line; index < cells.size(); ++index) cells[index].rect.height = height;
        line = cells.size();
        y += height + mm(kGap);
        x = 0;
    };
    for (std::size_t first = 0; first < row.size();) {
        std::size_t end = first;
        float unit = -mm(kGap);
        for (; end < row.size() && row[end]->row == row[first]->row; ++end) unit += least(*row[end]) + mm(kGap);
        if (x > 0 && x - mm(kGap) + mm(kBetweenRows) + unit <= width) x += mm(kBetweenRows - kGap);
        else if (x > 0) end_line(width - x + mm(kGap));
        for (std::size_t index = first; index < end; ++index) {
            const float cell = least(*row[index]);
            if (x > 0 && x + cell > width) end_line(width - x + mm(kGap));
            cells.push_back({row[index], {x, y, cell, 0}});
            x += cell + mm(kGap);
        }
        first = end;
    }
    end_line(width - x + mm(kGap));
    return cells;
}

std::vector<Composer::Cell> Composer::cells_of_grid(const Items& grid, float width) const {
    std::vector<Cell> cells;
    const auto heads = static_cast<int>(std::count_if(grid.begin(), grid.end(), [](const Item* item) { return item->look == Look::grid_head; }));
    const float label_width = std::floor(width * 0.36F), cell = column_width(heads, width - label_width - mm(kGap));
    const auto x_of = [&](int column) { return label_width + mm(kGap) + static_cast<float>(column) * (cell + mm(kGap)); };
    float y = 0, head_height = 0;
    for (int column = 0; column < heads; ++column)
        head_height = std::max(head_height, text_height(grid[static_cast<std::size_t>(column)]->label, scale_.caption, Weight::bold, cell));
    for (int column = 0; column < heads; ++column) cells.push_back({grid[static_cast<std::size_t>(column)], {x_of(column), 0, cell, head_height}});
    y += head_height + mm(3);
    const auto per_row = static_cast<std::size_t>(heads) + 1;
    for (auto at = static_cast<std::size_t>(heads); at < grid.size(); at += per_row) {
        const float height = std::max(mm(22), text_height(grid[at]->label, scale_.body, Weight::regular, label_width) + mm(4));
        cells.push_back({grid[at], {0, y, label_width, height}});
        for (int column = 0; column < heads; ++column)
            cells.push_back({grid[at + 1 + static_cast<std::size_t>(column)], {x_of(column), y, cell, height}});
        y += height + mm(3);
    }
    return cells;
}

Composer::Group Composer::grid_of(const Items& items, std::size_t first, float width) const {
    Group group;
    group.kind = Group::Kind::grid;
    std::size_t heads = 0;
    while (first + heads < items.size() && items[first + heads]->look == Look::grid_head) ++heads;
    std::size_t end = first + heads;
    while (end < items.size() && (items[end]->look == Look::grid_label || items[end]->look == Look::grid_cell)) ++end;
    const std::size_t rows = heads == 0 ? 0 : (end - first - heads) / (heads + 1);
    const float cell = heads == 0 ? 0 : column_width(static_cast<int>(heads), width * 0.64F - mm(kGap));
    bool fits = !screen_.is_portrait() && screen_.mm(width).value >= kNarrowestGrid && rows <= kMostGridRows && cell >= mm(kGridCell);
    for (std::size_t head = 0; head < heads; ++head) fits = fits && widest_word(*items[first + head], scale_.caption, Weight::bold) <= cell;
    if (!fits) return {};
    group.items.assign(items.begin() + static_cast<std::ptrdiff_t>(first), items.begin() + static_cast<std::ptrdiff_t>(end));
    group.height = cells_of_grid(group.items, width).back().rect.bottom();
    return group;
}

Composer::Group Composer::row_of(const Items& items, std::size_t first, float width) const {
    Group group;
    group.kind = Group::Kind::row;
    const auto is_step = [](const Item& item) { return item.look == Look::step || item.look == Look::amount; };
    for (std::size_t at = first; at < items.size(); ++at) {
        const bool is_same = items[at]->row == items[first]->row || (is_step(*items[first]) && is_step(*items[at]));
        if (!is_same) break;
        group.items.push_back(items[at]);
    }
    group.height = cells_of_row(group.items, width).back().rect.bottom();
    return group;
}

Composer::Group Composer::run_of(const Items& items, std::size_t first, float width, float available) const {
    Group group;
    std::size_t end = first + 1;
    while (end < items.size() && joins_run(*items[first], *items[end])) ++end;
    group.items.assign(items.begin() + static_cast<std::ptrdiff_t>(first), items.begin() + static_cast<std::ptrdiff_t>(end));
    group.columns = columns_of(group.items, width, available);
    const float cell = column_width(group.columns, width);
    const auto rows = static_cast<float>((group.items.size() + static_cast<std::size_t>(group.columns) - 1) /
                                         static_cast<std::size_t>(group.columns));
    float tallest = 0;
    for (const Item* item : group.items) tallest = std::max(tallest, height_of(*item, cell));
    group.height = tallest * rows + mm(kGap) * (rows - 1);
    group.stretch = rows * std::max(0.0F, mm(largest_height_mm(group.items.front()->look, group.columns)) - tallest);
    if (group.items.front()->look == Look::picture && has_photo(*group.items.front())) group.stretch = photo_stretch(*group.items.front(), width);
    return group;
}

std::vector<Composer::Group> Composer::groups(const Items& items, float width, float available) const {
    std::vector<Group> all;
    for (std::size_t first = 0; first < items.size();) {
        const Item& item = *items[first];
        const bool stands_in_row = item.look == Look::step || item.look == Look::amount || item.look == Look::star ||
                                   (item.look == Look::card && !item.row.empty());
        Group group;
        if (item.look == Look::grid_head) group = grid_of(items, first, width);
        if (item.look == Look::grid_head && group.items.empty()) {   // too narrow: each row is a question of its own
            ++first;
            continue;
        }
        if (is_low_screen() && item.look == Look::title && first + 1 < items.size() && has_photo(*items[first + 1])) {
            group.kind = Group::Kind::row;   // a picture beside the question costs no height
            group.items = {items[first], items[first + 1]};
            group.height = cells_of_row(group.items, width).back().rect.bottom();
        }
        if (item.look == Look::signature && is_low_screen()) group = pad_of(items, first, width);
        if (group.items.empty()) group = stands_in_row ? row_of(items, first, width) : run_of(items, first, width, available);
        first += group.items.size();
        if (first < items.size()) group.gap_after = mm(is_low_screen() ? std::min(kGap, gap_after(*items[first - 1], *items[first])) : gap_after(*items[first - 1], *items[first]));
        all.push_back(std::move(group));
    }
    return all;
}

std::vector<Composer::Cell> Composer::cells_of(const Group& group, float width) const {
    switch (group.kind) {
        case Group::Kind::grid: return cells_of_grid(group.items, width);
        case Group::Kind::pad: return cells_of_pad(group.items, width);
        default: return cells_of_row(group.items, width);
    }
}

void Composer::place_group(const Group& group, Rect area) {
    if (group.kind != Group::Kind::run) {
        const auto cells = cells_of(group, area.width);
        in_grid_ = group.kind == Group::Kind::grid;
        for (const Cell& cell : cells)
            place(*cell.item, {area.x + cell.rect.x, area.y + cell.rect.y, cell.rect.width, cell.rect.height});
        in_grid_ = false;
        return;
    }
    if (group.items.front()->look == Look::digit) {   // a keypad is as wide as a hand, not as the screen
        const float wide = std::min(area.width, mm(34) * static_cast<float>(group.columns));
        area = {area.x + std::floor((area.width - wide) / 2), area.y, wide, area.height};
    }
    const float cell_width = column_width(group.columns, area.width);
    face_lines_ = 1;
    for (const Item* item : group.items)
        if (item->look == Look::face) face_lines_ = std::max(face_lines_, fonts_.wrap_evenly(item->label, face_font(), Weight::bold, cell_width - mm(3)).size());
    const auto columns = static_cast<std::size_t>(group.columns);
    const std::size_t rows = (group.items.size() + columns - 1) / columns;
    const float cell_height = std::floor((area.height - mm(kGap) * static_cast<float>(rows - 1)) / static_cast<float>(rows));
    for (std::size_t index = 0; index < group.items.size(); ++index) {
        const auto row = static_cast<float>(index / columns), column = static_cast<float>(index % columns);
        place(*group.items[index], {area.x + column * (cell_width + mm(kGap)), area.y + row * (cell_height + mm(kGap)),
                                    cell_width, cell_height});
    }
}

}  // namespace kiosk::ui
