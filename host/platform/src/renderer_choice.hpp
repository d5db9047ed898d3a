// What can be known of the GPU before OpenGL is loaded.
#pragma once

#include <filesystem>

namespace kiosk::platform {

// Is there a device OpenGL could draw with? Without one Mesa would fall back to a program that draws slower than raster
// and takes 60 MiB to load. `devices` is /dev.
bool has_gpu_device(const std::filesystem::path& devices);

}  // namespace kiosk::platform
