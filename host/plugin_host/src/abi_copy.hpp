// Copies of what a plugin passes by pointer, checked. A pointer a plugin got wrong in other ways than null cannot be told.
#pragma once

#include <kiosk/abi/abi.h>
#include <kiosk/core/text.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace kiosk::plugin_host {

inline constexpr std::size_t kMaxIdBytes = 128;
inline constexpr std::size_t kMaxArgumentBytes = 4000;
inline constexpr std::size_t kMaxArguments = 9;

// The view of a string of at most `limit` bytes of clean UTF-8; nothing if it is not that.
std::optional<std::string_view> checked_view(kiosk_str text, std::size_t limit);

// A name of something: 1 to 128 of a-z A-Z 0-9 _ . - /; nothing if it is not that.
std::optional<std::string> checked_name(kiosk_str text);

std::optional<core::Text> checked_text(const kiosk_text* text);

}  // namespace kiosk::plugin_host
