// Lengths on the glass. Every size a visitor touches or reads is in millimetres; pixels follow from the screen.
#pragma once

#include <kiosk/core/result.hpp>

#include <string_view>

namespace kiosk::core {

struct Millimetres {
    float value = 0;

    constexpr auto operator<=>(const Millimetres&) const = default;
    friend constexpr Millimetres operator+(Millimetres a, Millimetres b) { return {a.value + b.value}; }
    friend constexpr Millimetres operator-(Millimetres a, Millimetres b) { return {a.value - b.value}; }
    friend constexpr Millimetres operator*(Millimetres a, float factor) { return {a.value * factor}; }
};

constexpr Millimetres operator""_mm(long double value) { return {static_cast<float>(value)}; }
constexpr Millimetres operator""_mm(unsigned long long value) { return {static_cast<float>(value)}; }

// A panel: its pixels and its lit area. Parsed from "1080x1920@268x476"; without "@…", 96 pixels an inch.
struct ScreenSize {
    int width_px = 1080;
    int height_px = 1920;
    Millimetres width_mm{268};
    Millimetres height_mm{476};

    static Result<ScreenSize> parse(std::string_view text);

    bool is_portrait() const { return height_px > width_px; }
    float px_per_mm() const { return static_cast<float>(width_px) / width_mm.value; }
    float px(Millimetres length) const { return length.value * px_per_mm(); }
    Millimetres mm(float length_px) const { return {length_px / px_per_mm()}; }

    bool operator==(const ScreenSize&) const = default;
};

}  // namespace kiosk::core
