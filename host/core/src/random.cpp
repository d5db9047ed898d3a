#include <kiosk/core/random.hpp>

#include <kiosk/core/assert.hpp>

#include <cstring>

namespace kiosk::core {

std::uint64_t Random::below(std::uint64_t bound) {
    KIOSK_ASSERT(bound > 0);
    // Values below `rejected` would make the low results likelier than the others.
    const std::uint64_t rejected = (0 - bound) % bound;
    for (;;) {
        std::uint64_t value = 0;
        fill(std::as_writable_bytes(std::span(&value, 1)));
        if (value >= rejected) return value % bound;
    }
}

void SeededRandom::fill(std::span<std::byte> bytes) {
    while (!bytes.empty()) {
        state_ += 0x9e3779b97f4a7c15;
        std::uint64_t mixed = state_;
        mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111eb;
        mixed ^= mixed >> 31;
        const std::size_t count = bytes.size() < sizeof mixed ? bytes.size() : sizeof mixed;
        std::memcpy(bytes.data(), &mixed, count);
        bytes = bytes.subspan(count);
    }
}

}  // namespace kiosk::core
