// Where in a word the tone and the marks belong.
#pragma once

#include "letter.hpp"

namespace kiosk::text {

// The last run of vowels of a word, without the u of qu and the i of gi when another vowel follows.
struct Nucleus {
    std::size_t begin = 0;
    std::size_t end = 0;        // the letters from here to the word's end are the final consonants

    bool empty() const { return begin == end; }
    std::size_t size() const { return end - begin; }
};

Nucleus last_nucleus(const Letters& letters);

// c ch m n ng nh p t: what a Vietnamese syllable can end in. Nothing counts too.
bool has_known_final(const Letters& letters, const Nucleus& nucleus);

// The letter of the nucleus, which is not empty, that bears the tone.
std::size_t tone_place(const Letters& letters, const Nucleus& nucleus, ToneStyle style);

// Whether these vowels with a circumflex somewhere are a Vietnamese nucleus: "iê", "uây", …; written in NFC.
bool is_known_with_circumflex(std::string_view nucleus, bool is_closed);

}  // namespace kiosk::text
