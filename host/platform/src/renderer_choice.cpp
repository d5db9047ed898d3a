#include "renderer_choice.hpp"

#include <kiosk/platform/window.hpp>

#include <algorithm>
#include <array>
#include <cctype>
#include <string>

namespace kiosk::platform {

std::optional<RendererChoice> parse_renderer_choice(std::string_view text) {
    if (text == "auto") return RendererChoice::automatic;
    if (text == "gl") return RendererChoice::gl;
    if (text == "raster") return RendererChoice::raster;
    return std::nullopt;
}

bool is_software_renderer(std::string_view gl_renderer) {
    constexpr std::array<std::string_view, 5> kPrograms = {"llvmpipe", "softpipe", "swiftshader", "software rasterizer",
                                                           "swrast"};
    std::string lower(gl_renderer);
    std::transform(lower.begin(), lower.end(), lower.begin(), [](unsigned char c) { return std::tolower(c); });
    return std::any_of(kPrograms.begin(), kPrograms.end(),
                       [&](std::string_view program) { return lower.find(program) != std::string::npos; });
}

bool has_gpu_device(const std::filesystem::path& devices) {
    std::error_code ignored;
    if (std::filesystem::exists(devices / "nvidiactl", ignored)) return true;
    for (const auto& entry : std::filesystem::directory_iterator(devices / "dri", ignored))
        if (entry.path().filename().string().starts_with("renderD")) return true;
    return false;
}

}  // namespace kiosk::platform
