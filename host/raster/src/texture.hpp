// A texture as ImGui keeps it, sampled bilinearly with clamped edges.
#pragma once

#include "fixed.hpp"
#include "rows.hpp"

#include <imgui.h>

#include <algorithm>
#include <cstdint>

namespace kiosk::raster {

// Four 8-bit channels, not premultiplied.
struct Rgba {
    std::uint32_t red = 0;
    std::uint32_t green = 0;
    std::uint32_t blue = 0;
    std::uint32_t alpha = 0;

    bool operator==(const Rgba&) const = default;
};

inline Rgba unpack(ImU32 colour) {
    return {colour >> IM_COL32_R_SHIFT & 255, colour >> IM_COL32_G_SHIFT & 255, colour >> IM_COL32_B_SHIFT & 255,
            colour >> IM_COL32_A_SHIFT & 255};
}

class Texture {
  public:
    explicit Texture(const ImTextureData& data)
        : texels_(data.Pixels), width_(data.Width), height_(data.Height), stride_(data.BytesPerPixel) {}

    int width() const { return width_; }
    int height() const { return height_; }
    bool alpha_only() const { return stride_ == 1; }
    // Valid for alpha_only() and coordinates inside the texture.
    const std::uint8_t* alpha_at(int x, int y) const { return texels_ + static_cast<std::ptrdiff_t>(y) * width_ + x; }

    // u and v in 1/65536 texel from the centre of the first texel.
    std::uint8_t sample_alpha(std::int64_t u, std::int64_t v) const {
        return static_cast<std::uint8_t>(sample_channel(Corners(*this, u, v), 0));
    }

    // sample_alpha() for a row of an upright glyph, without asking at every pixel whether it is inside the texture.
    // Valid for alpha_only().
    void sample_alpha_row(std::uint8_t* out, int count, std::int64_t u, std::int64_t v, std::int64_t u_step) const {
        const std::int64_t last = u + u_step * (count - 1);
        const std::int64_t y = v >> kTexelBits;
        const bool inside = y >= 0 && y + 1 < height_ && std::min(u, last) >= 0 &&
                            (std::max(u, last) >> kTexelBits) + 1 < width_;
        if (!inside) {
            for (int i = 0; i < count; ++i, u += u_step) out[i] = sample_alpha(u, v);
            return;
        }
        const std::uint8_t* const top = alpha_at(0, static_cast<int>(y));
        const std::uint8_t* const bottom = top + width_;
        const auto v_part = static_cast<std::uint32_t>(v >> 8 & 255);
        if (v_part == 0 && u_step == kTexel) return shift_coverage(out, top + (u >> kTexelBits), count, static_cast<std::uint32_t>(u >> 8 & 255));
        if (v_part == 0 && u_step == 2 * kTexel) return halve_coverage(out, top + (u >> kTexelBits), count, static_cast<std::uint32_t>(u >> 8 & 255));
        for (int i = 0; i < count; ++i, u += u_step) {
            const std::int64_t x = u >> kTexelBits;
            const auto u_part = static_cast<std::uint32_t>(u >> 8 & 255);
            const std::uint32_t upper = top[x] * (256 - u_part) + top[x + 1] * u_part;
            const std::uint32_t lower = bottom[x] * (256 - u_part) + bottom[x + 1] * u_part;
            out[i] = static_cast<std::uint8_t>((upper * (256 - v_part) + lower * v_part + 32768) >> 16);
        }
    }

    Rgba sample(std::int64_t u, std::int64_t v) const {
        const Corners corners(*this, u, v);
        if (alpha_only()) return {255, 255, 255, sample_channel(corners, 0)};
        return {sample_channel(corners, 0), sample_channel(corners, 1), sample_channel(corners, 2),
                sample_channel(corners, 3)};
    }

  private:
    struct Corners {
        Corners(const Texture& texture, std::int64_t u, std::int64_t v)
            : u_part(static_cast<std::uint32_t>(u >> 8 & 255)), v_part(static_cast<std::uint32_t>(v >> 8 & 255)) {
            const auto clamped = [](std::int64_t at, int size) {
                return static_cast<std::ptrdiff_t>(std::clamp<std::int64_t>(at, 0, size - 1));
            };
            const std::ptrdiff_t x0 = clamped(u >> kTexelBits, texture.width_) * texture.stride_;
            const std::ptrdiff_t x1 = clamped((u >> kTexelBits) + 1, texture.width_) * texture.stride_;
            const std::ptrdiff_t pitch = static_cast<std::ptrdiff_t>(texture.width_) * texture.stride_;
            const std::uint8_t* const top = texture.texels_ + clamped(v >> kTexelBits, texture.height_) * pitch;
            const std::uint8_t* const bottom = texture.texels_ + clamped((v >> kTexelBits) + 1, texture.height_) * pitch;
            top_left = top + x0;
            top_right = top + x1;
            bottom_left = bottom + x0;
            bottom_right = bottom + x1;
        }

        const std::uint8_t* top_left;
        const std::uint8_t* top_right;
        const std::uint8_t* bottom_left;
        const std::uint8_t* bottom_right;
        std::uint32_t u_part;
        std::uint32_t v_part;
    };

    static std::uint32_t sample_channel(const Corners& at, int channel) {
        const std::uint32_t top = at.top_left[channel] * (256 - at.u_part) + at.top_right[channel] * at.u_part;
        const std::uint32_t bottom = at.bottom_left[channel] * (256 - at.u_part) + at.bottom_right[channel] * at.u_part;
        return (top * (256 - at.v_part) + bottom * at.v_part + 32768) >> 16;
    }

    const std::uint8_t* texels_;
    int width_;
    int height_;
    int stride_;
};

}  // namespace kiosk::raster
