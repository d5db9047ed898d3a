// Pictures of forms: PNG and JPEG files, as an office's staff put them beside a workbook. On white where they let the
// ground through; turned upright where a camera noted that it was held otherwise.
//
// Any thread. Fails with what is wrong with the file, in words for who made it; a damaged file never does harm: sides and
// pixels are capped before anything is decoded. Codes: picture.*.
#pragma once

#include <kiosk/core/bytes.hpp>
#include <kiosk/core/image.hpp>
#include <kiosk/core/result.hpp>

namespace kiosk::raster {

struct ImageLimits {
    int longest_side_px = 1024;               // larger pictures are made smaller: no screen shows more of one
    std::int64_t most_pixels = 24'000'000;    // of a JPEG file: what a telephone's camera makes
    std::int64_t most_png_pixels = 8'000'000; // which cannot be read smaller than it is
};

core::Result<core::Image> read_image(core::ByteView file, const ImageLimits& limits = {});

}  // namespace kiosk::raster
