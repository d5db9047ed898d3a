#include <kiosk/app/gesture.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace kiosk::app;
using kiosk::core::SteadyTime;
using Phase = Finger::Phase;

namespace {

// One button from 0 to 20 mm, on a page that scrolls.
const Ground kGround{[](float x, float y) { return x < 20 && y < 20 ? std::string("button") : std::string(); }, true};

Finger finger(Phase phase, float x, float y, int milliseconds) { return {phase, x, y, SteadyTime(milliseconds)}; }

}  // namespace

TEST_CASE("a tap acts when the finger is lifted, not before") {
    GestureArbiter arbiter;
    CHECK(arbiter.feed(finger(Phase::down, 10, 10, 0), kGround).tapped.empty());
    CHECK(arbiter.pressed() == "button");
    CHECK(arbiter.feed(finger(Phase::up, 11, 11, 80), kGround).tapped == "button");
}

TEST_CASE("a finger that drags the page fires nothing, wherever it is lifted") {
    GestureArbiter arbiter;
    arbiter.feed(finger(Phase::down, 10, 10, 0), kGround);
    float scrolled = 0;
    for (int step = 1; step <= 10; ++step)
        scrolled += arbiter.feed(finger(Phase::move, 10, 10.0F - static_cast<float>(step), step * 20), kGround).scroll_mm;
    CHECK(scrolled > 5);
    CHECK(arbiter.pressed().empty());
    CHECK(arbiter.feed(finger(Phase::up, 10, 0, 220), kGround).tapped.empty());
}

TEST_CASE("a bouncing panel does not act twice") {
    GestureArbiter arbiter;
    arbiter.feed(finger(Phase::down, 10, 10, 0), kGround);
    REQUIRE(arbiter.feed(finger(Phase::up, 10, 10, 50), kGround).tapped == "button");
    arbiter.feed(finger(Phase::down, 10, 10, 150), kGround);
    CHECK(arbiter.feed(finger(Phase::up, 10, 10, 200), kGround).tapped.empty());
    arbiter.feed(finger(Phase::down, 10, 10, 2000), kGround);
    CHECK(arbiter.feed(finger(Phase::up, 10, 10, 2050), kGround).tapped == "button");
}

TEST_CASE("a finger that is cancelled fires nothing") {
    GestureArbiter arbiter;
    arbiter.feed(finger(Phase::down, 10, 10, 0), kGround);
    CHECK(arbiter.feed(finger(Phase::cancel, 10, 10, 50), kGround).tapped.empty());
    CHECK(arbiter.pressed().empty());
}
