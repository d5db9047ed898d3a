#include <kiosk/ui/theme.hpp>

#include <catch2/catch_approx.hpp>
#include <catch2/catch_test_macros.hpp>

using namespace kiosk;
using namespace kiosk::ui;

TEST_CASE("contrast is that of WCAG 2") {
    CHECK(contrast(rgb(0x000000), rgb(0xffffff)) == Catch::Approx(21));
    CHECK(contrast(rgb(0x777777), rgb(0xffffff)) == Catch::Approx(4.48).margin(0.01));
    CHECK(contrast(rgb(0x123456), rgb(0x123456)) == Catch::Approx(1));
}

TEST_CASE("every ink of every theme can be read on its ground") {
    for (const app::Theme theme : {app::Theme::light, app::Theme::contrast_dark, app::Theme::contrast_light}) {
        const Palette& colours = palette(theme);
        const double wanted = colours.is_high_contrast ? 7 : 4.5;
        for (const Pair& pair : {colours.page, colours.page_soft, colours.card, colours.card_soft, colours.primary,
                                 colours.primary_pressed, colours.pressed, colours.selected, colours.error,
                                 colours.success, colours.notice, colours.attract, colours.attract_act, colours.badge})
            CHECK(contrast(pair.ink, pair.ground) >= wanted);
        CHECK(contrast(colours.outline, colours.page.ground) >= 3);
        for (const Colour& face : colours.faces) CHECK(contrast(colours.face_ink, face) >= 3);
    }
}

TEST_CASE("larger text is larger, and few sizes serve a page") {
    const core::ScreenSize screen;
    const TypeScale medium = type_scale(screen, app::TextSize::medium);
    const TypeScale largest = type_scale(screen, app::TextSize::extra_large);
    CHECK(largest.body > medium.body);
    CHECK(medium.caption <= medium.body);
    CHECK(medium.body <= medium.title);
    CHECK(medium.title <= medium.hero);
}
