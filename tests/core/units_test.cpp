#include <kiosk/core/units.hpp>

#include <catch2/catch_approx.hpp>
#include <catch2/catch_test_macros.hpp>

using kiosk::core::ScreenSize;
using namespace kiosk::core;

TEST_CASE("a screen size with millimetres gives its pixels per millimetre") {
    const auto screen = ScreenSize::parse("1080x1920@268x476");
    REQUIRE(screen);
    CHECK(screen->width_px == 1080);
    CHECK(screen->is_portrait());
    CHECK(screen->px(20_mm) == Catch::Approx(20 * 1080 / 268.0));
}

TEST_CASE("a screen size without millimetres counts 96 pixels an inch") {
    const auto screen = ScreenSize::parse("1920x1080");
    REQUIRE(screen);
    CHECK(screen->width_mm.value == Catch::Approx(508));
    CHECK_FALSE(screen->is_portrait());
}

TEST_CASE("a screen size that makes no sense is refused with the way to write it") {
    for (const char* text : {"", "1080", "1080x", "0x100", "1080x1920@", "1080x1920@268", "1080x1920 ", "-5x10", "99999x100"}) {
        const auto screen = ScreenSize::parse(text);
        REQUIRE_FALSE(screen);
        CHECK(screen.error().code == "screen.bad_size");
        CHECK(screen.error().message.en.find("1080x1920@268x476") != std::string::npos);
    }
}
