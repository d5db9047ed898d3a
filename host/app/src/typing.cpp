#include "form_pages.hpp"
#include "reducer.hpp"
#include "typed_value.hpp"

#include <algorithm>
#include <charconv>

namespace kiosk::app {

void Reducer::open_editor(Visiting& visit, const forms::NodeView& node) {
    const Layout layout = layout_of(node).value_or(Layout::vietnamese);
    const text::TypingOptions typing = environment_.keyboards ? environment_.keyboards->typing : text::TypingOptions{};
    const bool is_witness = is_signature(node);
    const std::string text = is_witness ? std::string(witness_in(node.value).value_or("")) : typed_from(node.value, layout);
    visit.editor.emplace(node.path, text, layout, typing);
    if (is_witness || kiosk_setting(node, "kiosk:keyboard") == "name") visit.editor->begin_words_with_capitals();
}

void Reducer::press_field(Visiting& visit, std::string_view field) {
    if (visit.place != Visiting::Place::form) return;
    if (visit.editor && question_name(visit.editor->path()) == field) return;   // it stays open, keys and all
    close_editor(visit);
    for (const forms::NodeView& node : page_nodes(*visit.form))
        if (question_name(node.path) == field && !node.read_only && (layout_of(node) || (is_signature(node) && visit.has_witness)))
            return open_editor(visit, node);
}

void Reducer::on(CaretPlaced event) {
    Visiting* visit = state_.in<Visiting>();
    if (!visit || !visit->editor || event.item != "field." + std::string(question_name(visit->editor->path()))) return;
    visit->editor->place_caret(event.offset);
}

void Reducer::press_key(Visiting& visit, std::string_view name) {
    if (!visit.editor) return;
    if (name == "done") return close_editor(visit);
    const Keyboards* keyboards = environment_.keyboards;
    if (!keyboards) return;
    if (constexpr std::string_view kSuggestion = "suggestion_"; name.starts_with(kSuggestion)) {
        const auto words = keyboards->suggestions_for(*visit.editor);
        std::size_t number = 0;
        std::from_chars(name.data() + kSuggestion.size(), name.data() + name.size(), number);
        if (number >= 1 && number <= words.size()) visit.editor->complete(words[number - 1]);
        return;
    }
    const text::Keyboard* keyboard = keyboards->of(*visit.editor);
    if (!keyboard) return;
    for (const text::KeyRow& row : keyboard->rows)
        for (const text::Key& key : row.keys)
            if (text::name_of(key) == name) return visit.editor->press(key);
}

void Reducer::store_editor(Visiting& visit) {
    if (!visit.editor || !visit.form) return;
    const FieldEditor& editor = *visit.editor;
    std::string value = value_typed(editor.text(), editor.layout());
    if (is_signature(visit.form->node(editor.path())) && !value.empty()) value = witnessed_by(value);
    static_cast<void>(visit.form->set(editor.path(), value));
}

void Reducer::close_editor(Visiting& visit) {
    store_editor(visit);
    visit.editor.reset();
}

}  // namespace kiosk::app
