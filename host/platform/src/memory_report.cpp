#include <kiosk/platform/memory_report.hpp>

#include <algorithm>
#include <fstream>
#include <map>
#include <sstream>

namespace kiosk::platform {
namespace {

// The name at the end of a mapping's first line, in words.
std::string describe(const std::string& name) {
    if (name.empty()) return "anonymous";
    if (name == "[heap]") return "heap";
    if (name.starts_with("[stack")) return "stack";
    if (name.starts_with("/SYSV")) return "shared with the X server";
    return name;
}

}  // namespace

std::vector<MappedMemory> memory_report(std::istream& smaps) {
    std::map<std::string, MappedMemory> by_name;
    MappedMemory* current = nullptr;
    for (std::string line; std::getline(smaps, line);) {
        std::istringstream fields(line);
        std::string first;
        fields >> first;
        if (first.find('-') != std::string::npos && !first.ends_with(':')) {
            std::string permissions, offset, device, inode, name;
            fields >> permissions >> offset >> device >> inode;
            std::getline(fields >> std::ws, name);
            const std::string what = describe(name);
            current = &by_name[what];
            current->what = what;
            continue;
        }
        std::uint64_t kib = 0;
        if (!current || !(fields >> kib)) continue;
        if (first == "Pss:") current->proportional_kib += kib;
        if (first == "Private_Dirty:") current->private_dirty_kib += kib;
    }
    std::vector<MappedMemory> report;
    for (auto& [name, memory] : by_name)
        if (memory.proportional_kib > 0) report.push_back(std::move(memory));
    std::stable_sort(report.begin(), report.end(), [](const MappedMemory& a, const MappedMemory& b) {
        return a.proportional_kib > b.proportional_kib;
    });
    return report;
}

std::vector<MappedMemory> memory_report() {
    std::ifstream smaps("/proc/self/smaps");
    return memory_report(smaps);
}

}  // namespace kiosk::platform
