// The parts of compose(), private to ui: measures and places each look of the design system, and the page's bands.
#pragma once

#include <kiosk/ui/compose.hpp>

#include <cmath>
#include <string>
#include <string_view>
#include <vector>

namespace kiosk::ui {

class Composer {
  public:
    Composer(const app::ViewModel& view, const core::ScreenSize& screen, const Fonts& fonts, const Presence& presence);
    Scene page() &&;

  private:
    using Item = app::Item;
    using Items = std::vector<const Item*>;

    // One item, or a run of like ones side by side and below each other.
    struct Group {
        Items items;
        int columns = 1;
        float height = 0;        // as it needs
        float stretch = 0;       // how much taller it would gladly be
        float gap_after = 0;
    };

    // compose.cpp: bands and flow
    void place_aids();
    void place_actions();
    void place_header();
    void place_body();
    Items field_and_label(const Items& items);
    void place_scroll_buttons();

    // keyboard.cpp: the keys on the glass
    bool is_typing_on_short_screen() const;
    std::vector<Items> keyboard_rows() const;
    bool has_suggestion_strip(const std::vector<Items>& rows) const;
    void place_keyboard();
    void place_key_row(const Items& row, const Rect& band, float gap, float letters);
    float key_font(const Item& item, const Rect& rect) const;
    void draw_key(const Item& item, const Rect& rect);
    void draw_key_preview(const Item& item, const Rect& rect);

    // signature_pad.cpp
    float signature_height(float width) const;
    void draw_signature(const Item& item, const Rect& rect);

    // field.cpp
    float field_height(const Item& item, float width) const;
    void draw_field(const Item& item, const Rect& rect);

    // compose.cpp: bands and flow
    void place_dock(const Items& aids);
    void place_rail(const Items& aids);
    void place_action_row(const Items& row, const Rect& band);
    float action_width(const Item& item) const;
    std::vector<Group> groups(const Items& items, float width, float available) const;
    int columns_of(const Items& run, float width, float available) const;
    float column_width(const Group& group, float width) const;
    void place_group(const Group& group, Rect area);
    void finish_focus();

    // looks.cpp: how much room each look needs
    float height_of(const Item& item, float width) const;
    float text_height(std::string_view text, float font_px, Weight weight, float width, bool even = false) const;
    float aid_width_beside(const Item& item) const;
    float face_diameter(float width, float height) const;
    bool is_upright(const Item& item, float width, float height) const;   // drawing above words, not beside

    // draw.cpp: what each look is drawn as
    void place(const Item& item, const Rect& rect);
    void draw_text(const Item& item, const Rect& rect);
    void draw_banner(const Item& item, const Rect& rect);
    void draw_success(const Item& item, const Rect& rect);
    void draw_picture(const Item& item, const Rect& rect);
    void draw_face(const Item& item, const Rect& rect);
    void draw_tile(const Item& item, const Rect& rect);
    void draw_option(const Item& item, const Rect& rect);
    void draw_card(const Item& item, const Rect& rect);
    void draw_bar(const Item& item, const Rect& rect);
    void draw_button(const Item& item, const Rect& rect);
    void draw_aid(const Item& item, const Rect& rect);
    void draw_progress(const Item& item, const Rect& rect);
    void draw_focus(const Rect& rect);
    void draw_reading(const Rect& rect);

    // staff_looks.cpp: what only staff pages have
    float staff_height_of(const Item& item, float width) const;
    int staff_columns_of(const Items& run, float width) const;
    void draw_digit(const Item& item, const Rect& rect);
    void draw_pin(const Item& item, const Rect& rect);
    void draw_status(const Item& item, const Rect& rect);
    void draw_act(const Item& item, const Rect& rect);
    void draw_ruler(const Item& item, const Rect& rect);
    void draw_cross(const Item& item);
    void draw_door(const Item& item, const Rect& rect);
    float door_width(const Item& item) const;

    Pair colours_of(const Item& item) const;
    void box(const Rect& rect, float radius_mm, std::optional<Colour> fill, std::optional<Colour> outline = {},
             float outline_mm = 0);
    void icon(std::string name, const Rect& rect, Pair pair);
    // Lines of text in a rect, its capitals centred between top and bottom where `middle`.
    void words(const std::vector<std::string>& lines, const Rect& rect, float font_px, Weight weight, Colour colour,
               Align align, bool middle);
    PlacedItem& note(const Item& item, const Rect& rect, Pair pair, float font_px);

    float mm(float millimetres) const { return std::round(screen_.px(core::Millimetres{millimetres})); }
    float pitch(float font_px) const { return std::round(font_px * kPitchShare); }
    bool is_pressed(const Item& item) const { return presence_.pressed == item.id; }
    Items in_zone(app::Zone zone) const;

    const app::ViewModel& view_;
    const core::ScreenSize& screen_;
    const Fonts& fonts_;
    const Presence& presence_;
    const Palette& palette_;
    TypeScale scale_;
    Scene scene_;
    std::vector<Shape>* layer_ = nullptr;
    bool is_scrolling_ = false;
    bool is_centred_ = false;      // a page that says one thing
    bool is_poster_ = false;       // attract
    bool aids_are_upright_ = false;
    Item short_label_;             // of the field, on a short screen
    bool is_collapsed_ = false;    // a short screen with its keyboard open: the field, its label and the keys
    Rect content_;                 // what the aids leave, less the margins
    float bottom_ = 0;             // where the actions begin
};

}  // namespace kiosk::ui
