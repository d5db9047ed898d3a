// The parts of compose(), private to ui: measures and places each look of the design system, and the page's bands.
#pragma once

#include <kiosk/ui/compose.hpp>

#include <cmath>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kiosk::ui {

class Composer {
  public:
    Composer(const app::ViewModel& view, const core::ScreenSize& screen, const Fonts& fonts, const Presence& presence, const Pictures* pictures);
    Scene page() &&;

  private:
    using Item = app::Item;
    using Items = std::vector<const Item*>;

    // One item, a run of like ones in columns, a row of unlike ones, a grid of scales, or a signature pad with its buttons.
    struct Group {
        enum class Kind { run = 1, row, grid, pad };
        Kind kind = Kind::run;
        Items items;
        int columns = 1;
        float height = 0;        // as it needs
        float stretch = 0;       // how much taller it would gladly be
        float gap_after = 0;
    };
    struct Cell {
        const Item* item;
        Rect rect;               // within the row
    };

    // compose.cpp: the bands
    void place_aids();
    void place_dock(const Items& aids);
    void place_rail(const Items& aids);
    bool fits_rail(const Items& aids, float width) const;
    void place_actions();
    float place_stacked(const Items& buttons, float bottom, float height);
    void place_action_row(const Items& row, const Rect& band);
    void place_header();
    void finish_focus();
    float action_width(const Item& item, int lines = 1) const;

    // body.cpp: what stands below what, and what scrolls
    void place_body();
    void place_field_and_label(const Items& items);
    void place_groups(const std::vector<Group>& all, float top);
    float space_above(const std::vector<Group>& all, float spare) const;
    void place_scroll_buttons();
    float scroll_column() const;
    std::vector<Group> arrange(const Items& items) const;
    static float height_of(const std::vector<Group>& all);
    bool place_consents_beside(const Items& items);
    void step_down_to_fit(std::vector<Group>& all, const Items& items);

    // flow.cpp: what stands side by side
    static bool is_consent(const Item& item) { return item.id.starts_with("consent."); }
    static float gap_after(const Item& item, const Item& next);
    std::vector<Group> groups(const Items& items, float width, float available) const;
    Group run_of(const Items& items, std::size_t first, float width, float available) const;
    Group row_of(const Items& items, std::size_t first, float width) const;
    Group grid_of(const Items& items, std::size_t first, float width) const;
    Group pad_of(const Items& items, std::size_t first, float width) const;
    int columns_of(const Items& run, float width, float available) const;
    float column_width(int columns, float width) const;
    std::vector<Cell> cells_of_row(const Items& row, float width) const;
    std::vector<Cell> cells_of_grid(const Items& grid, float width) const;
    std::vector<Cell> cells_of_pad(const Items& pad, float width) const;
    std::vector<Cell> cells_of(const Group& group, float width) const;
    void place_group(const Group& group, Rect area);

    // keyboard.cpp: the keys on the glass
    bool is_typing_on_short_screen() const;
    std::vector<Items> keyboard_rows() const;
    void place_typing_hint(const Rect& band);
    bool has_suggestion_strip(const std::vector<Items>& rows) const;
    void place_keyboard();
    using PlacedKeys = std::vector<std::pair<const Item*, Rect>>;
    void add_key_row(const Items& row, const Rect& band, float gap, float letters, PlacedKeys& placed) const;
    float smallest_word_px(const PlacedKeys& placed) const;
    float key_font(const Item& item, const Rect& rect) const;
    void draw_key(const Item& item, const Rect& rect);
    void draw_key_preview(const Item& item, const Rect& rect);

    // signature_pad.cpp
    float signature_height(float width) const;
    void draw_signature(const Item& item, const Rect& rect);

    // photo.cpp: pictures of forms
    Rect photo_size(const Item& item, float width, float height) const;   // as drawn in such a space; of no size: none
    bool has_photo(const Item& item) const;
    float photo_height(const Item& item, float width) const;
    float photo_stretch(const Item& item, float width) const;
    float photo_column(const Items& items) const;     // beside the question where it lies; 0: above it
    void place_photo_column(const Item& item, float width);
    float thumb_height() const { return mm(is_low_screen() ? 18 : 26); }
    float thumb_room(const Item& item) const;         // what a choice's picture takes of its row's width
    void draw_photo(const Item& item, const Rect& rect);
    float draw_thumb(const Item& item, const Rect& rect, float left);   // its right edge

    // field.cpp
    float field_height(const Item& item, float width) const;
    void draw_field(const Item& item, const Rect& rect);

    // looks.cpp: how much room each look needs
    float height_of(const Item& item, float width) const;
    float text_height(std::string_view text, float font_px, Weight weight, float width, bool even = false) const;
    float width_beside_others(const Item& item) const;   // in a row; 0: what the others leave
    float widest_word(const Item& item, float font_px, Weight weight) const;
    float line_width(float font_px, float width) const;   // no line of more letters than the eye follows back
    float face_font() const { return is_low_screen() ? scale_.caption : scale_.label; }   // under a face
    float tile_padding() const { return is_low_screen() ? 4 : 8; }
    float tile_font() const { return is_low_screen() && view_.size == app::TextSize::medium ? scale_.body : scale_.title; }
    float tile_badge_mm(const Item& item) const { return !is_low_screen() ? 28 : item.enabled ? 12 : 0; }   // upright
    bool has_qr() const;                                  // one code, and room for its picture
    float paragraph_height(const Item& item, Weight weight, float width) const;
    float card_act_width(const Item& item) const;
    float button_font(const Item& item) const;
    float button_icon_room(const Item& item) const;
    std::vector<std::string> button_lines(const Item& item, float width) const;
    float aid_width_beside(const Item& item) const;
    float face_diameter(float width, float height) const;
    bool is_upright(const Item& item, float width, float height) const;   // drawing above words, not beside

    // draw.cpp, draw_controls.cpp: what each look is drawn as
    void place(const Item& item, const Rect& rect);
    void draw_text(const Item& item, const Rect& rect);
    void draw_banner(const Item& item, const Rect& rect);
    void draw_success(const Item& item, const Rect& rect);
    void draw_picture(const Item& item, const Rect& rect);
    void draw_face(const Item& item, const Rect& rect);
    void draw_code(const Item& item, const Rect& rect);
    void draw_countdown(const Item& item, const Rect& rect);
    void draw_tile(const Item& item, const Rect& rect);
    void draw_option(const Item& item, const Rect& rect);
    void draw_ranked(const Item& item, const Rect& rect);
    void draw_scale(const Item& item, const Rect& rect);
    void draw_star(const Item& item, const Rect& rect);
    void draw_step(const Item& item, const Rect& rect);
    void draw_amount(const Item& item, const Rect& rect);
    void draw_grid_cell(const Item& item, const Rect& rect);
    void draw_link(const Item& item, const Rect& rect);
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
    float draw_mark(const Item& item, const Rect& rect, Pair pair);   // circle or square of a choice; its right edge

    Pair colours_of(const Item& item) const;
    void box(const Rect& rect, float radius_mm, std::optional<Colour> fill, std::optional<Colour> outline = {},
             float outline_mm = 0);
    void icon(std::string name, const Rect& rect, Pair pair);
    // Lines of text in a rect, its capitals centred between top and bottom where `middle`.
    void words(const std::vector<std::string>& lines, const Rect& rect, float font_px, Weight weight, Colour colour,
               Align align, bool middle);
    // The same for a text with Markdown in it.
    void marked_words(const Item& item, const Rect& rect, float font_px, Colour colour, bool middle);
    PlacedItem& note(const Item& item, const Rect& rect, Pair pair, float font_px);
    Rect words_since(std::size_t first_shape) const;

    float mm(float millimetres) const { return std::round(screen_.px(core::Millimetres{millimetres})); }
    float pitch(float font_px) const { return std::round(font_px * kPitchShare); }
    bool is_pressed(const Item& item) const { return presence_.pressed == item.id; }
    bool is_low_screen() const { return is_low(screen_); }
    Items in_zone(app::Zone zone) const;

    const app::ViewModel& view_;
    const core::ScreenSize& screen_;
    const Fonts& fonts_;
    const Presence& presence_;
    const Pictures* pictures_;
    const Palette& palette_;
    TypeScale scale_;
    Scene scene_;
    std::vector<Shape>* layer_ = nullptr;
    std::size_t item_begins_ = 0;  // in the layer: the first shape of the item that is being placed
    bool is_scrolling_ = false;
    bool is_centred_ = false;      // a page that says one thing
    bool is_poster_ = false;       // attract
    bool aids_are_upright_ = false;
    bool is_collapsed_ = false;    // a short screen with its keyboard open: the field, its label and the keys
    bool in_grid_ = false;         // what is placed now stands under the heads of a grid
    float word_key_px_ = 0;        // the size of words on keys: one for all
    std::size_t aid_lines_ = 0;    // of the longest label beside which the aid placed now stands: their drawings are level
    std::size_t face_lines_ = 1;   // of the longest label among the faces placed now: all are drawn alike
    std::optional<Item> skip_;     // in the bar, where a low screen has room there and none in the page
    const Item* help_ = nullptr;   // stands for the aids, which find no room
    const Item* title_in_header_ = nullptr;
    Rect content_;                 // what the aids leave, less the margins
};

inline constexpr float kDescent = 0.17F;   // of the font size, below the line that letters stand on
inline constexpr float kQrMm = 52, kLowSeal = 16;
inline constexpr float kRadius = 4, kSmallRadius = 3;
inline constexpr float kMargin = 8, kGap = 5, kAidHeight = 20, kTallScreen = 300;

}  // namespace kiosk::ui
