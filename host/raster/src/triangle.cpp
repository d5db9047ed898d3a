#include "triangle.hpp"

#include "rows.hpp"

#include <utility>

namespace kiosk::raster {
namespace {

constexpr int kChunk = 256;  // pixels whose coverage is worked out before they are blended

std::int64_t floor_divide(std::int64_t numerator, std::int64_t denominator) {
    const std::int64_t quotient = numerator / denominator;
    return quotient - (numerator % denominator < 0);
}

// Where an edge crosses successive rows: the first pixel whose centre is at or right of it. Exact, by carrying the
// remainder of the division from row to row.
class EdgeWalker {
  public:
    EdgeWalker() = default;
    EdgeWalker(const Corner& from, const Corner& to, int first_row) {
        std::int64_t run = std::int64_t{to.x} - from.x;
        std::int64_t rise = std::int64_t{to.y} - from.y;
        if (rise < 0) {
            run = -run;
            rise = -rise;
        }
        denominator_ = rise * kSubpixels;
        const std::int64_t row_centre = std::int64_t{first_row} * kSubpixels + kPixelCentre;
        const std::int64_t numerator =
            (std::int64_t{from.x} - kPixelCentre) * rise + run * (row_centre - from.y) + denominator_ - 1;
        pixel_ = floor_divide(numerator, denominator_);
        remainder_ = numerator - pixel_ * denominator_;
        pixel_step_ = floor_divide(run, rise);
        remainder_step_ = run * kSubpixels - pixel_step_ * denominator_;
    }

    std::int64_t pixel() const { return pixel_; }

    void next_row() {
        pixel_ += pixel_step_;
        remainder_ += remainder_step_;
        if (remainder_ >= denominator_) {
            remainder_ -= denominator_;
            ++pixel_;
        }
    }

  private:
    std::int64_t denominator_ = 1;
    std::int64_t pixel_ = 0;
    std::int64_t remainder_ = 0;
    std::int64_t pixel_step_ = 0;
    std::int64_t remainder_step_ = 0;
};

// Twice the area, positive when the corners run clockwise on the screen.
std::int64_t twice_area(const std::array<Corner, 3>& c) {
    return (std::int64_t{c[1].x} - c[0].x) * (std::int64_t{c[2].y} - c[0].y) -
           (std::int64_t{c[1].y} - c[0].y) * (std::int64_t{c[2].x} - c[0].x);
}

// Calls visit(y, span_start, x0, x1) for each row of a clockwise triangle: pixels x0 <= x < x1 are inside it and the
// clip, span_start is where the row begins without the clip.
template <class Visitor>
void for_each_span(const std::array<Corner, 3>& corners, PixelRect clip, Visitor&& visit) {
    const auto [top, bottom] = std::minmax({corners[0].y, corners[1].y, corners[2].y});
    const int y0 = std::max(first_pixel(top), clip.y0);
    const int y1 = std::min(first_pixel(bottom), clip.y1);
    if (y0 >= y1) return;

    // Rising edges of a clockwise triangle bound it on the left, falling ones on the right.
    std::array<EdgeWalker, 2> lefts;
    std::array<EdgeWalker, 2> rights;
    std::size_t left_count = 0;
    std::size_t right_count = 0;
    for (std::size_t i = 0; i < 3; ++i) {
        const Corner& from = corners[i];
        const Corner& to = corners[(i + 1) % 3];
        if (to.y < from.y) lefts[left_count++] = EdgeWalker(from, to, y0);
        if (to.y > from.y) rights[right_count++] = EdgeWalker(from, to, y0);
    }
    for (int y = y0; y < y1; ++y) {
        std::int64_t start = lefts[0].pixel();
        if (left_count == 2) start = std::max(start, lefts[1].pixel());
        std::int64_t end = rights[0].pixel();
        if (right_count == 2) end = std::min(end, rights[1].pixel());
        const int x0 = static_cast<int>(std::max<std::int64_t>(start, clip.x0));
        const int x1 = static_cast<int>(std::min<std::int64_t>(end, clip.x1));
        if (x0 < x1) visit(y, start, x0, x1);
        for (EdgeWalker& edge : lefts) edge.next_row();
        for (EdgeWalker& edge : rights) edge.next_row();
    }
}

// A value given at three corners, linear between them. Worked out per row in double (only + - * /, which are the same
// everywhere) from the unclipped start of the row, then stepped in integers, so that the clip has no influence.
class Plane {
  public:
    Plane(const std::array<Corner, 3>& c, double area, double a, double b, double d)
        : a_(a), x_(c[0].x), y_(c[0].y) {
        per_x_ = ((b - a) * (c[2].y - c[0].y) - (d - a) * (c[1].y - c[0].y)) / area;
        per_y_ = ((d - a) * (c[1].x - c[0].x) - (b - a) * (c[2].x - c[0].x)) / area;
    }

    std::int64_t at(std::int64_t x, int y) const {
        const double dx = static_cast<double>(x * kSubpixels + kPixelCentre) - x_;
        const double dy = static_cast<double>(std::int64_t{y} * kSubpixels + kPixelCentre) - y_;
        return limited(a_ + dx * per_x_ + dy * per_y_);
    }
    std::int64_t step() const { return limited(per_x_ * kSubpixels); }

  private:
    static std::int64_t limited(double value) {
        constexpr double kLimit = 1099511627776.0;  // slivers have steep planes but no second pixel to step to
        return static_cast<std::int64_t>(std::clamp(value, -kLimit, kLimit));
    }

    double a_;
    double x_;
    double y_;
    double per_x_;
    double per_y_;
};

constexpr double kChannelScale = 65536;

struct Stepped {
    std::int64_t value;
    std::int64_t step;

    Stepped(const Plane& plane, std::int64_t start, int x, int y, std::int64_t rounding)
        : step(plane.step()) {
        value = plane.at(start, y) + rounding + (x - start) * step;
    }
    std::uint32_t next_channel() {
        const std::int64_t now = value >> 16;
        value += step;
        return static_cast<std::uint32_t>(std::clamp<std::int64_t>(now, 0, 255));
    }
};

Plane channel_plane(const std::array<Corner, 3>& c, double area, std::uint32_t Rgba::* channel) {
    return {c, area, c[0].colour.*channel * kChannelScale, c[1].colour.*channel * kChannelScale,
            c[2].colour.*channel * kChannelScale};
}

void draw_flat(Surface target, PixelRect clip, const std::array<Corner, 3>& corners) {
    const Rgba& colour = corners[0].colour;
    if (colour.alpha == 0) return;
    const Pixel source = pixel(colour.red, colour.green, colour.blue);
    for_each_span(corners, clip, [&](int y, std::int64_t, int x0, int x1) {
        blend_row(target.row(y) + x0, x1 - x0, source, colour.alpha);
    });
}

// The anti-aliased fringes of ImGui: one colour that fades out.
void draw_fading(Surface target, PixelRect clip, const std::array<Corner, 3>& corners, double area) {
    const Rgba& colour = corners[0].colour;
    const Pixel source = pixel(colour.red, colour.green, colour.blue);
    const Plane alpha = channel_plane(corners, area, &Rgba::alpha);
    for_each_span(corners, clip, [&](int y, std::int64_t start, int x0, int x1) {
        Stepped fade(alpha, start, x0, y, 32768);
        Pixel* const row = target.row(y);
        if (x1 - x0 < 8) {
            for (int x = x0; x < x1; ++x) row[x] = blend(row[x], source, fade.next_channel());
            return;
        }
        std::array<std::uint8_t, kChunk> coverage;
        for (int x = x0; x < x1; x += kChunk) {
            const int count = std::min(kChunk, x1 - x);
            for (int i = 0; i < count; ++i)
                coverage[static_cast<std::size_t>(i)] = static_cast<std::uint8_t>(fade.next_channel());
            blend_row(row + x, count, source, coverage.data());
        }
    });
}

void draw_shaded(Surface target, PixelRect clip, const std::array<Corner, 3>& corners, double area) {
    const Plane red = channel_plane(corners, area, &Rgba::red);
    const Plane green = channel_plane(corners, area, &Rgba::green);
    const Plane blue = channel_plane(corners, area, &Rgba::blue);
    const Plane alpha = channel_plane(corners, area, &Rgba::alpha);
    for_each_span(corners, clip, [&](int y, std::int64_t start, int x0, int x1) {
        Stepped r(red, start, x0, y, 32768);
        Stepped g(green, start, x0, y, 32768);
        Stepped b(blue, start, x0, y, 32768);
        Stepped a(alpha, start, x0, y, 32768);
        Pixel* const row = target.row(y);
        for (int x = x0; x < x1; ++x) {
            const Pixel source = pixel(r.next_channel(), g.next_channel(), b.next_channel());
            row[x] = blend(row[x], source, a.next_channel());
        }
    });
}

// Clockwise corners and twice their area; an area of 0 means nothing to draw.
std::int64_t make_clockwise(std::array<Corner, 3>& corners) {
    std::int64_t area = twice_area(corners);
    if (area < 0) {
        std::swap(corners[1], corners[2]);
        area = -area;
    }
    return area;
}

}  // namespace

void draw_triangle(Surface target, PixelRect clip, const std::array<Corner, 3>& given) {
    std::array<Corner, 3> corners = given;
    const auto area = static_cast<double>(make_clockwise(corners));
    if (area == 0) return;
    const auto opaque = [&](std::size_t i) {
        return Rgba{corners[i].colour.red, corners[i].colour.green, corners[i].colour.blue, 255};
    };
    if (!(opaque(0) == opaque(1) && opaque(0) == opaque(2))) return draw_shaded(target, clip, corners, area);
    if (!(corners[0].colour == corners[1].colour && corners[0].colour == corners[2].colour))
        return draw_fading(target, clip, corners, area);
    draw_flat(target, clip, corners);
}

void draw_textured_row(Pixel* row, int count, const Texture& texture, std::int64_t u, std::int64_t v,
                       std::int64_t u_step, std::int64_t v_step, const Rgba& colour) {
    if (!texture.alpha_only()) {
        for (int i = 0; i < count; ++i, u += u_step, v += v_step) {
            const Rgba texel = texture.sample(u, v);
            const Pixel source = pixel(divide_by_255(texel.red * colour.red), divide_by_255(texel.green * colour.green),
                                       divide_by_255(texel.blue * colour.blue));
            row[i] = blend(row[i], source, divide_by_255(texel.alpha * colour.alpha));
        }
        return;
    }
    const Pixel source = pixel(colour.red, colour.green, colour.blue);
    std::array<std::uint8_t, kChunk> coverage;
    for (int done = 0; done < count; done += kChunk) {
        const int part = std::min(kChunk, count - done);
        if (v_step == 0) {
            texture.sample_alpha_row(coverage.data(), part, u, v, u_step);
            u += u_step * part;
        } else {
            for (int i = 0; i < part; ++i, u += u_step, v += v_step)
                coverage[static_cast<std::size_t>(i)] = texture.sample_alpha(u, v);
        }
        scale_coverage(coverage.data(), part, colour.alpha);
        blend_row(row + done, part, source, coverage.data());
    }
}

void draw_triangle(Surface target, PixelRect clip, const std::array<Corner, 3>& given, const Texture& texture) {
    std::array<Corner, 3> corners = given;
    const auto area = static_cast<double>(make_clockwise(corners));
    if (area == 0) return;
    const auto as_double = [](std::int64_t value) { return static_cast<double>(value); };
    const Plane us(corners, area, as_double(corners[0].u), as_double(corners[1].u), as_double(corners[2].u));
    const Plane vs(corners, area, as_double(corners[0].v), as_double(corners[1].v), as_double(corners[2].v));
    const bool one_colour = corners[0].colour == corners[1].colour && corners[0].colour == corners[2].colour;
    const Plane red = channel_plane(corners, area, &Rgba::red);
    const Plane green = channel_plane(corners, area, &Rgba::green);
    const Plane blue = channel_plane(corners, area, &Rgba::blue);
    const Plane alpha = channel_plane(corners, area, &Rgba::alpha);
    for_each_span(corners, clip, [&](int y, std::int64_t start, int x0, int x1) {
        Stepped u(us, start, x0, y, 0);
        Stepped v(vs, start, x0, y, 0);
        Pixel* const row = target.row(y);
        if (one_colour)
            return draw_textured_row(row + x0, x1 - x0, texture, u.value, v.value, u.step, v.step, corners[0].colour);
        Stepped r(red, start, x0, y, 32768);
        Stepped g(green, start, x0, y, 32768);
        Stepped b(blue, start, x0, y, 32768);
        Stepped a(alpha, start, x0, y, 32768);
        for (int x = x0; x < x1; ++x, u.value += u.step, v.value += v.step) {
            const Rgba colour{r.next_channel(), g.next_channel(), b.next_channel(), a.next_channel()};
            draw_textured_row(row + x, 1, texture, u.value, v.value, 0, 0, colour);
        }
    });
}

}  // namespace kiosk::raster
