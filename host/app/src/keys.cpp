// The kiosk by keys alone: what each key of a hardware keyboard or a keypad does, and where the focus goes.
#include "reducer.hpp"

#include <kiosk/app/project.hpp>

#include <algorithm>
#include <cmath>
#include <optional>

namespace kiosk::app {
namespace {

// Focus needs to know which items there are, not what they say.
class NoWords final : public core::Catalogue {
  public:
    std::string words(std::string_view, const core::Text& text, std::string_view) const override { return text.id; }
};

bool is_on_keyboard(std::string_view item) { return item.starts_with("key."); }

const Item* field_being_edited(const ViewModel& view) {
    const auto found = std::find_if(view.items.begin(), view.items.end(), [](const Item& item) { return item.editing; });
    return found == view.items.end() ? nullptr : &*found;
}

std::vector<const Item*> keys_of(const ViewModel& view) {
    std::vector<const Item*> keys;
    for (const Item& item : view.items)
        if (item.zone == Zone::keyboard && item.is_target()) keys.push_back(&item);
    return keys;
}

// Where the keyboard is entered: the suggestions come and go, the first row stays.
const Item* first_of(const std::vector<const Item*>& keys) {
    const auto found = std::find_if(keys.begin(), keys.end(), [](const Item* key) { return key->key_row >= 0; });
    return found == keys.end() ? nullptr : *found;
}

// The middle of a key as a share of its row, for rows of few keys are as wide as rows of many.
float middle_of(const std::vector<const Item*>& keys, const Item& key) {
    float width = key.key_row < 0 ? static_cast<float>(Keyboards::kSuggestions) : 0;
    for (const Item* other : keys)
        if (other->key_row == key.key_row) width = std::max(width, other->column + other->span);
    return (key.column + key.span / 2) / width;
}

// The nearest key of the next row up or down; null: there is none.
const Item* key_beside(const std::vector<const Item*>& keys, const Item& from, bool is_down) {
    const auto distance = [&](const Item& key) { return std::abs(middle_of(keys, key) - middle_of(keys, from)); };
    const Item* best = nullptr;
    for (const Item* key : keys) {
        const int way = is_down ? key->key_row - from.key_row : from.key_row - key->key_row;
        if (way <= 0) continue;
        const int best_way = best ? (is_down ? best->key_row - from.key_row : from.key_row - best->key_row) : way + 1;
        const bool is_nearer = best && distance(*key) < distance(*best);
        if (way < best_way || (way == best_way && is_nearer)) best = key;
    }
    return best;
}

// The keyboard is one stop on the way through a page; inside it arrows go from key to key.
struct Stops {
    std::vector<std::string> ids;
    std::size_t after_title = 0;   // where reading goes on when the title has been read
};

Stops stops_of(const ViewModel& view) {
    Stops stops;
    const Item* const keyboard = first_of(keys_of(view));
    for (const Item& item : view.items) {
        if (item.look == Look::title || item.look == Look::hero) stops.after_title = stops.ids.size();
        if (!item.is_target()) continue;
        if (item.zone == Zone::keyboard && &item != keyboard) continue;
        stops.ids.push_back(item.id);
    }
    if (stops.after_title >= stops.ids.size()) stops.after_title = 0;
    return stops;
}

}  // namespace

void Reducer::on(Typed event) {
    const bool was_warned = state_.warning_ends.has_value();
    on(Touched{});
    if (was_warned) return;
    if (state_.in<Attract>()) return press("action.start");
    if (Staff* staff = state_.in<Staff>()) return type_digits(*staff, event.text);
    Visiting* visit = state_.in<Visiting>();
    const bool is_editing = visit && visit->editor && visit->waiting == Visiting::Waiting::nothing;
    const bool is_on_item = !state_.focus.empty() && !state_.focus.starts_with("field.");
    if (event.text == " " && !state_.focus.empty() && (is_on_item || !is_editing)) return press(std::string(state_.focus));
    if (is_editing) return visit->editor->type(event.text);
    press_shortcut(event.text);
}

void Reducer::press_shortcut(std::string_view key) {
    constexpr int kStep = 20, kMost = 100;
    Aids& aids = state_.aids;
    const auto change = [&](int& setting, int by) { setting = std::clamp(setting + by, -kMost, kMost); };
    if (key == "r" && aids.speech) act(SpeakPage{});
    else if (key == "+" || key == "=") change(aids.volume, kStep);
    else if (key == "-") change(aids.volume, -kStep);
    else if (key == ">" || key == ".") change(aids.rate, kStep);
    else if (key == "<" || key == ",") change(aids.rate, -kStep);
    else if (key == "a") focus_on_aids();
}

void Reducer::focus_on_aids() {
    const ViewModel view = project(state_, environment_, NoWords{});
    const auto aid = std::find_if(view.items.begin(), view.items.end(), [](const Item& item) { return item.zone == Zone::aids; });
    if (aid != view.items.end()) state_.focus = aid->id;
}

void Reducer::on(KeyPressed event) {
    const bool was_warned = state_.warning_ends.has_value();
    on(Touched{});
    if (was_warned) return;
    if (state_.in<Attract>()) return press("action.start");
    if (Staff* staff = state_.in<Staff>(); staff && event.key == Key::backspace) return press_key(*staff, "back");
    Visiting* visit = state_.in<Visiting>();
    FieldEditor* editor = visit && visit->editor ? &*visit->editor : nullptr;
    const bool is_on_key = editor && is_on_keyboard(state_.focus);
    switch (event.key) {
        case Key::backspace: if (editor) editor->backspace(); return;
        case Key::remove: if (editor) editor->remove(); return;
        case Key::home: if (editor) editor->move_home(); return;
        case Key::end: if (editor) editor->move_end(); return;
        case Key::left:
            if (is_on_key) return walk_keyboard(event.key);
            if (editor) return editor->move_left();
            return press("action.back");
        case Key::right:
            if (is_on_key) return walk_keyboard(event.key);
            if (editor) return editor->move_right();
            return press("action.next");
        case Key::escape: return press("action.back");
        case Key::enter: {
            const bool is_in_text = editor && state_.focus.starts_with("field.");
            if (!state_.focus.empty() && !is_in_text) return press(std::string(state_.focus));
            return press("action.next");
        }
        case Key::up: case Key::down:
            if (is_on_key) return walk_keyboard(event.key);
            return walk_focus(event.key);
        case Key::tab: case Key::back_tab: return walk_focus(event.key);
    }
}

void Reducer::walk_keyboard(Key key) {
    const ViewModel view = project(state_, environment_, NoWords{});
    const std::vector<const Item*> keys = keys_of(view);
    const auto here = std::find_if(keys.begin(), keys.end(), [&](const Item* one) { return one->id == state_.focus; });
    if (here == keys.end()) return walk_focus(key);   // another keyboard has come in its place
    const Item& from = **here;
    if (key == Key::up || key == Key::down) {
        if (const Item* beside = key_beside(keys, from, key == Key::down)) state_.focus = beside->id;
        else if (const Item* field = field_being_edited(view); key == Key::up && field) state_.focus = field->id;
        else if (key == Key::down) walk_focus(Key::tab);
        return;
    }
    std::vector<const Item*> row;
    for (const Item* one : keys)
        if (one->key_row == from.key_row) row.push_back(one);
    const auto at = static_cast<std::size_t>(std::find(row.begin(), row.end(), &from) - row.begin());
    state_.focus = row[(at + (key == Key::right ? 1 : row.size() - 1)) % row.size()]->id;
}

void Reducer::walk_focus(Key key) {
    const ViewModel view = project(state_, environment_, NoWords{});
    const Stops stops = stops_of(view);
    if (stops.ids.empty()) return state_.focus.clear();
    const bool is_forward = key == Key::down || key == Key::tab;
    const Item* const first_key = first_of(keys_of(view));
    // From the text straight down to the keys that write in it.
    const bool is_at_text = state_.focus.empty() || state_.focus.starts_with("field.");
    if (key == Key::down && is_at_text && field_being_edited(view) && first_key) {
        state_.focus = first_key->id;
        return;
    }
    const std::string focus = is_on_keyboard(state_.focus) && first_key ? first_key->id : state_.focus;
    const auto here = std::find(stops.ids.begin(), stops.ids.end(), focus);
    const std::size_t count = stops.ids.size();
    std::size_t next = is_forward ? stops.after_title : (stops.after_title + count - 1) % count;
    if (here != stops.ids.end())
        next = (static_cast<std::size_t>(here - stops.ids.begin()) + (is_forward ? 1 : count - 1)) % count;
    state_.focus = stops.ids[next];
}

}  // namespace kiosk::app
