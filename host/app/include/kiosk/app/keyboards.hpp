// Keyboards: what a visitor types with: the office's keyboard files, the words that may be suggested, and how Vietnamese
// is typed. Read once at the start and never changed: nothing is learned from anyone. Any thread.
#pragma once

#include <kiosk/text/keyboard.hpp>
#include <kiosk/text/suggestions.hpp>
#include <kiosk/text/typing.hpp>

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace kiosk::app {

class FieldEditor;

struct Keyboards {
    static constexpr std::size_t kSuggestions = 3;

    std::map<std::string, text::Keyboard, std::less<>> by_name;   // "vietnamese", "number", "symbols", …
    text::Suggestions words{{}};                                  // syllables and parts of names
    text::TypingOptions typing{text::TypingMethod::telex_and_vni, text::ToneStyle::old_style};

    // The one the field shows now; null if no file has it.
    const text::Keyboard* of(const FieldEditor& editor) const;
    // For the word before the caret; none where Vietnamese is not typed.
    std::vector<std::string> suggestions_for(const FieldEditor& editor) const;
};

}  // namespace kiosk::app
