#pragma once

#include <string>
#include <string_view>

namespace kiosk::plugin_host {

// Well-formed UTF-8 (no overlong forms, surrogates or values past U+10FFFF) without control characters but newline and tab.
bool is_clean_utf8(std::string_view text);

// A plugin's own words about a failure, fit for a message: at most 200 bytes, cut at a character; "" if they are not clean.
std::string fit_for_message(std::string_view text);

}  // namespace kiosk::plugin_host
