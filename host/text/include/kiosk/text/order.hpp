// The order of a Vietnamese dictionary: syllable by syllable, first the letters (a ă â b c d đ …), then the tone (ngang
// huyền hỏi ngã sắc nặng), then the next syllable; capitals count last. Numbers go by value: thôn 2 before thôn 10.
//
// Pure; any thread. To sort a list, make each key once and compare the keys as bytes.
#pragma once

#include <string>
#include <string_view>

namespace kiosk::text {

std::string sort_key(std::string_view text);

// People go by tên (the last word), then tên đệm, then họ (the first).
std::string person_sort_key(std::string_view full_name);

bool comes_before(std::string_view left, std::string_view right);

}  // namespace kiosk::text
