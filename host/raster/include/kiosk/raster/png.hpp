// Pictures as PNG files (8-bit RGB). The bytes depend on the pixels and the zlib in use only; compare pictures by
// pixels, not by bytes. Any thread. Fails when the file cannot be written or is not a PNG.
#pragma once

#include <kiosk/core/result.hpp>
#include <kiosk/raster/picture.hpp>

#include <filesystem>

namespace kiosk::raster {

core::Result<void> write_png(const Picture& picture, const std::filesystem::path& file);
core::Result<Picture> read_png(const std::filesystem::path& file);

}  // namespace kiosk::raster
