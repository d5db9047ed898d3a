// Authors' text as spreadsheets hold it: every kind of space trimmed, words split, names judged. NFC and folding are
// kiosk::text's.
//
// Pure functions over UTF-8; any thread. Invalid UTF-8 is found by is_utf8() first; these pass it through.
#pragma once

#include <kiosk/text/unicode.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace kiosk::forms {

using text::fold;
using text::is_utf8;
using text::nfc;

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
