// ViewModel: one page as the visitor meets it, in words, with no place or colour yet. The only screen model: drawing,
// speech, the dump, the scripted visitor and keyboard focus all read it. A plain value, in reading order. Any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace kiosk::app {

enum class TextSize { medium = 1, large, extra_large };
enum class Theme { light = 1, contrast_dark, contrast_light };

// What an item is to a visitor who cannot see it.
enum class Role { button = 1, radio, check, field, key, text, image };

// Which form of the design system it takes. `ui` owns how each looks.
enum class Look {
    hero = 1,        // the one sentence of a page that has no question
    title,           // the question, or the page's name
    lead,            // what goes with the title: a hint, a sentence of help
    paragraph,
    caption,         // small print
    progress,        // "Câu 3 trên 12", value is the share done, "0.25"
    tile,            // an activity on the home page
    face,            // a labelled face, mood from -1 (worst) to 1 (best)
    option,          // one row of a choice
    ranked,          // one row of an order; value is its place, empty while it has none
    scale,           // one step of a labelled scale: value is its number, the label its words
    star,            // one of a row of stars; value "1" while it is lit
    step,            // − or + (or ten of them) beside an amount
    amount,          // what a pair of steps changes; value is its share of the range, where it has one
    grid_head,       // the words over one column of a grid of scales
    grid_label,      // the statement a row of a grid is about
    grid_cell,       // one answer of that row
    primary,         // the page's main act
    secondary,
    quiet,           // an act that should not draw the eye
    aid,
    field,
    success,         // a tick and a sentence
    notice,          // neutral information
    problem,         // "Lỗi:" and what to do
    link,            // in the summary of what to mend: leads to the field
    card,            // review: question and answer; value names the act
    part,            // the name of a part of the page: one entry of a repeat
    bar,             // one bar of a chart, value is its share of the largest
    code,            // a receipt code, and the same for a telephone to read
    countdown,       // large digits
    picture,
    key,             // of the on-screen keyboard, value its action
    digit,           // of the staff's keypad
    pin,             // the digits typed so far, as dots; value how many, detail of how many
    status,          // one sentence of the kiosk's state; value "good", "attention" or "fault"
    act,             // one of many equal buttons on a staff page
    ruler,           // 100 mm, to be held against a real one
    door,            // the staff's way in: small, in a corner
    cross,           // to be touched exactly; value its place, "0.5 0.1" of the screen
    signature,       // a pad to sign on, value the strokes as SVG
};

// Where on the page it belongs; `ui` decides where that is on this screen.
enum class Zone { header = 1, body, actions, aids, keyboard };

struct Item {
    std::string id;          // "tile.opinion_poll", "choice.tot", "action.next"
    Role role = Role::text;
    Look look = Look::paragraph;
    Zone zone = Zone::body;
    std::string label;
    std::string detail;      // a second, smaller line
    std::string spoken;      // what speech says; empty: label, then detail
    std::string value;       // a field's text, a bar's share
    std::string icon;        // name of a drawing of `ui`
    std::string marked;      // the label with its Markdown, where it has any
    std::string medium;      // file of a picture that belongs to it, below the forms' folders
    std::string row;         // items of one non-empty row stand side by side, where there is room
    float mood = 0;          // of a face
    std::size_t caret = 0;   // byte offset in value, of a field that is being edited
    int key_row = 0;         // of a key: its row, from the top; the suggestions stand in row -1
    float column = 0, span = 1;  // of a key: where in its row and how wide, in keys
    bool enabled = true;
    bool selected = false;
    bool needed = false;     // the visit cannot go on without it
    bool editing = false;

    bool is_target() const { return role != Role::text && role != Role::image && enabled; }
    std::string what_is_said() const;
    bool operator==(const Item&) const = default;
};

struct ViewModel {
    std::string page;                // "attract", "question", "opinion_poll/rating", …
    std::string language;
    TextSize size = TextSize::medium;
    Theme theme = Theme::light;
    bool lowered = false;            // "Hạ thấp": everything within reach from a wheelchair
    bool whole_screen_is_target = false;  // attract: any touch is the press of `action.start`
    bool wants_places = false;       // a touch is told as TouchedAt, whatever it meets but a button
    std::string words_for_more, words_for_less;   // on the buttons that scroll, where `ui` needs them
    std::string words_for_help;                   // on the one button that stands for all aids, where they find no room
    std::string focus;               // id of the item that has the keyboard's focus; empty: no ring
    std::vector<Item> items;

    const Item* find(std::string_view id) const;
    bool operator==(const ViewModel&) const = default;
};

std::string_view name_of(Role role);
std::string_view name_of(TextSize size);      // "M", "L", "XL"
TextSize after(TextSize size);                // what the aid changes it to
std::string_view name_of(Theme theme);        // "light", …

}  // namespace kiosk::app
