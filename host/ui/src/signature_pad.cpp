// The pad to sign on: paper-white in every theme, with a line to sign on at seven tenths of its height.
#include "composer.hpp"

#include <kiosk/app/signature.hpp>

#include <algorithm>

namespace kiosk::ui {

namespace {
constexpr float kLeastWidth = 120, kLeastHeight = 50, kMostHeight = 80, kShape = 0.42F, kBaseline = 0.7F, kPen = 0.9F;
constexpr Colour kPaper = rgb(0xFFFFFF), kInk = rgb(0x000000), kRule = rgb(0x566676);
}

float Composer::signature_height(float width) const {
    return std::clamp(std::round(width * kShape), mm(kLeastHeight), mm(kMostHeight));
}

// On a low screen its buttons stand beside it, or they would stand below the fold.
std::vector<Composer::Cell> Composer::cells_of_pad(const Items& pad, float width) const {
    const float buttons = std::min(std::floor(width * 0.4F), width - mm(kLeastWidth + kGap)), own = width - buttons - mm(kGap);
    std::vector<Cell> cells{{pad.front(), {0, 0, own, signature_height(own)}}};
    float y = 0;
    for (std::size_t at = 1; at < pad.size(); ++at) {
        const float height = height_of(*pad[at], buttons);
        cells.push_back({pad[at], {own + mm(kGap), y, buttons, height}});
        y += height + mm(kGap);
    }
    cells.front().rect.height = std::max(mm(kLeastHeight), std::min(cells.front().rect.height, y - mm(kGap)));
    return cells;
}

Composer::Group Composer::pad_of(const Items& items, std::size_t first, float width) const {
    Group group;
    group.kind = Group::Kind::pad;
    for (std::size_t at = first; at < items.size() && (at == first || items[at]->id.starts_with("sign.")); ++at) group.items.push_back(items[at]);
    for (const Cell& cell : cells_of_pad(group.items, width)) group.height = std::max(group.height, cell.rect.bottom());
    return group;
}

void Composer::draw_signature(const Item& item, const Rect& rect) {
    box(rect, kRadius, kPaper, palette_.outline, std::max(0.6F, palette_.outline_mm));
    const float base = std::round(rect.y + rect.height * kBaseline), cross = mm(6);
    box({rect.x + mm(18), base, rect.width - mm(28), std::max(2.0F, mm(0.4F))}, 0, kRule);
    icon("close", {rect.x + mm(8), base - cross, cross, cross}, {kRule, kPaper});
    Ink ink{{}, mm(kPen), kInk};
    if (const auto signature = app::signature_from(item.value)) {
        for (const app::Stroke& stroke : signature->strokes) {
            std::vector<Point>& points = ink.strokes.emplace_back();
            for (const app::InkPoint& point : stroke)
                points.push_back({rect.x + screen_.px(core::Millimetres{point.x_mm}), rect.y + screen_.px(core::Millimetres{point.y_mm})});
        }
    }
    if (presence_.signing == item.id && !presence_.stroke.empty()) ink.strokes.push_back(presence_.stroke);
    layer_->push_back(std::move(ink));
    note(item, rect, {kInk, kPaper}, 0);
}

}  // namespace kiosk::ui
