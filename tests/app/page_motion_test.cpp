#include <kiosk/app/page_motion.hpp>

#include <catch2/catch_test_macros.hpp>

using kiosk::app::PageMotion;
using kiosk::core::SteadyTime;

TEST_CASE("UX-54: a page that comes lies under a veil that lifts within 200 ms and then is gone for good") {
    PageMotion motion;
    CHECK_FALSE(motion.is_moving(SteadyTime(1000)));
    motion.begin(SteadyTime(1000));
    float last = 1;
    for (int time = 1000; time < 1000 + static_cast<int>(PageMotion::kLength.count()); time += 16) {
        const float veil = motion.veil(SteadyTime(time));
        CHECK(veil > 0);
        CHECK(veil < last);
        last = veil;
    }
    CHECK(PageMotion::kLength <= SteadyTime(200));
    CHECK_FALSE(motion.is_moving(SteadyTime(1000) + PageMotion::kLength));
    CHECK_FALSE(motion.is_moving(SteadyTime(60'000)));
}

TEST_CASE("UX-54: the first frame of a page already shows it") {
    PageMotion motion;
    motion.begin(SteadyTime(0));
    CHECK(motion.veil(SteadyTime(0)) <= 0.6F);
}

TEST_CASE("a page that comes while another is coming begins its own veil") {
    PageMotion motion;
    motion.begin(SteadyTime(0));
    motion.begin(SteadyTime(100));
    CHECK(motion.veil(SteadyTime(100)) == PageMotion::kThickest);
    motion.stop();
    CHECK_FALSE(motion.is_moving(SteadyTime(101)));
}
