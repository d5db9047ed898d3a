// The hash of a staff PIN or an organisation's code: Argon2id, as one line of text in the PHC format that carries its own
// salt and cost.
//
// A PIN protects a screen, not data: whoever has the hash finds six digits in a few core-days, and behind it no answer
// can be read. Pure but for the salt's randomness; takes the memory and time of its cost. Any thread.
#pragma once

#include <kiosk/core/result.hpp>

#include <string>
#include <string_view>

namespace kiosk::sealing {

// kiosk: 256 MiB and about 0.7 s. least: for tests, where nothing is protected. code: 64 MiB and about 0.1 s, for what has
// 45 random bits of its own.
enum class PinCost { kiosk = 1, least = 2, code = 3 };

core::Result<std::string> hash_pin(std::string_view pin, PinCost cost);   // pin.no_memory
bool is_pin(std::string_view pin, const std::string& hash);               // false too for a hash that is none

}  // namespace kiosk::sealing
