#include <kiosk/app/field_editor.hpp>

#include <kiosk/text/unicode.hpp>

#include <algorithm>
#include <utility>

namespace kiosk::app {
namespace {

constexpr std::size_t kRoom = 64;

// Without a method letters stay as they are, but the tone row still works.
text::TypingOptions options_for(Layout layout, text::TypingOptions typing) {
    if (!is_vietnamese(layout)) typing.method = text::TypingMethod::none;
    return typing;
}

// What may stand in a field that takes no letters; empty: everything may.
std::string_view characters_of(Layout layout) {
    switch (layout) {
        case Layout::number: return "0123456789-";
        case Layout::decimal: return "0123456789-,.";
        case Layout::phone: return "0123456789+ ";
        case Layout::date: return "0123456789/-. ";
        case Layout::vietnamese: case Layout::english: case Layout::email: case Layout::katu: return {};
    }
    return {};
}

}  // namespace

std::string_view name_of(Layout layout) {
    switch (layout) {
        case Layout::vietnamese: return "vietnamese";
        case Layout::english: return "english";
        case Layout::number: return "number";
        case Layout::decimal: return "decimal";
        case Layout::phone: return "phone";
        case Layout::date: return "date";
        case Layout::email: return "email";
        case Layout::katu: return "katu";
    }
    return "vietnamese";
}

bool is_vietnamese(Layout layout) { return layout == Layout::vietnamese || layout == Layout::katu; }

FieldEditor::FieldEditor(std::string path, std::string text, Layout layout, text::TypingOptions typing)
    : path_(std::move(path)), text_(text::nfc(text)), caret_(text_.size()), own_layout_(layout), layout_(layout), typing_(typing),
      composer_(options_for(layout, typing)) {
    // On the heap however short it is: what is freed there is overwritten, what lies in this object is not.
    text_.reserve(kRoom);
}

std::string_view FieldEditor::keyboard() const { return shows_symbols_ ? std::string_view("symbols") : name_of(layout_); }

bool FieldEditor::begins_word() const { return caret_ == 0 || text_[caret_ - 1] == ' ' || text_[caret_ - 1] == '\n'; }

bool FieldEditor::is_shifted() const {
    const bool is_capital_due = capitalises_words_ && begins_word();
    return shift_ == Shift::locked || (shift_ == Shift::once) != is_capital_due;
}

std::string_view FieldEditor::word_before_caret() const {
    const std::size_t space = left().find_last_of(" \n");
    return left().substr(space == std::string_view::npos ? 0 : space + 1);
}

bool FieldEditor::accepts(std::string_view character) const {
    const std::string_view allowed = characters_of(layout_);
    return allowed.empty() || allowed.find(character) != std::string_view::npos;
}

void FieldEditor::apply(const text::Edit& edit) {
    forget_cleared();
    text_.replace(caret_ - edit.erase_bytes, edit.erase_bytes, edit.insert);
    caret_ = caret_ - edit.erase_bytes + edit.insert.size();
}

void FieldEditor::type_one(char32_t character) {
    std::string utf8;
    text::append_utf8(utf8, character);
    if (!accepts(utf8)) return;
    apply(composer_.press(character, left()));
}

void FieldEditor::press(const text::Key& key) {
    using Action = text::KeyAction;
    if (const auto tone = text::tone_of(key.action)) return apply(composer_.tone(*tone, left()));
    switch (key.action) {
        case Action::text: {
            for (const char32_t character : text::to_code_points(text::typed_by(key, is_shifted()))) type_one(character);
            if (shift_ == Shift::once) shift_ = Shift::off;
            return;
        }
        case Action::short_sign: return apply(composer_.short_sign(left()));
        case Action::shift:
            shift_ = shift_ == Shift::off ? Shift::once : shift_ == Shift::once ? Shift::locked : Shift::off;
            return;
        case Action::backspace: return backspace();
        case Action::remove_word: return remove_word();
        case Action::clear: return can_restore() ? restore() : clear();
        case Action::left: return move_left();
        case Action::right: return move_right();
        case Action::letters: shows_symbols_ = false; return;
        case Action::symbols: shows_symbols_ = true; return;
        case Action::layout:
            layout_ = layout_ == Layout::english ? (is_vietnamese(own_layout_) ? own_layout_ : Layout::vietnamese) : Layout::english;
            composer_ = text::Composer(options_for(layout_, typing_));
            return;
        default: return;
    }
}

void FieldEditor::type(std::string_view characters) {
    for (const char32_t character : text::to_code_points(characters)) {
        const bool is_capital_due = capitalises_words_ && begins_word() && character >= U'a' && character <= U'z';
        type_one(is_capital_due ? character - 32 : character);
    }
}

void FieldEditor::backspace() { apply(composer_.backspace(left())); }

void FieldEditor::remove() {
    text_.erase(caret_, letter_after(caret_) - caret_);
    moved();
}

void FieldEditor::remove_word() {
    std::size_t from = caret_;
    while (from > 0 && text_[from - 1] == ' ') --from;
    while (from > 0 && text_[from - 1] != ' ' && text_[from - 1] != '\n') --from;
    text_.erase(from, caret_ - from);
    caret_ = from;
    moved();
}

void FieldEditor::clear() {
    std::string taken = std::exchange(text_, {});
    text_.reserve(kRoom);
    caret_ = 0;
    moved();
    cleared_ = std::move(taken);
}

void FieldEditor::restore() {
    if (!can_restore()) return;
    std::swap(text_, cleared_);
    caret_ = text_.size();
    moved();
}

void FieldEditor::forget_cleared() {
    std::ranges::fill(cleared_, '\0');   // not only forgotten
    cleared_.clear();
}

void FieldEditor::complete(std::string_view word) {
    std::string whole(word);
    const bool has_space = caret_ < text_.size() && text_[caret_] == ' ';
    if (!has_space) whole += ' ';
    apply({word_before_caret().size(), whole});
    moved();
}

void FieldEditor::place_caret(std::size_t offset) {
    const std::vector<std::size_t> bounds = text::grapheme_bounds(text_);
    const auto after = std::upper_bound(bounds.begin(), bounds.end(), offset);
    caret_ = after == bounds.begin() ? 0 : *(after - 1);
    moved();
}

void FieldEditor::move_left() {
    caret_ = letter_before(caret_);
    moved();
}

void FieldEditor::move_right() {
    caret_ = letter_after(caret_);
    moved();
}

void FieldEditor::move_home() {
    caret_ = 0;
    moved();
}

void FieldEditor::move_end() {
    caret_ = text_.size();
    moved();
}

// The word under the caret is no longer the one being typed.
void FieldEditor::moved() {
    composer_.reset();
    forget_cleared();
}

std::size_t FieldEditor::letter_before(std::size_t offset) const {
    return text::without_last_grapheme(std::string_view(text_).substr(0, offset)).size();
}

std::size_t FieldEditor::letter_after(std::size_t offset) const {
    const std::vector<std::size_t> bounds = text::grapheme_bounds(text_);
    const auto after = std::upper_bound(bounds.begin(), bounds.end(), offset);
    return after == bounds.end() ? text_.size() : *after;
}

}  // namespace kiosk::app
