#include <kiosk/core/image.hpp>

#include <algorithm>
#include <array>
#include <cstddef>

namespace kiosk::core {
namespace {

// Pixels [first, last) of the original that pixel `at` of `count` stands for; never none.
struct Span {
    int first, last;
};

Span span_of(int at, int count, int original) {
    const int first = static_cast<int>(std::int64_t{at} * original / count);
    const int last = static_cast<int>((std::int64_t{at} + 1) * original / count);
    return {first, std::max(last, first + 1)};
}

}  // namespace

Image shrunk(const Image& image, int width_px, int height_px) {
    const int width = std::clamp(width_px, 1, image.width_px), height = std::clamp(height_px, 1, image.height_px);
    if (width == image.width_px && height == image.height_px) return image;
    Image small{width, height, {}};
    small.pixels.reserve(static_cast<std::size_t>(width) * static_cast<std::size_t>(height));
    for (int y = 0; y < height; ++y) {
        const Span rows = span_of(y, height, image.height_px);
        for (int x = 0; x < width; ++x) {
            const Span columns = span_of(x, width, image.width_px);
            std::array<std::uint64_t, 3> sum{};
            for (int row = rows.first; row < rows.last; ++row) {
                const std::uint32_t* const line = image.pixels.data() + static_cast<std::size_t>(row) * static_cast<std::size_t>(image.width_px);
                for (int column = columns.first; column < columns.last; ++column) {
                    sum[0] += line[column] >> 16 & 255;
                    sum[1] += line[column] >> 8 & 255;
                    sum[2] += line[column] & 255;
                }
            }
            const auto count = static_cast<std::uint64_t>(rows.last - rows.first) * static_cast<std::uint64_t>(columns.last - columns.first);
            const auto mean = [&](std::uint64_t of) { return static_cast<std::uint32_t>((of + count / 2) / count); };
            small.pixels.push_back(0xFF000000u | mean(sum[0]) << 16 | mean(sum[1]) << 8 | mean(sum[2]));
        }
    }
    return small;
}

}  // namespace kiosk::core
