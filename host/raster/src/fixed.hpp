// Positions in 1/256 pixel, texel coordinates in 1/65536 texel.
#pragma once

#include <cstdint>

namespace kiosk::raster {

constexpr int kSubpixelBits = 8;
constexpr int kSubpixels = 1 << kSubpixelBits;
constexpr int kPixelCentre = kSubpixels / 2;
constexpr int kTexelBits = 16;
constexpr std::int64_t kTexel = std::int64_t{1} << kTexelBits;

// Rounds to the nearest 1/256, halves up, within +-32767 pixels; not-a-number becomes the lower limit. No libm, so no
// difference between C libraries.
inline int to_subpixels(float pixels) {
    constexpr float kLimit = 32767.0f;
    if (!(pixels > -kLimit)) pixels = -kLimit;
    if (pixels > kLimit) pixels = kLimit;
    constexpr int kBias = 1 << 24;  // makes the truncation of the cast round down
    return static_cast<int>(static_cast<double>(pixels) * kSubpixels + (kBias + 0.5)) - kBias;
}

// The first pixel whose centre is at or right of (below) the position.
constexpr int first_pixel(int subpixels) { return (subpixels + kPixelCentre - 1) >> kSubpixelBits; }

// A texture coordinate in 1/65536 texel, snapped to 1/256 texel, measured from the centre of the first texel.
inline std::int64_t to_texels(float coordinate, int size) {
    return static_cast<std::int64_t>(to_subpixels(coordinate * static_cast<float>(size))) * kSubpixels - kTexel / 2;
}

}  // namespace kiosk::raster
