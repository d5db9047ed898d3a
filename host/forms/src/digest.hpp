// Digests and encodings of digest() and base64-decode(). Pure; any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace kiosk::forms {

// algorithm: MD5, SHA-1, SHA-256, SHA-384 or SHA-512 in any case; empty if it is none of them. Raw bytes.
std::optional<std::string> digest(std::string_view message, std::string_view algorithm);

std::string to_hex(std::string_view bytes);
std::string to_base64(std::string_view bytes);
std::string from_base64(std::string_view text);      // what is not base64 is passed over

}  // namespace kiosk::forms
