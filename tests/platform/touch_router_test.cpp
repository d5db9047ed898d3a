#include <kiosk/platform/touch_router.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace std::chrono_literals;
using kiosk::platform::PointerEvent;
using kiosk::platform::PointerPhase;
using kiosk::platform::TouchRouter;
using Events = std::vector<PointerEvent>;

TEST_CASE("a tap is a down and an up where the finger is, and hovering is nothing") {
    TouchRouter router;
    router.moved(10, 20, 1ms);
    router.moved(30, 40, 2ms);
    router.pressed(2ms);
    router.released(80ms);
    router.moved(50, 60, 90ms);
    CHECK(router.take() == Events{{PointerPhase::down, 30, 40, 2ms}, {PointerPhase::up, 30, 40, 80ms}});
    CHECK(router.take().empty());
}

TEST_CASE("a drag reports where the finger went, once a millisecond at most") {
    TouchRouter router;
    router.pressed(0ms);
    router.moved(1, 0, 1ms);
    router.moved(2, 0, 1ms);
    router.moved(3, 0, 2ms);
    router.moved(3, 0, 3ms);  // not a movement
    router.released(4ms);
    CHECK(router.take() == Events{{PointerPhase::down, 0, 0, 0ms},
                                  {PointerPhase::move, 2, 0, 1ms},
                                  {PointerPhase::move, 3, 0, 2ms},
                                  {PointerPhase::up, 3, 0, 4ms}});
}

TEST_CASE("a finger the window loses sight of is cancelled and its late release ignored") {
    TouchRouter router;
    router.pressed(0ms);
    router.interrupted(5ms);
    router.interrupted(6ms);
    router.released(7ms);
    CHECK(router.take() == Events{{PointerPhase::down, 0, 0, 0ms}, {PointerPhase::cancel, 0, 0, 5ms}});
    CHECK_FALSE(router.is_down());
}

TEST_CASE("a second press without a release cancels the first") {
    TouchRouter router;
    router.pressed(0ms);
    router.moved(9, 9, 1ms);
    router.pressed(2ms);
    router.released(3ms);
    CHECK(router.take() == Events{{PointerPhase::down, 0, 0, 0ms},
                                  {PointerPhase::move, 9, 9, 1ms},
                                  {PointerPhase::cancel, 9, 9, 2ms},
                                  {PointerPhase::down, 9, 9, 2ms},
                                  {PointerPhase::up, 9, 9, 3ms}});
}

TEST_CASE("a release of something pressed before the window was there is nothing") {
    TouchRouter router;
    router.released(1ms);
    CHECK(router.take().empty());
}
