#include <kiosk/app/keyboards.hpp>

#include <kiosk/app/field_editor.hpp>

namespace kiosk::app {

const text::Keyboard* Keyboards::of(const FieldEditor& editor) const {
    const auto found = by_name.find(editor.keyboard());
    return found == by_name.end() ? nullptr : &found->second;
}

std::vector<std::string> Keyboards::suggestions_for(const FieldEditor& editor) const {
    if (!is_vietnamese(editor.layout())) return {};
    return words.suggest(editor.word_before_caret(), kSuggestions);
}

}  // namespace kiosk::app
