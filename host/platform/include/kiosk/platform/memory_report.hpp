// What this process has mapped and how much of it is really there, from /proc/self/smaps: the answer to "why does the
// kiosk need so much memory", for `doctor`. Any thread. Empty where /proc is not mounted.
#pragma once

#include <cstdint>
#include <iosfwd>
#include <string>
#include <vector>

namespace kiosk::platform {

struct MappedMemory {
    std::string what;                  // a file's path, "heap", "stack", "anonymous", "shared with the X server"
    std::uint64_t proportional_kib = 0;   // PSS: pages shared with other processes count in part
    std::uint64_t private_dirty_kib = 0;  // would be lost if the process ended

    bool operator==(const MappedMemory&) const = default;
};

// Largest first; mappings of the same thing added up, those with nothing in memory left out.
std::vector<MappedMemory> memory_report();
std::vector<MappedMemory> memory_report(std::istream& smaps);

}  // namespace kiosk::platform
