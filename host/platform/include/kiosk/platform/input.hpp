// What people do to the kiosk, as values: fingers, keys, characters. Delivered by Window in the order they happened.
#pragma once

#include <kiosk/core/clock.hpp>

#include <string>
#include <variant>

namespace kiosk::platform {

// One finger on the glass. Every down is followed by moves and then exactly one up or cancel.
enum class PointerPhase { down = 1, move, up, cancel };

struct PointerEvent {
    PointerPhase phase = PointerPhase::cancel;
    float x_px = 0;  // from the window's top left corner
    float y_px = 0;
    core::SteadyTime time{};

    bool operator==(const PointerEvent&) const = default;
};

// Keys by what they mean; characters come as TextEvent, Space among them.
enum class Key {
    enter = 1,
    escape,
    backspace,
    remove,
    left,
    right,
    up,
    down,
    home,
    end,
    page_up,
    page_down,
    tab,
    back_tab,
};

struct KeyEvent {
    Key key = Key::escape;
    bool is_repeat = false;  // held down
    core::SteadyTime time{};

    bool operator==(const KeyEvent&) const = default;
};

struct TextEvent {
    std::string utf8;  // one character
    core::SteadyTime time{};

    bool operator==(const TextEvent&) const = default;
};

using InputEvent = std::variant<PointerEvent, KeyEvent, TextEvent>;

}  // namespace kiosk::platform
