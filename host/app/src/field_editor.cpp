#include <kiosk/app/field_editor.hpp>

#include <utility>

namespace kiosk::app {
namespace {

bool is_continuation(char byte) { return (static_cast<unsigned char>(byte) & 0xC0) == 0x80; }

// U+0300…U+036F: 0xCC 0x80 … 0xCD 0xAF. Cơ Tu's breve over ơ has no composed form and stays a mark of its own.
bool is_combining_mark(std::string_view text, std::size_t offset) {
    if (offset + 1 >= text.size()) return false;
    const auto first = static_cast<unsigned char>(text[offset]);
    const auto second = static_cast<unsigned char>(text[offset + 1]);
    return first == 0xCC || (first == 0xCD && second <= 0xAF);
}

}  // namespace

FieldEditor::FieldEditor(std::string path, std::string text, Layout layout)
    : path_(std::move(path)), text_(std::move(text)), caret_(text_.size()), layout_(layout) {}

std::size_t FieldEditor::letter_before(std::size_t offset) const {
    do {
        if (offset == 0) return 0;
        do --offset;
        while (offset > 0 && is_continuation(text_[offset]));
    } while (is_combining_mark(text_, offset));
    return offset;
}

std::size_t FieldEditor::letter_after(std::size_t offset) const {
    if (offset >= text_.size()) return text_.size();
    do {
        do ++offset;
        while (offset < text_.size() && is_continuation(text_[offset]));
    } while (is_combining_mark(text_, offset));
    return offset;
}

void FieldEditor::type(std::string_view characters) {
    text_.insert(caret_, characters);
    caret_ += characters.size();
    is_shifted_ = false;
}

void FieldEditor::backspace() {
    const std::size_t from = letter_before(caret_);
    text_.erase(from, caret_ - from);
    caret_ = from;
}

void FieldEditor::remove() { text_.erase(caret_, letter_after(caret_) - caret_); }

void FieldEditor::remove_word() {
    std::size_t from = caret_;
    while (from > 0 && text_[from - 1] == ' ') --from;
    while (from > 0 && text_[from - 1] != ' ') --from;
    text_.erase(from, caret_ - from);
    caret_ = from;
}

void FieldEditor::clear() {
    text_.clear();
    caret_ = 0;
}

void FieldEditor::move_left() { caret_ = letter_before(caret_); }
void FieldEditor::move_right() { caret_ = letter_after(caret_); }

}  // namespace kiosk::app
