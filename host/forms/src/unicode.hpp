// Unicode for authors' text: NFC, folding for comparison, trimming of every space a spreadsheet can hold.
//
// Pure functions over UTF-8; any thread. Invalid UTF-8 is found by is_utf8() first; the others pass it through.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace kiosk::forms {

bool is_utf8(std::string_view text);
std::string nfc(std::string_view text);

// Lower case, without tones and marks, đ as d: what two spellings share in a hurried author's hand.
std::string folded(std::string_view text);

// Without leading and trailing white space, no-break and zero-width spaces and byte order marks.
std::string_view trimmed(std::string_view text);
// Trimmed, and each run of white space inside made one space.
std::string single_spaced(std::string_view text);
// “ ” ‘ ’ as a word processor makes them become " and '.
std::string straight_quotes(std::string_view text);

bool is_ascii_digit(char c);
std::string ascii_lower(std::string_view text);
std::vector<std::string> split_words(std::string_view text);

// Whether text may name an XML element: letter or underscore, then letters, digits, _ - . ; at most one prefix.
bool is_xml_name(std::string_view text);

}  // namespace kiosk::forms
