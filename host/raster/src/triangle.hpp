// Triangles of any shape: one colour, a colour at each corner, or a texture times a colour.
#pragma once

#include "texture.hpp"

#include <kiosk/raster/picture.hpp>

#include <array>
#include <cstdint>

namespace kiosk::raster {

struct Corner {
    int x = 0;  // 1/256 pixel
    int y = 0;
    Rgba colour;
    std::int64_t u = 0;  // 1/65536 texel, see to_texels()
    std::int64_t v = 0;
};

void draw_triangle(Surface target, PixelRect clip, const std::array<Corner, 3>& corners);
void draw_triangle(Surface target, PixelRect clip, const std::array<Corner, 3>& corners, const Texture& texture);

// One row of a texture times a colour; u and v are those of the first pixel.
void draw_textured_row(Pixel* row, int count, const Texture& texture, std::int64_t u, std::int64_t v,
                       std::int64_t u_step, std::int64_t v_step, const Rgba& colour);

}  // namespace kiosk::raster
