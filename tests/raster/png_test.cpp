#include <kiosk/raster/png.hpp>

#include <catch2/catch_test_macros.hpp>

#include <filesystem>
#include <fstream>

using namespace kiosk::raster;
namespace fs = std::filesystem;

TEST_CASE("a picture written as PNG is read back pixel by pixel") {
    Picture picture(7, 3);
    for (int y = 0; y < 3; ++y)
        for (int x = 0; x < 7; ++x) picture.at(x, y) = pixel(unsigned(x * 30), unsigned(y * 90), 200);
    const fs::path file = fs::temp_directory_path() / "kiosk_png_test.png";
    REQUIRE(write_png(picture, file));
    const auto back = read_png(file);
    REQUIRE(back);
    CHECK(*back == picture);
    fs::remove(file);
}

TEST_CASE("a place that cannot be written to is told, and named") {
    const auto written = write_png(Picture(1, 1), "/nonexistent/folder/picture.png");
    REQUIRE_FALSE(written);
    CHECK(written.error().code == "picture.not_written");
    CHECK(written.error().message.en.find("/nonexistent/folder/picture.png") != std::string::npos);
}

TEST_CASE("a file that is not a PNG is refused") {
    const fs::path file = fs::temp_directory_path() / "kiosk_not_a_png.png";
    std::ofstream(file) << "not a picture";
    const auto read = read_png(file);
    REQUIRE_FALSE(read);
    CHECK(read.error().code == "picture.not_read");
    fs::remove(file);
}
