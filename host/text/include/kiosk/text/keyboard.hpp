// On-screen keyboards as data: rows of keys read from a small text file, so that staff can move or add keys.
//
// A file has one line a row; keys are separated by spaces. A key is what it types, or an action in braces, with *N when
// it is N keys wide. `row` is shown always, `tall` only where the screen has height to spare. # begins a comment.
//
//     tall 1 2 3 4 5 6 7 8 9 0
//     row  q w e r t y u i o p
//     row  {shift}*1.5 z x c v b n m {backspace}*1.5
//
// Pure; any thread. A file that is wrong is refused with its line.
#pragma once

#include <kiosk/core/result.hpp>
#include <kiosk/text/typing.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kiosk::text {

enum class KeyAction {
    text = 1,                                         // types Key::text
    tone_level, tone_grave, tone_hook, tone_tilde, tone_acute, tone_dot,
    short_sign,                                       // U+0306 of Cơ Tu
    shift, backspace, remove_word, clear, left, right,
    letters, symbols, layout,                         // other keys: letters, signs, the next keyboard
    gap,                                              // no key, an empty place
    done,
};

struct Key {
    KeyAction action = KeyAction::text;
    std::string text;
    float width = 1;

    bool operator==(const Key&) const = default;
};

struct KeyRow {
    std::vector<Key> keys;
    bool is_only_on_tall = false;

    float width() const;
    bool operator==(const KeyRow&) const = default;
};

struct Keyboard {
    std::vector<KeyRow> rows;

    float width() const;  // of the widest row, in keys
    bool operator==(const Keyboard&) const = default;
};

core::Result<Keyboard> parse_keyboard(std::string_view file);

// What names the key in item ids and scripts: "a", "ă", "space", "shift", "tone_grave".
std::string name_of(const Key& key);

std::optional<Tone> tone_of(KeyAction action);

// What the key's face shows and what it types, with shift: "Ă" for "ă".
std::string typed_by(const Key& key, bool is_shifted);

}  // namespace kiosk::text
