// One visible letter taken apart, and words as such letters.
#pragma once

#include <kiosk/text/typing.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace kiosk::text {

enum class Mark { none = 1, circumflex = 2, breve = 3, horn = 4, stroke = 5 };

struct Letter {
    char32_t base = 0;  // lower case, without marks
    Mark mark = Mark::none;
    Tone tone = Tone::level;
    bool is_upper = false;
    bool has_short_sign = false;  // U+0306 that is no ă: ĕ, ơ̆ and the like of Cơ Tu
    bool is_from_key = false;     // a whole letter that one Telex key made: ư from w, ơ from [
    std::u32string other_marks;

    bool is_vowel() const;
};

using Letters = std::vector<Letter>;

// Whether a word may hold it: letters and combining marks of any script, but no digits, signs or spaces.
bool is_word_part(char32_t code_point);

Letters take_apart(std::string_view word);
std::string put_together(const Letters& letters);  // NFC

// The longest ending of a text that is one word.
std::string_view last_word(std::string_view text);

}  // namespace kiosk::text
