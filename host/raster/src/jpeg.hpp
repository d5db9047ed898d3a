// libjpeg behind one function, so that its way of jumping out of errors meets no object of ours.
#pragma once

#include <kiosk/core/bytes.hpp>
#include <kiosk/core/image.hpp>

#include <cstdint>
#include <string>

namespace kiosk::raster {

struct JpegReading {
    core::Image image;            // at least `wanted_side_px` on its longer side, if the file has as much; upright
    std::string fault;            // the library's words; empty: it was read
    bool is_too_large = false;
};

JpegReading read_jpeg(core::ByteView file, int wanted_side_px, std::int64_t most_pixels);

}  // namespace kiosk::raster
