// "Did you mean …?": the nearest of the names there are, by edit distance, ignoring letter case and Vietnamese marks.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace kiosk::forms {

// Insertions, deletions, substitutions and swaps of neighbours that turn one into the other; at_most + 1 if more.
std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t at_most);

// The nearest candidate within a third of the name's length (at most 3 edits); empty if none is near.
std::string nearest(std::string_view name, const std::vector<std::string>& candidates);

}  // namespace kiosk::forms
