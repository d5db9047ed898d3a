#include <kiosk/platform/system.hpp>

#include <catch2/catch_test_macros.hpp>

#include <array>
#include <thread>

using namespace kiosk::platform;

TEST_CASE("the steady clock goes on and the wall clock is in this century") {
    const SystemClock clock;
    const auto before = clock.steady_now();
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
    CHECK(clock.steady_now() - before >= std::chrono::milliseconds(5));
    CHECK(clock.wall_now() > kiosk::core::WallTime(std::chrono::hours(24 * 365 * 50)));
}

TEST_CASE("the system's randomness fills every byte and does not repeat") {
    SystemRandom random;
    std::array<std::byte, 4096> first{}, second{};
    random.fill(first);
    random.fill(second);
    CHECK(first != second);
    int zeros = 0;
    for (const std::byte b : first) zeros += b == std::byte{0};
    CHECK(zeros < 64);  // 16 expected
    random.fill({});
}
