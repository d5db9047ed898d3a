#include <kiosk/core/units.hpp>

#include <charconv>

namespace kiosk::core {

namespace {

constexpr float kMillimetresPerPixel = 25.4f / 96;

// Takes "AxB" off the front of text.
bool take_pair(std::string_view& text, float& first, float& second) {
    const char* end = text.data() + text.size();
    auto [cross, first_error] = std::from_chars(text.data(), end, first);
    if (first_error != std::errc{} || cross == end || *cross != 'x') return false;
    auto [rest, second_error] = std::from_chars(cross + 1, end, second);
    if (second_error != std::errc{}) return false;
    text.remove_prefix(static_cast<std::size_t>(rest - text.data()));
    return first > 0 && second > 0;
}

}  // namespace

Result<ScreenSize> ScreenSize::parse(std::string_view text) {
    const std::string given(text);
    const Error error{"screen.bad_size",
                      {"Không hiểu cỡ màn hình “" + given + "”. Viết như 1080x1920@268x476 (điểm ảnh @ mi-li-mét).",
                       "Cannot read the screen size “" + given + "”. Write it like 1080x1920@268x476 (pixels @ millimetres)."}};
    float width_px = 0;
    float height_px = 0;
    if (!take_pair(text, width_px, height_px)) return error;
    float width_mm = width_px * kMillimetresPerPixel;
    float height_mm = height_px * kMillimetresPerPixel;
    if (text.starts_with('@')) {
        text.remove_prefix(1);
        if (!take_pair(text, width_mm, height_mm)) return error;
    }
    const bool is_plausible = width_px >= 320 && width_px <= 16384 && height_px >= 320 && height_px <= 16384;
    if (!text.empty() || !is_plausible) return error;
    return ScreenSize{static_cast<int>(width_px), static_cast<int>(height_px), {width_mm}, {height_mm}};
}

}  // namespace kiosk::core
