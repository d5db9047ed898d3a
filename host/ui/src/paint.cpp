#include <kiosk/ui/paint.hpp>

#include "drawings.hpp"
#include "text_run.hpp"

#include <imgui.h>

#include <algorithm>
#include <cmath>

namespace kiosk::ui {
namespace {

struct Painter {
    const Fonts& fonts;
    Pictures* pictures;
    ImDrawList& list;

    // Rounded, with only so much of the middle at its sides. A round end is cut into long slivers, one for every step of
    // each corner; the middle is cheap. Both stand on whole pixels, so no seam shows.
    void fill(const ImVec2& from, const ImVec2& to, ImU32 colour, float radius, float side) const {
        const float end = std::ceil(radius) + 1;   // ImGui keeps a pixel straight
        const float top = from.y + end, bottom = to.y - end;
        if (top >= bottom) return list.AddRectFilled(from, to, colour, radius);
        list.AddRectFilled(from, {to.x, top}, colour, radius, ImDrawFlags_RoundCornersTop);
        list.AddRectFilled({from.x, top}, {from.x + side, bottom}, colour);
        if (from.x + side < to.x) list.AddRectFilled({to.x - side, top}, {to.x, bottom}, colour);
        list.AddRectFilled({from.x, bottom}, to, colour, radius, ImDrawFlags_RoundCornersBottom);
    }

    void operator()(const Box& box) const {
        const ImVec2 from{box.rect.x, box.rect.y}, to{box.rect.right(), box.rect.bottom()};
        const float radius = std::min({box.radius_px, box.rect.width / 2, box.rect.height / 2});
        // Outline first, then the inside over it: both edges stay smooth and the line keeps its width at the corners.
        if (box.outline && box.fill) {
            const float line = box.outline_px;
            fill(from, to, packed(*box.outline), radius, line);
            fill({from.x + line, from.y + line}, {to.x - line, to.y - line}, packed(*box.fill), std::max(0.0F, radius - line), box.rect.width - 2 * line);
        } else if (box.fill) {
            fill(from, to, packed(*box.fill), radius, box.rect.width);
        } else if (box.outline) {
            const float half = box.outline_px / 2;
            list.AddRect({from.x + half, from.y + half}, {to.x - half, to.y - half}, packed(*box.outline), radius, ImDrawFlags_None, box.outline_px);
        }
    }
    void operator()(const Line& line) const {
        draw_line(line, fonts, list);
    }
    void operator()(const Ink& ink) const { draw_ink(ink, list); }
    void operator()(const Icon& icon) const { draw_icon(icon, list); }
    void operator()(const Face& face) const { draw_face(face, list); }
    void operator()(const Photo& photo) const {
        if (pictures) pictures->draw(photo, list);
    }
};

}  // namespace

void paint(const Scene& scene, const Fonts& fonts, Pictures* pictures) {
    ImDrawList& list = *ImGui::GetBackgroundDrawList();
    const Painter painter{fonts, pictures, list};
    list.AddRectFilled({0, 0}, {static_cast<float>(scene.screen.width_px), static_cast<float>(scene.screen.height_px)}, packed(scene.ground));
    for (const Shape& shape : scene.fixed) std::visit(painter, shape);
    list.PushClipRect({scene.body.x, scene.body.y}, {scene.body.right(), scene.body.bottom()}, true);
    for (const Shape& shape : scene.scrolling) std::visit(painter, shape);
    list.PopClipRect();
    for (const Shape& shape : scene.above) std::visit(painter, shape);
}

void paint_veil(const Scene& scene, float thickness) {
    const float right = scene.body.width > 0 ? scene.body.right() : static_cast<float>(scene.screen.width_px);
    const float bottom = scene.body.height > 0 ? scene.body.bottom() : static_cast<float>(scene.screen.height_px);
    const Colour& ground = scene.ground;
    const auto alpha = static_cast<int>(std::lround(std::clamp(thickness, 0.0F, 1.0F) * 255));
    ImGui::GetBackgroundDrawList()->AddRectFilled({0, 0}, {right, bottom}, IM_COL32(ground.red, ground.green, ground.blue, alpha));
}

}  // namespace kiosk::ui
