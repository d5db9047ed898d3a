#include "keys.hpp"
#include "renderer_choice.hpp"

#include <kiosk/platform/window.hpp>
#include <kiosk/test_support/temporary_folder.hpp>

#include <catch2/catch_test_macros.hpp>

#include <filesystem>
#include <fstream>

using namespace kiosk::platform;
namespace fs = std::filesystem;

TEST_CASE("programs that draw OpenGL are told from GPUs by their names") {
    CHECK(is_software_renderer("llvmpipe (LLVM 15.0.6, 256 bits)"));
    CHECK(is_software_renderer("softpipe"));
    CHECK(is_software_renderer("Google SwiftShader"));
    CHECK(is_software_renderer("ANGLE (Google, Vulkan 1.3.0 (SwiftShader Device (LLVM 10.0.0)))"));
    CHECK(is_software_renderer("Software Rasterizer"));
    CHECK_FALSE(is_software_renderer("Mesa Intel(R) UHD Graphics 600 (GLK 2)"));
    CHECK_FALSE(is_software_renderer("AMD Radeon Graphics (radeonsi, stoney, LLVM 15.0.6)"));
    CHECK_FALSE(is_software_renderer("Mali-G52"));
}

TEST_CASE("the renderer is chosen by one of three words") {
    CHECK(parse_renderer_choice("auto") == RendererChoice::automatic);
    CHECK(parse_renderer_choice("gl") == RendererChoice::gl);
    CHECK(parse_renderer_choice("raster") == RendererChoice::raster);
    CHECK_FALSE(parse_renderer_choice("GL"));
    CHECK_FALSE(parse_renderer_choice(""));
}

TEST_CASE("a GPU is known by its device before OpenGL is loaded") {
    const kiosk::test_support::TemporaryFolder folder;
    const fs::path devices = folder.path() / "dev";
    fs::create_directories(devices / "dri");
    CHECK_FALSE(has_gpu_device(devices));
    std::ofstream(devices / "dri" / "card0") << "";  // a display without a GPU behind it
    CHECK_FALSE(has_gpu_device(devices));
    std::ofstream(devices / "dri" / "renderD128") << "";
    CHECK(has_gpu_device(devices));
    fs::remove_all(devices);
    CHECK_FALSE(has_gpu_device(devices));
}

TEST_CASE("characters become UTF-8, and halves of characters nothing") {
    CHECK(utf8_from('a') == "a");
    CHECK(utf8_from(0x0111) == "đ");
    CHECK(utf8_from(0x1EBF) == "ế");
    CHECK(utf8_from(0x1F600) == "😀");
    CHECK(utf8_from(0xD800).empty());
    CHECK(utf8_from(0x110000).empty());
}
