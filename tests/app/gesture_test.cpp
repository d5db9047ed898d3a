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

TEST_CASE("UX-11: only a finger that comes down and goes up on one target acts") {
    GestureArbiter arbiter;
    const Ground still{kGround.target_at, false};
    arbiter.feed(finger(Phase::down, 10, 10, 0), still);
    arbiter.feed(finger(Phase::move, 40, 10, 50), still);
    CHECK(arbiter.pressed().empty());   // no longer shown as pressed
    CHECK(arbiter.feed(finger(Phase::up, 40, 10, 90), still).tapped.empty());
    arbiter.feed(finger(Phase::down, 40, 10, 1000), still);
    CHECK(arbiter.feed(finger(Phase::up, 10, 10, 1090), still).tapped.empty());
    arbiter.feed(finger(Phase::down, 10, 10, 2000), still);
    arbiter.feed(finger(Phase::move, 40, 10, 2050), still);
    arbiter.feed(finger(Phase::move, 10, 10, 2100), still);   // off it once is off it
    CHECK(arbiter.feed(finger(Phase::up, 10, 10, 2150), still).tapped.empty());
}

TEST_CASE("UX-12: a finger that trembles by less than 3 mm still taps; beyond that it scrolls") {
    GestureArbiter arbiter;
    arbiter.feed(finger(Phase::down, 10, 10, 0), kGround);
    CHECK(arbiter.feed(finger(Phase::move, 10, 12.8F, 40), kGround).scroll_mm == 0);
    CHECK(arbiter.feed(finger(Phase::up, 10, 12.8F, 80), kGround).tapped == "button");
    arbiter.feed(finger(Phase::down, 10, 10, 1000), kGround);
    CHECK(arbiter.feed(finger(Phase::move, 10, 13.2F, 1040), kGround).scroll_mm != 0);
    CHECK(arbiter.feed(finger(Phase::up, 10, 13.2F, 1080), kGround).tapped.empty());
}

TEST_CASE("UX-12: a long press is a press like any other") {
    GestureArbiter arbiter;
    arbiter.feed(finger(Phase::down, 10, 10, 0), kGround);
    CHECK(arbiter.feed(finger(Phase::up, 10, 10, 20'000), kGround).tapped == "button");
}

TEST_CASE("UX-13: ten taps in 300 ms are one; a step answers each of its taps") {
    const auto taps = [](const char* target, int count, int apart_ms) {
        GestureArbiter arbiter;
        const Ground ground{[target](float, float) { return std::string(target); }, false};
        int acted = 0;
        for (int tap = 0; tap < count; ++tap) {
            arbiter.feed(finger(Phase::down, 10, 10, tap * apart_ms), ground);
            acted += arbiter.feed(finger(Phase::up, 10, 10, tap * apart_ms + 10), ground).tapped.empty() ? 0 : 1;
        }
        return acted;
    };
    CHECK(taps("action.next", 10, 30) == 1);
    CHECK(taps("step.khoang.value.1", 10, 200) == 10);
    CHECK(taps("step.khoang.value.1", 10, 30) == 2);   // a bouncing panel still counts once in 120 ms
    CHECK(taps("key.a", 5, 200) == 5);
}

TEST_CASE("UX-13: what comes up under the finger after a press is not pressed by its echo") {
    GestureArbiter arbiter;
    std::string under = "choice.tot";
    const Ground ground{[&](float, float) { return under; }, false};
    arbiter.feed(finger(Phase::down, 10, 10, 0), ground);
    REQUIRE(arbiter.feed(finger(Phase::up, 10, 10, 50), ground).tapped == "choice.tot");
    under = "action.end";
    arbiter.feed(finger(Phase::down, 10, 10, 120), ground);
    CHECK(arbiter.feed(finger(Phase::up, 10, 10, 160), ground).tapped.empty());
}

TEST_CASE("UX-56: a flung page glides on, slows, and stands within a second and a half") {
    GestureArbiter arbiter;
    arbiter.feed(finger(Phase::down, 10, 150, 0), kGround);
    for (int step = 1; step <= 10; ++step) arbiter.feed(finger(Phase::move, 10, 150.0F - 12.0F * static_cast<float>(step), step * 8), kGround);   // 1.5 m/s
    CHECK(arbiter.feed(finger(Phase::up, 10, 30, 81), kGround).tapped.empty());
    REQUIRE(arbiter.is_gliding());
    float travelled = 0, last = 1000;
    int time = 81;
    for (; arbiter.is_gliding(); time += 16) {
        REQUIRE(time <= 81 + 1500 + 32);
        const float moved = arbiter.glide(SteadyTime(time)).scroll_mm;
        CHECK(moved <= last + 0.01F + (last == 1000 ? 1000 : 0));
        CHECK(moved <= 16.1F);   // never faster than 1 m/s
        if (moved > 0) last = moved;
        travelled += moved;
    }
    CHECK(travelled > 150);
    CHECK(travelled <= 251);
}

TEST_CASE("UX-56: a touch stops the glide and presses nothing") {
    GestureArbiter arbiter;
    arbiter.feed(finger(Phase::down, 10, 100, 0), kGround);
    for (int step = 1; step <= 8; ++step) arbiter.feed(finger(Phase::move, 10, 100.0F - 10.0F * static_cast<float>(step), step * 10), kGround);
    arbiter.feed(finger(Phase::up, 10, 20, 81), kGround);
    REQUIRE(arbiter.is_gliding());
    arbiter.feed(finger(Phase::down, 10, 10, 150), kGround);
    CHECK_FALSE(arbiter.is_gliding());
    CHECK(arbiter.pressed().empty());
    CHECK(arbiter.feed(finger(Phase::up, 10, 10, 230), kGround).tapped.empty());
    arbiter.feed(finger(Phase::down, 10, 10, 900), kGround);
    CHECK(arbiter.feed(finger(Phase::up, 10, 10, 960), kGround).tapped == "button");
}

TEST_CASE("a page that is dragged slowly and let go stays where it is") {
    GestureArbiter arbiter;
    arbiter.feed(finger(Phase::down, 10, 100, 0), kGround);
    arbiter.feed(finger(Phase::move, 10, 80, 500), kGround);
    arbiter.feed(finger(Phase::move, 10, 80, 900), kGround);
    arbiter.feed(finger(Phase::up, 10, 80, 1000), kGround);
    CHECK_FALSE(arbiter.is_gliding());
}

TEST_CASE("UX-51: the key that takes away a letter repeats when held for two seconds, and not on lift as well") {
    const Ground keys{[](float x, float) { return x < 20 ? std::string("key.backspace") : std::string("key.a"); }, false};
    GestureArbiter arbiter;
    arbiter.feed(finger(Phase::down, 10, 10, 0), keys);
    REQUIRE(arbiter.next_repeat() == SteadyTime(2000));
    CHECK(arbiter.hold(SteadyTime(1999)).tapped.empty());
    CHECK(arbiter.hold(SteadyTime(2000)).tapped == "key.backspace");
    CHECK(arbiter.hold(SteadyTime(2100)).tapped.empty());
    CHECK(arbiter.hold(SteadyTime(2200)).tapped == "key.backspace");
    CHECK(arbiter.hold(SteadyTime(9000)).tapped == "key.backspace");   // busy meanwhile: once, not forty times
    CHECK(arbiter.hold(SteadyTime(9001)).tapped.empty());
    CHECK(arbiter.feed(finger(Phase::up, 10, 10, 9100), keys).tapped.empty());
    CHECK_FALSE(arbiter.next_repeat());
    CHECK(arbiter.hold(SteadyTime(20'000)).tapped.empty());
}

TEST_CASE("UX-51: letters do not repeat, nor does a finger that has slid off its key") {
    const Ground keys{[](float x, float) { return x < 20 ? std::string("key.backspace") : std::string("key.a"); }, false};
    GestureArbiter arbiter;
    arbiter.feed(finger(Phase::down, 30, 10, 0), keys);
    CHECK(arbiter.hold(SteadyTime(5000)).tapped.empty());
    arbiter.feed(finger(Phase::up, 30, 10, 5100), keys);
    arbiter.feed(finger(Phase::down, 10, 10, 6000), keys);
    arbiter.feed(finger(Phase::move, 30, 10, 6100), keys);
    CHECK_FALSE(arbiter.next_repeat());
    CHECK(arbiter.hold(SteadyTime(9000)).tapped.empty());
}

TEST_CASE("a short touch of that key takes away one letter, when it is lifted") {
    const Ground keys{[](float, float) { return std::string("key.backspace"); }, false};
    GestureArbiter arbiter;
    arbiter.feed(finger(Phase::down, 10, 10, 0), keys);
    CHECK(arbiter.feed(finger(Phase::up, 10, 10, 100), keys).tapped == "key.backspace");
}
