#include <kiosk/platform/system.hpp>

#include <kiosk/core/assert.hpp>

#include <sys/random.h>

#include <cerrno>

namespace kiosk::platform {

core::WallTime SystemClock::wall_now() const {
    return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

core::SteadyTime SystemClock::steady_now() const {
    return std::chrono::floor<core::SteadyTime>(std::chrono::steady_clock::now().time_since_epoch());
}

void SystemRandom::fill(std::span<std::byte> bytes) {
    while (!bytes.empty()) {
        const ssize_t got = getrandom(bytes.data(), bytes.size(), 0);
        if (got < 0 && errno == EINTR) continue;
        KIOSK_ASSERT(got > 0);
        bytes = bytes.subspan(static_cast<std::size_t>(got));
    }
}

}  // namespace kiosk::platform
