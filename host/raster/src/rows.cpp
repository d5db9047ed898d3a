#include "rows.hpp"

#include <bit>
#include <cstring>

namespace kiosk::raster {
namespace {

// Vectors of the compiler: SSE2 on x86-64, NEON on ARM, plain code elsewhere, with the same results.
using Bytes8 [[gnu::vector_size(8)]] = std::uint8_t;
using Bytes16 [[gnu::vector_size(16)]] = std::uint8_t;
using Words8 [[gnu::vector_size(16)]] = std::uint16_t;
using Integers4 [[gnu::vector_size(16)]] = std::uint32_t;

constexpr int kStep = 4;       // pixels in a Bytes16
constexpr int kCoverages = 8;  // in a Words8

Words8 widen(Bytes8 bytes) { return __builtin_convertvector(bytes, Words8); }

Bytes8 low(Bytes16 bytes) { return __builtin_shufflevector(bytes, bytes, 0, 1, 2, 3, 4, 5, 6, 7); }
Bytes8 high(Bytes16 bytes) { return __builtin_shufflevector(bytes, bytes, 8, 9, 10, 11, 12, 13, 14, 15); }
Bytes16 join(Bytes8 a, Bytes8 b) {
    return __builtin_shufflevector(a, b, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
}

// (value + 128) / 255 with the 128 already added.
Bytes8 divide(Words8 value) { return __builtin_convertvector((value + (value >> 8)) >> 8, Bytes8); }

Bytes16 load(const Pixel* pixels) {
    Bytes16 bytes;
    std::memcpy(&bytes, pixels, sizeof bytes);
    return bytes;
}

void store(Pixel* pixels, Bytes16 bytes) { std::memcpy(pixels, &bytes, sizeof bytes); }

Bytes8 load8(const std::uint8_t* coverage) {
    Bytes8 bytes;
    std::memcpy(&bytes, coverage, sizeof bytes);
    return bytes;
}

void store8(std::uint8_t* coverage, Words8 words) {
    const Bytes8 bytes = __builtin_convertvector(words, Bytes8);
    std::memcpy(coverage, &bytes, sizeof bytes);
}

Bytes16 repeat(Pixel colour) {
    const Pixel four[kStep] = {colour, colour, colour, colour};
    return load(four);
}

// Four coverages, each for the four channels of its pixel.
Bytes16 four_times_each(std::uint32_t four) {
    const Bytes16 c = std::bit_cast<Bytes16>(Integers4{four, 0, 0, 0});
    const Bytes16 twice = __builtin_shufflevector(c, c, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7);
    return __builtin_shufflevector(twice, twice, 0, 1, 0, 1, 2, 3, 2, 3, 4, 5, 4, 5, 6, 7, 6, 7);
}

// Whether sixteen pixels are these four, four times.
bool all_are(const Pixel* row, Bytes16 four) {
    const Bytes16 differing = (load(row) ^ four) | (load(row + kStep) ^ four) | (load(row + 2 * kStep) ^ four) | (load(row + 3 * kStep) ^ four);
    std::uint64_t halves[2];
    std::memcpy(halves, &differing, sizeof halves);
    return (halves[0] | halves[1]) == 0;
}

}  // namespace

void fill_row(Pixel* row, int count, Pixel colour) {
    const Bytes16 four = repeat(colour);
    int i = 0;
    for (; i + kStep <= count; i += kStep) store(row + i, four);
    for (; i < count; ++i) row[i] = colour;
}

void blend_row(Pixel* row, int count, Pixel colour, std::uint32_t alpha) {
    if (alpha == 255) return fill_row(row, count, colour);
    const auto a = static_cast<std::uint16_t>(alpha);
    const auto keep = static_cast<std::uint16_t>(255 - alpha);
    const Bytes16 four = repeat(colour);
    const Words8 source = widen(low(four)) * a + 128;
    int i = 0;
    for (; i + kStep <= count; i += kStep) {
        // A page's veil has the colour of most of the page, where it changes nothing.
        while (i + 4 * kStep <= count && all_are(row + i, four)) i += 4 * kStep;
        if (i + kStep > count) break;
        const Bytes16 destination = load(row + i);
        store(row + i, join(divide(widen(low(destination)) * keep + source),
                            divide(widen(high(destination)) * keep + source)));
    }
    for (; i < count; ++i) row[i] = blend(row[i], colour, alpha);
}

void blend_row(Pixel* row, int count, Pixel colour, const std::uint8_t* coverage) {
    const Words8 source = widen(low(repeat(colour)));
    int i = 0;
    for (; i + kStep <= count; i += kStep) {
        std::uint32_t four;
        std::memcpy(&four, coverage + i, sizeof four);
        if (four == 0) continue;  // most of a glyph's box is empty
        if (four == 0xFFFFFFFFu) {
            fill_row(row + i, kStep, colour);
            continue;
        }
        const Bytes16 c = four_times_each(four);
        const Words8 a = widen(low(c)), b = widen(high(c));
        const Bytes16 destination = load(row + i);
        store(row + i, join(divide(widen(low(destination)) * (255 - a) + source * a + 128),
                            divide(widen(high(destination)) * (255 - b) + source * b + 128)));
    }
    for (; i < count; ++i) row[i] = blend(row[i], colour, coverage[i]);
}

void shift_coverage(std::uint8_t* out, const std::uint8_t* from, int count, std::uint32_t part) {
    const auto second = static_cast<std::uint16_t>(part), first = static_cast<std::uint16_t>(256 - part);
    int i = 0;
    for (; i + kCoverages <= count; i += kCoverages)
        store8(out + i, (widen(load8(from + i)) * first + widen(load8(from + i + 1)) * second + 128) >> 8);
    for (; i < count; ++i) out[i] = static_cast<std::uint8_t>((from[i] * first + from[i + 1] * second + 128) >> 8);
}

void halve_coverage(std::uint8_t* out, const std::uint8_t* from, int count, std::uint32_t part) {
    const auto second = static_cast<std::uint16_t>(part), first = static_cast<std::uint16_t>(256 - part);
    int i = 0;
    for (; i + kCoverages <= count; i += kCoverages) {
        Bytes16 pairs;
        std::memcpy(&pairs, from + 2 * i, sizeof pairs);
        const Bytes8 even = __builtin_shufflevector(pairs, pairs, 0, 2, 4, 6, 8, 10, 12, 14);
        const Bytes8 odd = __builtin_shufflevector(pairs, pairs, 1, 3, 5, 7, 9, 11, 13, 15);
        store8(out + i, (widen(even) * first + widen(odd) * second + 128) >> 8);
    }
    for (; i < count; ++i) out[i] = static_cast<std::uint8_t>((from[2 * i] * first + from[2 * i + 1] * second + 128) >> 8);
}

void scale_coverage(std::uint8_t* coverage, int count, std::uint32_t alpha) {
    if (alpha == 255) return;
    for (int i = 0; i < count; ++i)
        coverage[i] = static_cast<std::uint8_t>(divide_by_255(coverage[i] * alpha));
}

}  // namespace kiosk::raster
