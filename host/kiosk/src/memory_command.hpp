// `doctor --memory`: what the running kiosk has in memory and what for, by proportional set size.
#pragma once

#include "commands.hpp"

#include <kiosk/platform/memory_report.hpp>

#include <cstdint>
#include <vector>

namespace kiosk::commands {

// What a group of mappings serves.
struct MemoryPurpose {
    core::Words what;
    std::uint64_t proportional_kib = 0;
    std::uint64_t private_dirty_kib = 0;
};

// Largest first. What no purpose is known of stands under its own name.
std::vector<MemoryPurpose> memory_purposes(const std::vector<platform::MappedMemory>& mapped);

// Refused where no kiosk runs, or where its memory may not be looked at: a kiosk shows it to root only.
int show_memory(bool is_json, const Console& console);

}  // namespace kiosk::commands
