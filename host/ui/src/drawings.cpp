#include "drawings.hpp"

#include <imgui.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <initializer_list>
#include <string_view>
#include <utility>

namespace kiosk::ui {
namespace {

// Draws in a square of 24 × 24 units with round pens.
class Pen {
  public:
    Pen(ImDrawList& list, const Rect& rect, Colour ink, Colour ground)
        : list_(list), rect_(rect), scale_(rect.width / 24), ink_(packed(ink)), ground_(packed(ground)) {}

    ImVec2 at(float x, float y) const { return {rect_.x + x * scale_, rect_.y + y * scale_}; }
    float length(float units) const { return units * scale_; }

    void line(std::initializer_list<ImVec2> points, float width = 2.4F) {
        for (const ImVec2& point : points) list_.PathLineTo(at(point.x, point.y));
        list_.PathStroke(ink_, ImDrawFlags_None, length(width));
        for (const ImVec2& point : points) list_.AddCircleFilled(at(point.x, point.y), length(width / 2), ink_);
    }
    void arc(float x, float y, float radius, float from_degrees, float to_degrees, float width = 2.4F) {
        constexpr float kRadian = 3.14159265F / 180;
        list_.PathArcTo(at(x, y), length(radius), from_degrees * kRadian, to_degrees * kRadian);
        const ImVec2 first = list_._Path.front(), last = list_._Path.back();
        list_.PathStroke(ink_, ImDrawFlags_None, length(width));
        list_.AddCircleFilled(first, length(width / 2), ink_);
        list_.AddCircleFilled(last, length(width / 2), ink_);
    }
    void ring(float x, float y, float radius, float width = 2.4F) {
        list_.AddCircle(at(x, y), length(radius), ink_, 0, length(width));
    }
    void ellipse(float x, float y, float rx, float ry, float width = 2.4F) {
        list_.AddEllipse(at(x, y), {length(rx), length(ry)}, ink_, 0, 0, length(width));
    }
    void disc(float x, float y, float radius) { list_.AddCircleFilled(at(x, y), length(radius), ink_); }
    void hole(float x, float y, float radius) { list_.AddCircleFilled(at(x, y), length(radius), ground_); }
    void half_disc(float x, float y, float radius) {
        list_.PathArcTo(at(x, y), length(radius), -1.5707963F, 1.5707963F);
        list_.PathFillConvex(ink_);
    }
    void frame(float x, float y, float width, float height, float radius, float pen = 2.4F) {
        list_.AddRect(at(x, y), at(x + width, y + height), ink_, length(radius), ImDrawFlags_None, length(pen));
    }
    void shape(std::initializer_list<ImVec2> points) {
        for (const ImVec2& point : points) list_.PathLineTo(at(point.x, point.y));
        list_.PathFillConvex(ink_);
    }

  private:
    ImDrawList& list_;
    const Rect& rect_;
    float scale_;
    ImU32 ink_;
    ImU32 ground_;
};

void draw_language(Pen& pen) {
    pen.ring(12, 12, 10, 2);
    pen.ellipse(12, 12, 4.4F, 10, 2);
    pen.line({{2.6F, 9}, {21.4F, 9}}, 1.8F);
    pen.line({{2.6F, 15}, {21.4F, 15}}, 1.8F);
}
void draw_size(Pen& pen) {
    pen.line({{1.5F, 20}, {8, 4}, {14.5F, 20}});
    pen.line({{4, 14.5F}, {12, 14.5F}}, 2);
    pen.line({{15.5F, 20}, {19.2F, 11}, {23, 20}}, 2);
    pen.line({{17, 17}, {21.5F, 17}}, 1.7F);
}
void draw_contrast(Pen& pen) {
    pen.ring(12, 12, 9.6F);
    pen.half_disc(12, 12, 9.6F);
}
void draw_speak(Pen& pen) {
    pen.shape({{1.5F, 8.5F}, {6, 8.5F}, {6, 15.5F}, {1.5F, 15.5F}});
    pen.shape({{5.5F, 8.5F}, {12.5F, 3}, {12.5F, 21}, {5.5F, 15.5F}});
    pen.arc(12, 12, 5, -45, 45, 2.2F);
    pen.arc(12, 12, 9.5F, -48, 48, 2.2F);
}
void draw_arrow(Pen& pen, float tip, float tail, float bar) {
    const float wing = tip + (tail - tip) * 0.45F;
    pen.line({{12, tail}, {12, tip}});
    pen.line({{6, wing}, {12, tip}, {18, wing}});
    pen.line({{4, bar}, {20, bar}});
}
void draw_poll(Pen& pen) {
    pen.ring(12, 12, 10);
    pen.disc(8.4F, 9.4F, 1.5F);
    pen.disc(15.6F, 9.4F, 1.5F);
    pen.arc(12, 11.6F, 5.6F, 25, 155);
}
void draw_checklist(Pen& pen) {
    pen.frame(3.5F, 2.5F, 17, 19.5F, 2.4F);
    pen.line({{7, 9}, {8.6F, 10.6F}, {11.4F, 7.4F}}, 2);
    pen.line({{14, 9}, {17, 9}}, 2);
    pen.line({{7, 16}, {8.6F, 17.6F}, {11.4F, 14.4F}}, 2);
    pen.line({{14, 16}, {17, 16}}, 2);
}
void draw_people(Pen& pen) {
    pen.ring(9, 7.6F, 4);
    pen.arc(9, 21.5F, 7.2F, 190, 350);
    pen.line({{19, 8}, {19, 15}});
    pen.line({{15.6F, 11.5F}, {22.4F, 11.5F}});
}
void draw_clock(Pen& pen) {
    pen.ring(12, 12, 9.6F);
    pen.line({{12, 6.5F}, {12, 12}, {16, 14.4F}});
}
void draw_undo(Pen& pen) {
    pen.arc(12.5F, 13, 7.6F, -150, 140);
    pen.line({{4.4F, 3.6F}, {5.4F, 9.6F}, {11.4F, 9}});
}
void draw_warning(Pen& pen) {
    pen.line({{12, 3}, {22, 21}, {2, 21}, {12, 3}}, 2.2F);
    pen.line({{12, 9.5F}, {12, 14.5F}}, 2.2F);
    pen.disc(12, 17.9F, 1.3F);
}
void draw_info(Pen& pen) {
    pen.ring(12, 12, 9.8F, 2.2F);
    pen.line({{12, 11}, {12, 17}});
    pen.disc(12, 7, 1.5F);
}
void draw_backspace(Pen& pen) {
    pen.line({{8, 4.5F}, {22, 4.5F}, {22, 19.5F}, {8, 19.5F}, {2, 12}, {8, 4.5F}}, 2);
    pen.line({{11.5F, 9}, {17.5F, 15}}, 2);
    pen.line({{17.5F, 9}, {11.5F, 15}}, 2);
}

void draw_tray(Pen& pen) { pen.line({{3, 15}, {3, 21}, {21, 21}, {21, 15}}); }
void draw_lock(Pen& pen) {
    pen.frame(4.5F, 11, 15, 10.5F, 2);
    pen.arc(12, 9, 4.8F, 180, 360);
    pen.line({{7.2F, 9}, {7.2F, 11}});
    pen.line({{16.8F, 9}, {16.8F, 11}});
    pen.disc(12, 16, 1.7F);
}
void draw_ruler_icon(Pen& pen) {
    pen.frame(1.5F, 8, 21, 9, 1.5F, 2.2F);
    for (const float x : {6.0F, 10.0F, 14.0F, 18.0F}) pen.line({{x, 8.5F}, {x, 12}}, 1.8F);
}

void draw_calendar(Pen& pen) {
    pen.frame(3, 5, 18, 16, 2, 2.2F);
    pen.line({{3, 10}, {21, 10}}, 2.2F);
    for (const float x : {8.0F, 16.0F}) pen.line({{x, 2.5F}, {x, 7}}, 2.2F);
    pen.disc(12, 15.5F, 1.8F);
}

void draw_help(Pen& pen) {
    pen.ring(12, 12, 10, 2.2F);
    pen.arc(12, 9.6F, 3.4F, -180, 60, 2.4F);
    pen.line({{13.6F, 12.6F}, {12, 14.6F}}, 2.4F);
    pen.disc(12, 17.8F, 1.4F);
}
// Five corners, filled as five kites about the middle: the whole is not convex.
void draw_star(Pen& pen, bool is_lit) {
    std::array<ImVec2, 10> corner;
    for (std::size_t index = 0; index < corner.size(); ++index) {
        const float angle = -1.5707963F + static_cast<float>(index) * 0.62831853F, radius = index % 2 == 0 ? 11.5F : 5.4F;
        corner[index] = {12 + radius * std::cos(angle), 12.6F + radius * std::sin(angle)};
    }
    if (!is_lit) {
        for (std::size_t index = 0; index < corner.size(); ++index) pen.line({corner[index], corner[(index + 1) % corner.size()]}, 1.4F);
        return;
    }
    for (std::size_t index = 0; index < corner.size(); index += 2)
        pen.shape({corner[(index + 9) % 10], corner[index], corner[index + 1], {12, 12.6F}});
    for (std::size_t index = 0; index < corner.size(); ++index) pen.line({corner[index], corner[(index + 1) % corner.size()]}, 1.2F);
}

using Drawing = void (*)(Pen&);
constexpr std::array<std::pair<std::string_view, Drawing>, 39> kDrawings{{
    {"back", [](Pen& pen) { pen.line({{15.5F, 4}, {7.5F, 12}, {15.5F, 20}}, 3); }},
    {"next", [](Pen& pen) { pen.line({{8.5F, 4}, {16.5F, 12}, {8.5F, 20}}, 3); }},
    {"up", [](Pen& pen) { pen.line({{4, 15.5F}, {12, 7.5F}, {20, 15.5F}}, 3); }},
    {"down", [](Pen& pen) { pen.line({{4, 8.5F}, {12, 16.5F}, {20, 8.5F}}, 3); }},
    {"close", [](Pen& pen) { pen.line({{5, 5}, {19, 19}}, 2.8F), pen.line({{19, 5}, {5, 19}}, 2.8F); }},
    {"check", [](Pen& pen) { pen.line({{3.5F, 13}, {9.5F, 19}, {20.5F, 5.5F}}, 3.4F); }},
    {"skip", [](Pen& pen) { pen.line({{4, 5}, {11, 12}, {4, 19}}, 2.6F), pen.line({{12, 5}, {19, 12}, {12, 19}}, 2.6F); }},
    {"language", draw_language},
    {"size", draw_size},
    {"contrast", draw_contrast},
    {"speak", draw_speak},
    {"lower", [](Pen& pen) { draw_arrow(pen, 17, 2.5F, 21.5F); }},
    {"raise", [](Pen& pen) { draw_arrow(pen, 7, 21.5F, 2.5F); }},
    {"poll", draw_poll},
    {"checklist", draw_checklist},
    {"people", draw_people},
    {"clock", draw_clock},
    {"calendar", draw_calendar},
    {"undo", draw_undo},
    {"warning", draw_warning},
    {"info", draw_info},
    {"pause", [](Pen& pen) { pen.line({{8, 4}, {8, 20}}, 4), pen.line({{16, 4}, {16, 20}}, 4); }},
    {"backspace", draw_backspace},
    {"shift", [](Pen& pen) { pen.line({{12, 3.5F}, {21, 13}, {16, 13}, {16, 20.5F}, {8, 20.5F}, {8, 13}, {3, 13}, {12, 3.5F}}, 2.2F); }},
    {"activity", draw_checklist},
    {"export", [](Pen& pen) { draw_tray(pen), pen.line({{12, 15}, {12, 3}}), pen.line({{7.5F, 7.5F}, {12, 3}, {16.5F, 7.5F}}); }},
    {"import", [](Pen& pen) { draw_tray(pen), pen.line({{12, 3}, {12, 15}}), pen.line({{7.5F, 10.5F}, {12, 15}, {16.5F, 10.5F}}); }},
    {"eject", [](Pen& pen) { pen.shape({{12, 4}, {21, 14}, {3, 14}}), pen.line({{4, 19}, {20, 19}}, 2.8F); }},
    {"power", [](Pen& pen) { pen.arc(12, 13, 8.6F, -55, 235), pen.line({{12, 3}, {12, 12}}); }},
    {"lock", draw_lock},
    {"ruler", draw_ruler_icon},
    {"touch", [](Pen& pen) { pen.ring(12, 12, 8.5F, 2), pen.ring(12, 12, 4.5F, 2), pen.disc(12, 12, 1.6F); }},
    {"plus", [](Pen& pen) { pen.line({{12, 3}, {12, 21}}, 3), pen.line({{3, 12}, {21, 12}}, 3); }},
    {"minus", [](Pen& pen) { pen.line({{3, 12}, {21, 12}}, 3); }},
    {"search", [](Pen& pen) { pen.ring(10, 10, 7.5F, 2.4F), pen.line({{15.5F, 15.5F}, {21.5F, 21.5F}}, 3); }},
    {"help", draw_help},
    {"star", [](Pen& pen) { draw_star(pen, false); }},
    {"star_lit", [](Pen& pen) { draw_star(pen, true); }},
    {"pen", [](Pen& pen) { pen.line({{4, 20}, {5, 15.5F}, {16, 4.5F}, {19.5F, 8}, {8.5F, 19}, {4, 20}}, 2.2F); }},
}};

}  // namespace

unsigned int packed(Colour colour) { return IM_COL32(colour.red, colour.green, colour.blue, 255); }

void draw_icon(const Icon& icon, ImDrawList& list) {
    Pen pen(list, icon.rect, icon.ink, icon.ground);
    const auto found = std::find_if(kDrawings.begin(), kDrawings.end(), [&](const auto& one) { return one.first == icon.name; });
    // A plugin may name a drawing this version does not have; it still gets one.
    found == kDrawings.end() ? draw_checklist(pen) : found->second(pen);
}

// The mouth says it: a wide open smile, a smile, a straight line, a frown, a deep frown. Colour only agrees.
void draw_face(const Face& face, ImDrawList& list) {
    const float radius = face.rect.width / 2, x = face.rect.centre_x(), y = face.rect.centre_y();
    const ImU32 disc = packed(face.disc), ink = packed(face.ink);
    list.AddCircleFilled({x, y}, radius, disc);
    const float eye_x = radius * 0.34F, eye_y = y - radius * 0.2F, eye = radius * 0.115F;
    list.AddCircleFilled({x - eye_x, eye_y}, eye, ink);
    list.AddCircleFilled({x + eye_x, eye_y}, eye, ink);

    const float pen = radius * 0.115F, half = radius * 0.5F, depth = radius * 0.62F * face.mood;
    const float mouth_y = y + radius * 0.32F - depth * 0.32F;
    if (face.mood > 0.9F) {   // open, filled
        list.PathLineTo({x + half, mouth_y});   // clockwise, or its edge would not be smooth
        list.PathBezierCubicCurveTo({x + half * 0.8F, mouth_y + depth * 1.05F}, {x - half * 0.8F, mouth_y + depth * 1.05F}, {x - half, mouth_y});
        list.PathFillConvex(ink);
        list.AddLine({x - half, mouth_y}, {x + half, mouth_y}, ink, pen * 0.9F);
        list.AddCircleFilled({x - half, mouth_y}, pen * 0.45F, ink);
        list.AddCircleFilled({x + half, mouth_y}, pen * 0.45F, ink);
        return;
    }
    list.PathLineTo({x - half, mouth_y});
    list.PathBezierQuadraticCurveTo({x, mouth_y + depth * 1.25F}, {x + half, mouth_y});
    list.PathStroke(ink, ImDrawFlags_None, pen);
    list.AddCircleFilled({x - half, mouth_y}, pen / 2, ink);
    list.AddCircleFilled({x + half, mouth_y}, pen / 2, ink);
    if (face.mood < -0.9F) {   // brows raised in the middle: sad, not angry
        const float brow_y = eye_y - radius * 0.26F;
        for (const float side : {-1.0F, 1.0F})
            list.AddLine({x + side * eye_x * 1.5F, brow_y + radius * 0.08F}, {x + side * eye_x * 0.5F, brow_y - radius * 0.08F}, ink, pen * 0.9F);
    }
}

// Curves through the middles between points, as a pen goes, with round ends; a single point is a dot.
void draw_ink(const Ink& ink, ImDrawList& list) {
    const ImU32 colour = packed(ink.colour);
    const auto at = [](const Point& point) { return ImVec2{point.x, point.y}; };
    const auto between = [](const Point& one, const Point& other) { return ImVec2{(one.x + other.x) / 2, (one.y + other.y) / 2}; };
    for (const std::vector<Point>& stroke : ink.strokes) {
        if (stroke.empty()) continue;
        list.AddCircleFilled(at(stroke.front()), ink.width_px / 2, colour);
        list.AddCircleFilled(at(stroke.back()), ink.width_px / 2, colour);
        if (stroke.size() < 2) continue;
        list.PathLineTo(at(stroke.front()));
        for (std::size_t i = 1; i + 1 < stroke.size(); ++i) list.PathBezierQuadraticCurveTo(at(stroke[i]), between(stroke[i], stroke[i + 1]));
        list.PathLineTo(at(stroke.back()));
        list.PathStroke(colour, ImDrawFlags_None, ink.width_px);
    }
}

}  // namespace kiosk::ui
