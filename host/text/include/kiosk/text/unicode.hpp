// Unicode as this project needs it: NFC, visible letters (graphemes), and a key for searching without tones.
//
// Pure functions over UTF-8; any thread. Bytes that are not UTF-8 never fail a call: each run of them counts as one
// U+FFFD. Whoever must refuse such input asks is_utf8() first.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace kiosk::text {

bool is_utf8(std::string_view bytes);

// Normalisation Form C: the form everything is kept and compared in.
std::string nfc(std::string_view utf8);

// The key two texts share when a person searching would take one for the other: no tones or marks, đ as d, no case,
// no apostrophes or hyphens (Bh'riu, Nam-Giang), spaces single and none at the ends. Not for display.
std::string fold(std::string_view utf8);

std::string lower(std::string_view utf8);
std::string upper(std::string_view utf8);

// Where each visible letter (extended grapheme cluster, UAX 29) begins, and the end: n + 1 byte offsets for n letters.
std::vector<std::size_t> grapheme_bounds(std::string_view utf8);
std::size_t grapheme_count(std::string_view utf8);

// What backspace leaves: the text without its last visible letter, tone and all.
std::string_view without_last_grapheme(std::string_view utf8);

// Code points, for those who must look inside letters; ill-formed bytes come as U+FFFD.
std::u32string to_code_points(std::string_view utf8);
std::string to_utf8(std::u32string_view code_points);
void append_utf8(std::string& utf8, char32_t code_point);

}  // namespace kiosk::text
