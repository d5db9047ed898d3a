#include <kiosk/platform/startup_trace.hpp>

#include <array>
#include <cstdio>

namespace kiosk::platform {

void StartupTrace::mark(std::string_view stage) {
    marks_.push_back({std::string(stage), std::chrono::duration_cast<std::chrono::microseconds>(
                                              std::chrono::steady_clock::now() - start_)});
}

std::string StartupTrace::table() const {
    std::string lines;
    std::chrono::duration<double, std::milli> before{0};
    for (const Mark& mark : marks_) {
        const std::chrono::duration<double, std::milli> at = mark.since_start;
        std::array<char, 48> figures{};
        std::snprintf(figures.data(), figures.size(), "%8.1f %8.1f  ", at.count(), (at - before).count());
        lines += figures.data() + mark.stage + '\n';
        before = at;
    }
    return lines;
}

}  // namespace kiosk::platform
