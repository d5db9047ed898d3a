#include "form_pages.hpp"
#include "reducer.hpp"

#include <algorithm>
#include <charconv>

namespace kiosk::app {
namespace {
constexpr core::SteadyTime kRestore{5000};
}

void Reducer::open_editor(Visiting& visit, const forms::NodeView& node) {
    const Layout layout = layout_of(node).value_or(Layout::vietnamese);
    const text::TypingOptions typing = environment_.keyboards ? environment_.keyboards->typing : text::TypingOptions{};
    const bool is_witness = is_signature(node);
    const bool is_name = is_vouched(visit, node);   // not what was typed: another code begins anew
    const std::string text = is_name ? std::string{} : is_witness ? std::string(witness_in(node.value).value_or("")) : typed_from_value(node.type, node.value);
    visit.editor.emplace(node.path, text, layout, typing);
    if (is_witness || kiosk_setting(node, "kiosk:keyboard") == "name") visit.editor->begin_words_with_capitals();
}

void Reducer::press_field(Visiting& visit, std::string_view field) {
    if (visit.place != Visiting::Place::form) return;
    const auto page = page_nodes(*visit.form);
    const forms::NodeView* node = node_named(page, field);
    if (node && visit.editor && visit.editor->path() == node->path) return;   // it stays open, keys and all
    close_editor(visit);
    if (node && !node->read_only && (layout_of(*node) || (is_signature(*node) && visit.has_witness))) open_editor(visit, *node);
}

void Reducer::on(CaretPlaced event) {
    Visiting* visit = state_.in<Visiting>();
    if (!visit || !visit->editor || !visit->form) return;
    const auto page = page_nodes(*visit->form);
    const std::string_view item = event.item;
    const forms::NodeView* node = node_named(page, item.substr(item.find('.') + 1));
    const bool is_search = item.starts_with("search.");
    if (node && visit->editor->path() == (is_search ? search_path(node->path) : node->path)) visit->editor->place_caret(event.offset);
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
            if (text::name_of(key) == name) {
                visit.editor->press(key);
                if (name == "clear" && visit.editor->can_restore()) visit.restore_until = environment_.now + kRestore;
                return;
            }
}

void Reducer::store_editor(Visiting& visit) {
    if (!visit.editor || !visit.form) return;
    const FieldEditor& editor = *visit.editor;
    if (searched_path(editor.path())) {
        visit.searches[editor.path()] = editor.text();
        return;
    }
    const forms::NodeView node = visit.form->node(editor.path());
    std::string value = value_from_typed(node.type, editor.text());
    if (is_signature(node) && !value.empty()) value = witnessed_by(value);
    static_cast<void>(visit.form->set(editor.path(), value));
}

void Reducer::close_editor(Visiting& visit) {
    store_editor(visit);
    visit.editor.reset();
}

}  // namespace kiosk::app
