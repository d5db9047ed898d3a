#include <kiosk/raster/picture.hpp>

#include <kiosk/core/assert.hpp>

namespace kiosk::raster {

Picture::Picture(int width_px, int height_px) : width_px_(width_px), height_px_(height_px) {
    KIOSK_ASSERT(width_px >= 0 && height_px >= 0);
    pixels_.assign(static_cast<std::size_t>(width_px) * static_cast<std::size_t>(height_px), pixel(0, 0, 0));
}

std::size_t Picture::index(int x, int y) const {
    KIOSK_ASSERT(x >= 0 && x < width_px_ && y >= 0 && y < height_px_);
    return static_cast<std::size_t>(y) * static_cast<std::size_t>(width_px_) + static_cast<std::size_t>(x);
}

}  // namespace kiosk::raster
