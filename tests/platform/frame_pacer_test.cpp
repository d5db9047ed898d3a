#include <kiosk/platform/frame_pacer.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace std::chrono_literals;
using kiosk::core::SteadyTime;
using kiosk::platform::FramePacer;

TEST_CASE("with nothing to do the kiosk draws nothing and sleeps until an event") {
    const FramePacer pacer;
    CHECK_FALSE(pacer.is_frame_due(0ms));
    CHECK_FALSE(pacer.is_frame_due(1h));
    CHECK(pacer.sleep_time(0ms) == std::nullopt);
}

TEST_CASE("a request is three frames at once, then rest") {
    FramePacer pacer;
    pacer.request_frames();
    pacer.request_frames();  // asking twice is asking once
    for (int i = 0; i < 3; ++i) {
        REQUIRE(pacer.is_frame_due(5ms));
        CHECK(pacer.sleep_time(5ms) == SteadyTime{0});
        pacer.frame_drawn(5ms);
    }
    CHECK_FALSE(pacer.is_frame_due(5ms));
    CHECK(pacer.sleep_time(5ms) == std::nullopt);
}

TEST_CASE("an animation gets sixty frames a second, one last when it ends, and none after") {
    FramePacer pacer;
    {
        const FramePacer::Animating turning = pacer.animate();
        CHECK(pacer.is_frame_due(100ms));
        pacer.frame_drawn(100ms);
        CHECK_FALSE(pacer.is_frame_due(110ms));
        CHECK(pacer.sleep_time(110ms) == SteadyTime{6});
        CHECK(pacer.is_frame_due(116ms));
        pacer.frame_drawn(116ms);
        CHECK_FALSE(pacer.is_frame_due(117ms));
    }
    CHECK(pacer.is_frame_due(117ms));
    pacer.frame_drawn(117ms);
    CHECK(pacer.sleep_time(118ms) == std::nullopt);
}

TEST_CASE("frames go on until the last of several animations has ended") {
    FramePacer pacer;
    std::optional<FramePacer::Animating> first = pacer.animate();
    std::optional<FramePacer::Animating> second = pacer.animate();
    FramePacer::Animating third = std::move(*first);  // moved, still one
    first.reset();
    pacer.frame_drawn(0ms);
    second.reset();
    pacer.frame_drawn(0ms);
    CHECK(pacer.is_frame_due(16ms));
    { const FramePacer::Animating ends = std::move(third); }
    pacer.frame_drawn(16ms);
    CHECK_FALSE(pacer.is_frame_due(1s));
}

TEST_CASE("a deadline ends the sleep but draws no frame of itself") {
    FramePacer pacer;
    pacer.set_deadline(45s);
    CHECK(pacer.sleep_time(15s) == SteadyTime{30000});
    CHECK(pacer.sleep_time(50s) == SteadyTime{0});
    CHECK_FALSE(pacer.is_frame_due(50s));
    pacer.set_deadline(std::nullopt);
    CHECK(pacer.sleep_time(50s) == std::nullopt);
}

TEST_CASE("the sooner of a deadline and an animation's next frame ends the sleep") {
    FramePacer pacer;
    const FramePacer::Animating turning = pacer.animate();
    pacer.frame_drawn(100ms);
    pacer.set_deadline(105ms);
    CHECK(pacer.sleep_time(101ms) == SteadyTime{4});
    pacer.set_deadline(1s);
    CHECK(pacer.sleep_time(101ms) == SteadyTime{15});
}
