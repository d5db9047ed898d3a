#include <kiosk/raster/image_file.hpp>

#include "jpeg.hpp"

#include <png.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

namespace kiosk::raster {
namespace {

constexpr std::array<std::byte, 4> kPngMark{std::byte{0x89}, std::byte{'P'}, std::byte{'N'}, std::byte{'G'}};
constexpr std::array<std::byte, 3> kJpegMark{std::byte{0xFF}, std::byte{0xD8}, std::byte{0xFF}};

template <std::size_t N>
bool starts_with(core::ByteView file, const std::array<std::byte, N>& mark) {
    return file.size() > N && std::equal(mark.begin(), mark.end(), file.begin());
}

core::Error damaged(const std::string& detail) {
    return {"picture.damaged", {"Ảnh hỏng, không đọc được (" + detail + "). Lưu lại ảnh thành PNG hoặc JPEG.",
                                "The picture is damaged and cannot be read (" + detail + "). Save it again as PNG or JPEG."}};
}

core::Error too_large() {
    return {"picture.too_large", {"Ảnh có quá nhiều điểm ảnh. Thu nhỏ còn 2000 điểm ảnh mỗi cạnh.",
                                  "The picture has too many pixels. Make it smaller, 2000 pixels a side."}};
}

core::Result<core::Image> read_png_image(core::ByteView file, const ImageLimits& limits) {
    png_image png{};
    png.version = PNG_IMAGE_VERSION;
    if (!png_image_begin_read_from_memory(&png, file.data(), file.size())) return damaged(png.message);
    if (std::int64_t{png.width} * png.height > limits.most_png_pixels) {
        png_image_free(&png);
        return too_large();
    }
    png.format = PNG_FORMAT_BGR;
    const png_color white{255, 255, 255};
    std::vector<std::uint8_t> bgr(PNG_IMAGE_SIZE(png));
    if (!png_image_finish_read(&png, &white, bgr.data(), 0, nullptr)) return damaged(png.message);
    core::Image image{static_cast<int>(png.width), static_cast<int>(png.height), {}};
    image.pixels.reserve(bgr.size() / 3);
    for (std::size_t at = 0; at + 2 < bgr.size(); at += 3)
        image.pixels.push_back(0xFF000000u | std::uint32_t{bgr[at + 2]} << 16 | std::uint32_t{bgr[at + 1]} << 8 | bgr[at]);
    return image;
}

core::Image fitted(core::Image image, int longest_side) {
    const int longest = std::max(image.width_px, image.height_px);
    if (longest <= longest_side) return image;
    const double share = static_cast<double>(longest_side) / longest;
    return core::shrunk(image, static_cast<int>(std::lround(image.width_px * share)), static_cast<int>(std::lround(image.height_px * share)));
}

}  // namespace

core::Result<core::Image> read_image(core::ByteView file, const ImageLimits& limits) {
    if (starts_with(file, kPngMark)) {
        auto image = read_png_image(file, limits);
        return image ? core::Result<core::Image>(fitted(std::move(*image), limits.longest_side_px)) : image;
    }
    if (!starts_with(file, kJpegMark))
        return core::Error{"picture.other_format", {"Không phải ảnh PNG hay JPEG. Lưu lại ảnh thành PNG hoặc JPEG.",
                                                    "It is neither a PNG nor a JPEG picture. Save it as one of them."}};
    JpegReading reading = read_jpeg(file, limits.longest_side_px, limits.most_pixels);
    if (reading.is_too_large) return too_large();
    if (!reading.fault.empty()) return damaged(reading.fault);
    return fitted(std::move(reading.image), limits.longest_side_px);
}

}  // namespace kiosk::raster
