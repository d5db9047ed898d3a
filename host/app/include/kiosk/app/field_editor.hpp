// FieldEditor: one text field being typed into: its text, its caret, and what each key does, on the glass or on a
// hardware keyboard. A value that is moved, not copied. The caret is a byte offset that always lies between visible
// letters, so that one backspace takes one letter with its marks. Text is NFC.
#pragma once

#include <kiosk/text/keyboard.hpp>
#include <kiosk/text/typing.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace kiosk::app {

// Which keys the field needs.
enum class Layout { vietnamese = 1, english, number, decimal, phone, date, email, katu };

// The name of the keyboard file that has them.
std::string_view name_of(Layout layout);
bool is_vietnamese(Layout layout);   // typed with tones and marks

class FieldEditor {
  public:
    enum class Shift { off = 1, once, locked };

    // `typing` says how Vietnamese is typed by letter keys; it counts where the layout is Vietnamese.
    FieldEditor(std::string path, std::string text, Layout layout, text::TypingOptions typing = {});

    const std::string& path() const { return path_; }
    const std::string& text() const { return text_; }
    std::size_t caret() const { return caret_; }
    Layout layout() const { return layout_; }
    std::string_view keyboard() const;        // the name of the one shown now
    bool is_shifted() const;
    bool is_locked() const { return shift_ == Shift::locked; }
    std::string_view word_before_caret() const;

    void begin_words_with_capitals() { capitalises_words_ = true; }   // names
    void press(const text::Key& key);         // of the keyboard on the glass; `done` is not its business
    void type(std::string_view characters);   // of a hardware keyboard
    void backspace();
    void remove();                            // the letter after the caret
    void remove_word();
    void clear();                             // everything; can be taken back until something else is done
    bool can_restore() const { return !cleared_.empty(); }
    void restore();
    void forget_cleared();
    void complete(std::string_view word);     // puts it in the place of the word before the caret, and a space
    void place_caret(std::size_t offset);     // at the nearest boundary of letters not after it
    void move_left();
    void move_right();
    void move_home();
    void move_end();

  private:
    std::string_view left() const { return std::string_view(text_).substr(0, caret_); }
    bool begins_word() const;
    bool accepts(std::string_view character) const;
    void type_one(char32_t character);
    void apply(const text::Edit& edit);
    void moved();
    std::size_t letter_before(std::size_t offset) const;
    std::size_t letter_after(std::size_t offset) const;

    std::string path_;
    std::string text_;
    std::string cleared_;                     // what clear() took away
    std::size_t caret_ = 0;
    Layout own_layout_ = Layout::vietnamese;  // what the question asks for
    Layout layout_ = Layout::vietnamese;
    text::TypingOptions typing_;
    text::Composer composer_;
    Shift shift_ = Shift::off;
    bool shows_symbols_ = false;
    bool capitalises_words_ = false;
};

}  // namespace kiosk::app
