#include <kiosk/ui/theme.hpp>

#include <algorithm>
#include <cmath>

namespace kiosk::ui {
namespace {

constexpr Colour kBlack = rgb(0x000000);
constexpr Colour kWhite = rgb(0xFFFFFF);

constexpr Palette kLight{
    .page = {rgb(0x15202B), rgb(0xF4F6F8)},
    .page_soft = {rgb(0x2E3B47), rgb(0xF4F6F8)},
    .card = {rgb(0x15202B), kWhite},
    .card_soft = {rgb(0x2E3B47), kWhite},
    .primary = {kWhite, rgb(0x053B6F)},
    .primary_pressed = {kWhite, rgb(0x042A50)},
    .pressed = {rgb(0x15202B), rgb(0xDCEBFA)},
    .selected = {rgb(0x15202B), rgb(0xDCEBFA)},
    .error = {rgb(0x720A0E), rgb(0xFDEDED)},
    .success = {rgb(0x083F22), rgb(0xE4F4EA)},
    .notice = {rgb(0x4A3300), rgb(0xFFF4D6)},
    .attract = {kWhite, rgb(0x053B6F)},
    .attract_act = {rgb(0x053B6F), kWhite},
    .badge = {rgb(0x053B6F), rgb(0xDCEBFA)},
    .outline = rgb(0x566676),
    .hairline = rgb(0xD5DCE3),
    .accent = rgb(0x053B6F),
    .error_bar = rgb(0xB3141A),
    .focus_outer = kBlack,
    .focus_inner = rgb(0xFFD23F),
    .faces = {rgb(0xA61B1B), rgb(0xA84B08), rgb(0x7D6000), rgb(0x446F14), rgb(0x0B6136)},
    .face_ink = kWhite,
    .outline_mm = 0.42F,
    .is_high_contrast = false,
};

constexpr Palette plain(Colour ink, Colour ground, Colour error, Colour focus) {
    const Pair normal{ink, ground}, inverse{ground, ink};
    return {
        .page = normal,
        .page_soft = normal,
        .card = normal,
        .card_soft = normal,
        .primary = inverse,
        .primary_pressed = normal,
        .pressed = inverse,
        .selected = inverse,
        .error = {error, ground},
        .success = normal,
        .notice = normal,
        .attract = normal,
        .attract_act = inverse,
        .badge = normal,
        .outline = ink,
        .hairline = ink,
        .accent = ink,
        .error_bar = error,
        .focus_outer = ground,
        .focus_inner = focus,
        .faces = {ink, ink, ink, ink, ink},
        .face_ink = ground,
        .outline_mm = 0.6F,
        .is_high_contrast = true,
    };
}

constexpr Palette kContrastDark = plain(kWhite, kBlack, rgb(0xFFB4A9), rgb(0xFFE14D));
constexpr Palette kContrastLight = plain(kBlack, kWhite, rgb(0x720A0E), rgb(0x0A3FBF));

double linear(std::uint8_t channel) {
    const double value = channel / 255.0;
    return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
}

double luminance(Colour colour) {
    return 0.2126 * linear(colour.red) + 0.7152 * linear(colour.green) + 0.0722 * linear(colour.blue);
}

}  // namespace

double contrast(Colour a, Colour b) {
    const double one = luminance(a) + 0.05, other = luminance(b) + 0.05;
    return std::max(one, other) / std::min(one, other);
}

const Palette& palette(app::Theme theme) {
    switch (theme) {
        case app::Theme::light: return kLight;
        case app::Theme::contrast_dark: return kContrastDark;
        case app::Theme::contrast_light: return kContrastLight;
    }
    return kLight;
}

float size_factor(app::TextSize size) {
    switch (size) {
        case app::TextSize::medium: return 1.0F;
        case app::TextSize::large: return 1.3F;
        case app::TextSize::extra_large: return 1.68F;
    }
    return 1.0F;
}

float body_capital_mm(const core::ScreenSize& screen) {
    const float diagonal_mm = std::hypot(screen.width_mm.value, screen.height_mm.value);
    const float distance_mm = diagonal_mm < 450 ? 500 : diagonal_mm < 620 ? 550 : diagonal_mm < 750 ? 600 : 700;
    return std::max(5.2F, 0.0105F * distance_mm);
}

TypeScale type_scale(const core::ScreenSize& screen, app::TextSize size) {
    const float body_mm = body_capital_mm(screen) * size_factor(size);
    const auto pixels = [&](float capital_mm) {
        return std::ceil(screen.px(core::Millimetres{capital_mm}) / kCapitalShare);
    };
    // What is large already grows less, or a question at XL would fill the page it asks about.
    float headline = size == app::TextSize::extra_large ? 0.82F : size == app::TextSize::large ? 0.92F : 1.0F;
    if (is_low(screen)) headline *= size == app::TextSize::extra_large ? 0.88F : 0.92F;
    const float caption_mm = std::max(4.8F, body_capital_mm(screen) * 0.83F), fixed = std::min(size_factor(size), 1.3F);
    return {
        .caption = pixels(std::max(4.8F * size_factor(size), body_mm * 0.83F)),
        .body = pixels(body_mm),
        .label = pixels(body_mm * 1.1F),
        .title = pixels(body_mm * 1.4F * headline),
        .hero = pixels(body_mm * 2.1F * headline * (is_low(screen) ? 0.8F : 1.0F)),
        .countdown = pixels(body_mm * 3.5F * headline * (is_low(screen) ? 0.7F : 1.0F)),
        .aid = pixels(caption_mm * fixed),
        .action = pixels(body_capital_mm(screen) * 1.1F * (is_low(screen) ? fixed : size_factor(size))),
    };
}

bool is_low(const core::ScreenSize& screen) { return screen.height_mm.value < 150; }

}  // namespace kiosk::ui
