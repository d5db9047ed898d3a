// FieldEditor: one text field being typed into: its text, its caret, and what each key does. Pure value. The caret is
// a byte offset that always lies between visible letters, so that one backspace takes one letter with its marks.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace kiosk::app {

// Which keys the field needs.
enum class Layout { vietnamese = 1, english, number, decimal, phone, date, email };

class FieldEditor {
  public:
    FieldEditor(std::string path, std::string text, Layout layout);

    const std::string& path() const { return path_; }
    const std::string& text() const { return text_; }
    std::size_t caret() const { return caret_; }
    Layout layout() const { return layout_; }
    void use_layout(Layout layout) { layout_ = layout; }
    bool is_shifted() const { return is_shifted_; }
    void shift() { is_shifted_ = !is_shifted_; }
    bool shows_symbols() const { return shows_symbols_; }
    void switch_symbols() { shows_symbols_ = !shows_symbols_; }

    void type(std::string_view characters);   // at the caret
    void backspace();
    void remove();                            // the letter after the caret
    void remove_word();
    void clear();
    void move_left();
    void move_right();
    void move_home() { caret_ = 0; }
    void move_end() { caret_ = text_.size(); }

  private:
    std::size_t letter_before(std::size_t offset) const;
    std::size_t letter_after(std::size_t offset) const;

    std::string path_;
    std::string text_;
    std::size_t caret_ = 0;
    Layout layout_ = Layout::vietnamese;
    bool is_shifted_ = false;
    bool shows_symbols_ = false;
};

}  // namespace kiosk::app
