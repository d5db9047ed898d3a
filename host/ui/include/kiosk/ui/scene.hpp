// Scene: one page laid out for one screen: what is drawn, in order, and where each described item lies. Made by
// compose(), drawn by paint(), dumped by render, hit by the gesture arbiter, checked by the UX rules. A plain value.
#pragma once

#include <kiosk/app/view_model.hpp>
#include <kiosk/core/units.hpp>
#include <kiosk/ui/theme.hpp>

#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace kiosk::ui {

// In pixels; half-open.
struct Rect {
    float x = 0, y = 0, width = 0, height = 0;

    float right() const { return x + width; }
    float bottom() const { return y + height; }
    float centre_x() const { return x + width / 2; }
    float centre_y() const { return y + height / 2; }
    bool contains(float px, float py) const { return px >= x && px < right() && py >= y && py < bottom(); }
    Rect inset(float by) const { return {x + by, y + by, width - 2 * by, height - 2 * by}; }
    Rect inset(float horizontal, float vertical) const {
        return {x + horizontal, y + vertical, width - 2 * horizontal, height - 2 * vertical};
    }
    bool operator==(const Rect&) const = default;
};

// In pixels.
struct Point {
    float x = 0, y = 0;
    bool operator==(const Point&) const = default;
};

enum class Weight { regular = 1, bold };
enum class Align { left = 1, centre, right };

struct Box {
    Rect rect;
    float radius_px = 0;
    std::optional<Colour> fill;
    std::optional<Colour> outline;
    float outline_px = 0;
};

struct Line {           // one line of text; y is the top of Dear ImGui's line box
    float x = 0, y = 0;
    std::string text;
    float font_px = 0;
    Weight weight = Weight::regular;
    Colour colour;
};

struct Icon {           // a named drawing in a square
    std::string name;
    Rect rect;
    Colour ink;
    Colour ground;      // what it stands on, for holes
};

struct Face {
    Rect rect;
    float mood = 0;
    Colour disc;
    Colour ink;
};

struct Ink {            // strokes of a finger, smoothed when drawn
    std::vector<std::vector<Point>> strokes;
    float width_px = 0;
    Colour colour;
};

struct Photo {          // a picture of a form, by the name its item gives
    std::string name;
    Rect rect;
    float radius_px = 0;
};

using Shape = std::variant<Box, Line, Icon, Face, Ink, Photo>;

struct PlacedItem {
    app::Item item;
    Rect rect;
    Rect hit;               // reacts to a finger; reaches into the gaps round rect
    Rect words;             // what its lines of text cover, from the capitals of the first to the descenders of the last
    Colour fg, bg;
    float font_px = 0;
    int focus_index = -1;   // reading order among targets; -1: not one
    bool scrolls = false;   // moves with the body
};

struct Scene {
    core::ScreenSize screen;
    std::string page;
    std::string language;
    app::Theme theme = app::Theme::light;
    app::TextSize size = app::TextSize::medium;
    std::string focus;               // id of the item that has the keyboard's focus
    Colour ground;

    std::vector<Shape> fixed;        // drawn first
    std::vector<Shape> scrolling;    // drawn clipped to `body`
    std::vector<Shape> above;        // drawn last
    std::vector<PlacedItem> items;   // reading order

    Rect body;                       // what scrolls, if it does
    float scroll_px = 0;             // as clamped
    float scroll_max_px = 0;
    bool lowered = false;
    bool whole_screen_is_target = false;
    bool wants_places = false;       // where a finger lifts is wanted, not only what it met

    const PlacedItem* find(std::string_view id) const;
    // The target under a point: what scrolled out of the body is not there.
    const PlacedItem* hit(float x_px, float y_px) const;
    // What a finger there presses, by id; empty: nothing.
    std::string target_at(float x_px, float y_px) const;
};

}  // namespace kiosk::ui
