#include <kiosk/raster/image_file.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstdio>
#include <cstdlib>
#include <cstring>

#include <jpeglib.h>
#include <png.h>

using namespace kiosk;
using raster::read_image;

namespace {

core::Bytes bytes_of(const void* data, std::size_t size) {
    core::Bytes bytes(size);
    std::memcpy(bytes.data(), data, size);
    return bytes;
}

// Left half red, right half see-through.
core::Bytes half_red_png(unsigned width, unsigned height) {
    std::vector<std::uint8_t> rgba;
    for (unsigned y = 0; y < height; ++y)
        for (unsigned x = 0; x < width; ++x) {
            const bool is_red = x < width / 2;
            rgba.insert(rgba.end(), {std::uint8_t{200}, 0, 0, static_cast<std::uint8_t>(is_red ? 255 : 0)});
        }
    png_image png{};
    png.version = PNG_IMAGE_VERSION;
    png.width = width;
    png.height = height;
    png.format = PNG_FORMAT_RGBA;
    png_alloc_size_t size = 0;
    REQUIRE(png_image_write_to_memory(&png, nullptr, &size, 0, rgba.data(), 0, nullptr));
    std::vector<std::uint8_t> file(size);
    REQUIRE(png_image_write_to_memory(&png, file.data(), &size, 0, rgba.data(), 0, nullptr));
    return bytes_of(file.data(), size);
}

// Blue above, green below; `orientation` as a camera notes it, 0: no note. Four inks: as for a printer.
core::Bytes jpeg(unsigned width, unsigned height, int orientation = 0, bool has_four_inks = false) {
    jpeg_compress_struct file{};
    jpeg_error_mgr errors{};
    file.err = jpeg_std_error(&errors);
    jpeg_create_compress(&file);
    unsigned char* memory = nullptr;
    unsigned long size = 0;
    jpeg_mem_dest(&file, &memory, &size);
    file.image_width = width;
    file.image_height = height;
    file.input_components = has_four_inks ? 4 : 3;
    file.in_color_space = has_four_inks ? JCS_CMYK : JCS_RGB;
    jpeg_set_defaults(&file);
    jpeg_set_quality(&file, 95, TRUE);
    jpeg_start_compress(&file, TRUE);
    if (orientation != 0) {
        const unsigned char note[] = {'E', 'x', 'i', 'f', 0, 0, 'M', 'M', 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, static_cast<unsigned char>(orientation), 0, 0, 0, 0, 0, 0};
        jpeg_write_marker(&file, JPEG_APP0 + 1, note, sizeof note);
    }
    std::vector<JSAMPLE> row(std::size_t{width} * static_cast<std::size_t>(file.input_components), 0);
    while (file.next_scanline < height) {
        const bool is_above = file.next_scanline < height / 2;
        for (std::size_t at = 0; !has_four_inks && at < row.size(); at += 3) {
            row[at + 1] = is_above ? 0 : 180;
            row[at + 2] = is_above ? 220 : 0;
        }
        JSAMPROW line = row.data();
        jpeg_write_scanlines(&file, &line, 1);
    }
    jpeg_finish_compress(&file);
    core::Bytes bytes = bytes_of(memory, size);
    jpeg_destroy_compress(&file);
    std::free(memory);
    return bytes;
}

bool is_blue(std::uint32_t pixel) { return (pixel & 255) > 180 && (pixel >> 8 & 255) < 60; }
bool is_green(std::uint32_t pixel) { return (pixel >> 8 & 255) > 140 && (pixel & 255) < 60; }

}  // namespace

TEST_CASE("a PNG is read, on white where it lets the ground through") {
    const auto image = read_image(half_red_png(8, 2));
    REQUIRE(image);
    CHECK(image->width_px == 8);
    CHECK(image->height_px == 2);
    CHECK(image->pixels.front() == 0xFFC80000);
    CHECK(image->pixels[7] == 0xFFFFFFFF);
}

TEST_CASE("a JPEG is read") {
    const auto image = read_image(jpeg(32, 16));
    REQUIRE(image);
    CHECK(image->width_px == 32);
    CHECK(is_blue(image->pixels.front()));
    CHECK(is_green(image->pixels.back()));
}

TEST_CASE("a picture from a camera that was turned stands upright") {
    struct Turned { int orientation; int width, height; bool is_blue_first, is_blue_last_of_first_row; };
    for (const Turned& turned : {Turned{1, 32, 16, true, true}, {2, 32, 16, true, true}, {3, 32, 16, false, false}, {4, 32, 16, false, false},
                                 {5, 16, 32, true, false}, {6, 16, 32, false, true}, {7, 16, 32, false, true}, {8, 16, 32, true, false}}) {
        INFO(turned.orientation);
        const auto image = read_image(jpeg(32, 16, turned.orientation));
        REQUIRE(image);
        CHECK(image->width_px == turned.width);
        CHECK(image->height_px == turned.height);
        CHECK(is_blue(image->pixels.front()) == turned.is_blue_first);
        CHECK(is_blue(image->pixels[static_cast<std::size_t>(turned.width) - 1]) == turned.is_blue_last_of_first_row);
    }
}

TEST_CASE("a large picture is made as small as a screen shows it, in its own shape") {
    for (const core::Bytes& file : {half_red_png(2000, 500), jpeg(3000, 750)}) {
        const auto image = read_image(file);
        REQUIRE(image);
        CHECK(image->width_px == 1024);
        CHECK(image->height_px == 256);
    }
}

TEST_CASE("too many pixels are refused before they are decoded") {
    raster::ImageLimits limits;
    limits.most_png_pixels = limits.most_pixels = 1000;
    for (const core::Bytes& file : {half_red_png(100, 20), jpeg(100, 20)}) {
        const auto image = read_image(file, limits);
        REQUIRE_FALSE(image);
        CHECK(image.error().code == "picture.too_large");
    }
}

TEST_CASE("a file that is cut off, or changed, or of another kind is refused with words") {
    for (const core::Bytes& whole : {half_red_png(64, 64), jpeg(64, 64)}) {
        for (const std::size_t kept : {whole.size() / 2, std::size_t{20}, std::size_t{6}}) {
            const auto image = read_image(core::ByteView(whole).first(kept));
            INFO(kept);
            REQUIRE_FALSE(image);
            CHECK(image.error().code == "picture.damaged");
            CHECK_FALSE(image.error().message.vi.empty());
        }
        for (std::size_t at = 0; at < whole.size(); ++at) {   // whatever happens to one byte, nothing worse than a refusal
            core::Bytes changed = whole;
            changed[at] ^= std::byte{0xFF};
            static_cast<void>(read_image(changed));
        }
    }
    const std::string text = "GIF89a, or a page of the web, or nothing at all";
    CHECK(read_image(bytes_of(text.data(), text.size())).error().code == "picture.other_format");
    CHECK(read_image({}).error().code == "picture.other_format");
}

TEST_CASE("a picture in a printer's four inks is refused, not shown in wrong colours") {
    const auto image = read_image(jpeg(16, 16, 0, true));
    REQUIRE_FALSE(image);
    CHECK(image.error().code == "picture.damaged");
}
