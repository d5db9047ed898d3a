// The inner loops: rows of pixels filled or blended. Every blend is round((s * a + d * (255 - a)) / 255), exactly, so a
// coverage of 0 keeps the pixel and one of 255 replaces it, and vector and scalar code agree to the bit.
#pragma once

#include <kiosk/raster/picture.hpp>

#include <cstdint>

namespace kiosk::raster {

// round(value / 255) for 0 <= value <= 65025.
constexpr std::uint32_t divide_by_255(std::uint32_t value) {
    value += 128;
    return (value + (value >> 8)) >> 8;
}

constexpr Pixel blend(Pixel destination, Pixel source, std::uint32_t alpha) {
    // Two channels at a time: each 16-bit lane holds at most 255 * 255 + 128.
    const std::uint32_t keep = 255 - alpha;
    std::uint32_t odd = (destination & 0xFF00FFu) * keep + (source & 0xFF00FFu) * alpha + 0x800080u;
    std::uint32_t even = ((destination >> 8) & 0xFFu) * keep + ((source >> 8) & 0xFFu) * alpha + 0x80u;
    odd = ((odd + ((odd >> 8) & 0xFF00FFu)) >> 8) & 0xFF00FFu;
    even = (even + (even >> 8)) & 0xFF00u;
    return 0xFF000000u | odd | even;
}

void fill_row(Pixel* row, int count, Pixel colour);
void blend_row(Pixel* row, int count, Pixel colour, std::uint32_t alpha);
// One coverage a pixel.
void blend_row(Pixel* row, int count, Pixel colour, const std::uint8_t* coverage);
// out[i] = round(from[i] * (256 - part) / 256 + from[i + 1] * part / 256), 0 <= part < 256: a row of coverage moved by a part
// of a pixel; the second takes from[2 * i] and from[2 * i + 1], a row kept at double width.
void shift_coverage(std::uint8_t* out, const std::uint8_t* from, int count, std::uint32_t part);
void halve_coverage(std::uint8_t* out, const std::uint8_t* from, int count, std::uint32_t part);
// coverage[i] = round(coverage[i] * alpha / 255)
void scale_coverage(std::uint8_t* coverage, int count, std::uint32_t alpha);

}  // namespace kiosk::raster
