#include <kiosk/raster/png.hpp>

#include <png.h>

#include <cstring>
#include <string>

namespace kiosk::raster {
namespace {

core::Error png_error(std::string_view code, const std::filesystem::path& file, const char* vi, const char* en,
                      const char* detail) {
    return {std::string(code), {std::string(vi) + " " + file.string() + ": " + detail,
                                std::string(en) + " " + file.string() + ": " + detail}};
}

}  // namespace

core::Result<void> write_png(const Picture& picture, const std::filesystem::path& file) {
    std::vector<std::uint8_t> rgb;
    rgb.reserve(picture.pixels().size() * 3);
    for (const Pixel p : picture.pixels()) {
        rgb.push_back(static_cast<std::uint8_t>(p >> 16));
        rgb.push_back(static_cast<std::uint8_t>(p >> 8));
        rgb.push_back(static_cast<std::uint8_t>(p));
    }
    png_image image{};
    image.version = PNG_IMAGE_VERSION;
    image.width = static_cast<png_uint_32>(picture.width_px());
    image.height = static_cast<png_uint_32>(picture.height_px());
    image.format = PNG_FORMAT_RGB;
    image.flags = PNG_IMAGE_FLAG_FAST;
    if (!png_image_write_to_file(&image, file.c_str(), 0, rgb.data(), 0, nullptr))
        return png_error("picture.not_written", file, "Không ghi được ảnh vào", "The picture could not be written to",
                         image.message);
    return {};
}

core::Result<Picture> read_png(const std::filesystem::path& file) {
    const auto failed = [&](const char* detail) {
        return png_error("picture.not_read", file, "Không đọc được ảnh PNG", "Not a readable PNG picture:", detail);
    };
    png_image image{};
    image.version = PNG_IMAGE_VERSION;
    if (!png_image_begin_read_from_file(&image, file.c_str())) return failed(image.message);
    constexpr png_uint_32 kMaximumSide = 16384;
    if (image.width > kMaximumSide || image.height > kMaximumSide) {
        png_image_free(&image);
        return failed("larger than 16384 pixels");
    }
    image.format = PNG_FORMAT_BGRA;
    Picture picture(static_cast<int>(image.width), static_cast<int>(image.height));
    std::vector<std::uint8_t> bgra(PNG_IMAGE_SIZE(image));
    const png_color black{0, 0, 0};
    if (!png_image_finish_read(&image, &black, bgra.data(), 0, nullptr)) return failed(image.message);
    for (int y = 0, i = 0; y < picture.height_px(); ++y) {
        for (int x = 0; x < picture.width_px(); ++x, i += 4) {
            const std::uint8_t* p = bgra.data() + i;
            picture.at(x, y) = pixel(p[2], p[1], p[0]);
        }
    }
    return picture;
}

}  // namespace kiosk::raster
