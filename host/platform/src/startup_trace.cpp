#include <kiosk/platform/startup_trace.hpp>

#include <malloc.h>

#include <array>
#include <charconv>
#include <cstdio>
#include <cstdlib>

namespace kiosk::platform {
namespace {

constexpr const char* kStarted = "FEEDBACK_KIOSK_STARTED";   // nanoseconds of the steady clock, which an exec does not reset

std::uint64_t heap_in_use_kib() {
    const struct mallinfo2 heap = mallinfo2();
    return (heap.uordblks + heap.hblkhd) / 1024;
}

}  // namespace

StartupTrace::Instant StartupTrace::program_start() {
    const Instant now = std::chrono::steady_clock::now();
    const char* const before = std::getenv(kStarted);
    if (!before) return now;
    const std::string_view text(before);
    std::int64_t nanoseconds = 0;
    const bool is_number = std::from_chars(text.data(), text.data() + text.size(), nanoseconds).ec == std::errc{};
    unsetenv(kStarted);
    const Instant started{std::chrono::nanoseconds(nanoseconds)};
    return is_number && started < now ? started : now;
}

void StartupTrace::hand_on(Instant start) { setenv(kStarted, std::to_string(start.time_since_epoch().count()).c_str(), 1); }

void StartupTrace::mark(std::string_view stage) {
    const Instant now = std::chrono::steady_clock::now();
    const std::uint64_t heap_kib = heap_in_use_kib();
    const std::lock_guard lock(marking_);
    marks_.push_back({std::string(stage), std::chrono::duration_cast<std::chrono::microseconds>(now - start_), heap_kib});
}

std::string StartupTrace::table() const {
    std::string lines = "  ms since start   since before   heap KiB\n";
    std::chrono::duration<double, std::milli> before{0};
    for (const Mark& mark : marks_) {
        const std::chrono::duration<double, std::milli> at = mark.since_start;
        std::array<char, 64> figures{};
        std::snprintf(figures.data(), figures.size(), "%16.1f %14.1f %10llu  ", at.count(), (at - before).count(),
                      static_cast<unsigned long long>(mark.heap_kib));
        lines += figures.data() + mark.stage + '\n';
        before = at;
    }
    return lines;
}

}  // namespace kiosk::platform
