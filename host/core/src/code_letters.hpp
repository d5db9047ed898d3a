// The alphabet of codes that people copy by hand: no letter looks like another, and the last letter checks the others.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace kiosk::core {

inline constexpr std::string_view kCodeLetters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

// In any case, with or without hyphens and blanks, O for 0, I or L for 1: the letters as kCodeLetters has them, if there
// are that many and the last one is right. Nothing: mistyped.
std::optional<std::string> read_code(std::string_view text, std::size_t letters);

char check_letter(std::string_view letters);

}  // namespace kiosk::core
