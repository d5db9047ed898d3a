// Pixels and rectangles of them. A Surface is a view of somebody's pixels (a Picture's, or a shared-memory X image's);
// a Picture owns its own. Any thread, one at a time.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

namespace kiosk::raster {

// Half-open: covers x0 <= x < x1, y0 <= y < y1.
struct PixelRect {
    int x0 = 0;
    int y0 = 0;
    int x1 = 0;
    int y1 = 0;

    int width() const { return std::max(0, x1 - x0); }
    int height() const { return std::max(0, y1 - y0); }
    bool empty() const { return x0 >= x1 || y0 >= y1; }
    std::int64_t area() const { return std::int64_t{width()} * height(); }
    bool contains(int x, int y) const { return x >= x0 && x < x1 && y >= y0 && y < y1; }
    bool operator==(const PixelRect&) const = default;
};

inline PixelRect intersection(const PixelRect& a, const PixelRect& b) {
    return {std::max(a.x0, b.x0), std::max(a.y0, b.y0), std::min(a.x1, b.x1), std::min(a.y1, b.y1)};
}

// One pixel is 0xFFRRGGBB in a native 32-bit word: B, G, R, X in memory on the little-endian machines we run on, which
// is what an X server of depth 24 wants.
using Pixel = std::uint32_t;

constexpr Pixel pixel(unsigned red, unsigned green, unsigned blue) {
    return 0xFF000000u | (red << 16) | (green << 8) | blue;
}

struct Surface {
    Pixel* pixels = nullptr;
    int width_px = 0;
    int height_px = 0;
    int stride_px = 0;  // pixels from one row to the next

    PixelRect bounds() const { return {0, 0, width_px, height_px}; }
    Pixel* row(int y) const { return pixels + static_cast<std::ptrdiff_t>(y) * stride_px; }
};

class Picture {
  public:
    Picture(int width_px, int height_px);

    int width_px() const { return width_px_; }
    int height_px() const { return height_px_; }
    Pixel at(int x, int y) const { return pixels_[index(x, y)]; }
    Pixel& at(int x, int y) { return pixels_[index(x, y)]; }
    std::span<const Pixel> pixels() const { return pixels_; }
    Surface surface() { return {pixels_.data(), width_px_, height_px_, width_px_}; }

    bool operator==(const Picture&) const = default;

  private:
    std::size_t index(int x, int y) const;

    int width_px_;
    int height_px_;
    std::vector<Pixel> pixels_;
};

}  // namespace kiosk::raster
