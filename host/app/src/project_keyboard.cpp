#include "projector.hpp"

#include <string>
#include <utility>

namespace kiosk::app {
namespace {

using text::KeyAction;

// A tone's key shows its sign over an empty place: it belongs on the syllable before it.
std::string_view sign_of(KeyAction action) {
    switch (action) {
        case KeyAction::tone_level: return "\u25CC";
        case KeyAction::tone_grave: return "\u25CC\u0300";
        case KeyAction::tone_hook: return "\u25CC\u0309";
        case KeyAction::tone_tilde: return "\u25CC\u0303";
        case KeyAction::tone_acute: return "\u25CC\u0301";
        case KeyAction::tone_dot: return "\u25CC\u0323";
        case KeyAction::short_sign: return "\u25CC\u0306";
        default: return {};
    }
}

std::string_view drawing_of(KeyAction action) {
    switch (action) {
        case KeyAction::shift: return "shift";
        case KeyAction::backspace: return "backspace";
        case KeyAction::left: return "back";
        case KeyAction::right: return "next";
        default: return {};
    }
}

// How letters become Vietnamese, in a line, for who has learnt it once.
std::string_view hint_for(text::TypingMethod method) {
    switch (method) {
        case text::TypingMethod::telex: case text::TypingMethod::simple_telex: return "typing.telex";
        case text::TypingMethod::vni: return "typing.vni";
        case text::TypingMethod::telex_and_vni: return "typing.both";
        case text::TypingMethod::none: return {};
    }
    return {};
}

}  // namespace

// What stands on a key and what is said of it.
Item Projector::key_item(const FieldEditor& editor, const text::Key& key) const {
    Item item;
    item.role = Role::key;
    item.look = Look::key;
    item.zone = Zone::keyboard;
    item.id = "key." + text::name_of(key);
    item.value = text::name_of(key);
    item.icon = drawing_of(key.action);
    if (key.action == KeyAction::text && key.text != " ") {
        item.label = text::typed_by(key, editor.is_shifted());
        item.value = "text";
    } else if (key.action == KeyAction::layout) {
        item.label = words(editor.layout() == Layout::english ? "key.layout.vietnamese" : "key.layout.english");
    } else if (key.action == KeyAction::shift) {
        item.label = words(editor.is_locked() ? "key.shift.locked" : "key.shift");
        item.selected = editor.is_shifted();
    } else if (key.action == KeyAction::clear && editor.can_restore()) {
        item.label = words("key.restore");
    } else {
        item.label = words(item.id);
    }
    if (key.action == KeyAction::remove_word) item.spoken = words("key.remove_word.spoken");
    if (const std::string_view sign = sign_of(key.action); !sign.empty()) {
        item.spoken = item.label;
        item.label = sign;
        item.value = "tone";
    }
    return item;
}

void Projector::show_keyboard(const FieldEditor& editor) {
    const Keyboards* keyboards = environment_.keyboards;
    const text::Keyboard* keyboard = keyboards ? keyboards->of(editor) : nullptr;
    if (!keyboard) return;
    const std::vector<std::string> suggestions = keyboards->suggestions_for(editor);
    for (std::size_t index = 0; index < suggestions.size(); ++index) {
        Item item;
        item.id = "key.suggestion_" + std::to_string(index + 1);
        item.role = Role::key;
        item.look = Look::key;
        item.zone = Zone::keyboard;
        item.label = suggestions[index];
        item.value = "suggestion";
        item.key_row = -1;
        item.column = static_cast<float>(index);
        view_.items.push_back(std::move(item));
    }
    int row_number = 0;
    for (const text::KeyRow& row : keyboard->rows) {
        if (row.is_only_on_tall && !environment_.policies.has_tall_screen) continue;
        float column = 0;
        for (const text::Key& key : row.keys) {
            if (key.action != KeyAction::gap) {
                Item item = key_item(editor, key);
                item.key_row = row_number;
                item.column = column;
                item.span = key.width;
                view_.items.push_back(std::move(item));
            }
            column += key.width;
        }
        ++row_number;
    }
    if (is_vietnamese(editor.layout()) && suggestions.empty())
        if (const std::string_view hint = hint_for(keyboards->typing.method); !hint.empty()) text(Zone::keyboard, Look::caption, words(hint));
}

}  // namespace kiosk::app
