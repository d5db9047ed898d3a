#include <kiosk/core/random.hpp>

#include <catch2/catch_test_macros.hpp>

#include <array>

using kiosk::core::SeededRandom;

TEST_CASE("the same seed gives the same bytes, another seed others") {
    std::array<std::byte, 20> first{}, again{}, other{};
    SeededRandom(7).fill(first);
    SeededRandom(7).fill(again);
    SeededRandom(8).fill(other);
    CHECK(first == again);
    CHECK(first != other);
}

TEST_CASE("below() reaches every value under its bound and none beyond") {
    SeededRandom random(3);
    std::array<int, 5> seen{};
    for (int round = 0; round < 5000; ++round) ++seen.at(random.below(5));
    for (int count : seen) CHECK(count > 800);
}
