// The small text files that office and kiosk hand each other: a first line that says what it is, then "name: value" lines.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kiosk::exporting {

using NamedValues = std::vector<std::pair<std::string_view, std::string_view>>;

// Nothing if the first line is another, or any line is not "name: value". CR LF is as good as LF. Points into the text.
std::optional<NamedValues> read_lines(std::string_view text, std::string_view first_line);

std::vector<std::string_view> split_words(std::string_view text);
std::optional<unsigned long long> whole_number(std::string_view digits);

// Letters without marks, digits, '-' and '_', 1 to 64: safe as a file name and on a line.
bool is_plain_id(std::string_view id);

}  // namespace kiosk::exporting
