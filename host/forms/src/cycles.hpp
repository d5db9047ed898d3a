// Cycles among things that depend on each other.
#pragma once

#include <cstdint>
#include <vector>

namespace kiosk::forms {

// depends_on[i]: what i needs. Each cycle comes back as its members in order, each needing the next and the last the first.
// Cycles share no member: of entangled ones, enough are named that mending them all leaves none of these.
std::vector<std::vector<std::uint32_t>> find_cycles(const std::vector<std::vector<std::uint32_t>>& depends_on);

}  // namespace kiosk::forms
