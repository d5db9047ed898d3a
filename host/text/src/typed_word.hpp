// The word being typed: its letters, and which keys were undone by pressing them again.
#pragma once

#include "letter.hpp"
#include "syllable.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace kiosk::text {

class TypedWord {
  public:
    explicit TypedWord(TypingOptions options) : options_(options) {}

    const std::string& text() const { return text_; }
    void clear();
    void adopt(std::string_view word);  // one that was there before

    // False if the key belongs to no word: the word has ended.
    bool type(char32_t key);
    void toggle_tone(Tone tone);
    void toggle_short_sign();
    void remove_last_letter();

  private:
    struct Key {
        char32_t typed;
        char32_t small;
    };

    bool type_telex(Key key);
    bool type_vni(Key key);
    bool type_tone(Tone tone, Key key);
    bool type_doubled_vowel(Key key);
    bool type_circumflex(Key key);
    bool type_horn_or_breve(Key key, bool may_horn, bool may_breve);
    bool type_stroke(Key key);
    bool type_whole_letter(Key key, char32_t base, bool is_upper);

    bool put_circumflex(std::size_t at, Key key);
    std::vector<std::size_t> horned_or_breved(bool may_horn, bool may_breve) const;
    bool would_be_known_with_circumflex(const Nucleus& nucleus, std::size_t at) const;
    bool is_undone(Key key) const;
    void undo(Key key);  // the plain letter after all, and no more changes by this key
    void append(char32_t code_point);
    void complete_uo();
    Tone tone() const;
    void place(Tone tone);
    void rewrite();

    TypingOptions options_;
    Letters letters_;
    std::string text_;
    bool is_tone_undone_ = false;
    std::u32string undone_keys_;
};

}  // namespace kiosk::text
