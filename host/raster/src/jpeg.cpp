#include "jpeg.hpp"

#include <algorithm>
#include <array>
#include <csetjmp>
#include <cstddef>
#include <cstdio>
#include <utility>
#include <vector>

// After <cstdio>, which it needs and does not include.
#include <jpeglib.h>
#include <jerror.h>

namespace kiosk::raster {
namespace {

constexpr int kMostScans = 64;   // a progressive file of thousands would keep a processor busy for minutes

struct Faults {
    jpeg_error_mgr manager{};
    jpeg_progress_mgr progress{};
    std::jmp_buf way_out{};
    std::array<char, JMSG_LENGTH_MAX> words{};
    bool is_cut_off = false;
};

Faults& faults_of(j_common_ptr jpeg) { return *static_cast<Faults*>(jpeg->client_data); }

[[noreturn]] void leave(j_common_ptr jpeg) {
    Faults& faults = faults_of(jpeg);
    jpeg->err->format_message(jpeg, faults.words.data());
    std::longjmp(faults.way_out, 1);
}

// What is missing the library fills with grey; half a picture is none.
void note(j_common_ptr jpeg, int level) {
    if (level < 0 && (jpeg->err->msg_code == JWRN_JPEG_EOF || jpeg->err->msg_code == JWRN_HIT_MARKER)) faults_of(jpeg).is_cut_off = true;
}

void watch(j_common_ptr jpeg) {
    if (reinterpret_cast<j_decompress_ptr>(jpeg)->input_scan_number > kMostScans) leave(jpeg);
}

unsigned number_at(const std::uint8_t* bytes, unsigned length, bool is_big_endian) {
    unsigned number = 0;
    for (unsigned at = 0; at < length; ++at) number = number << 8 | bytes[is_big_endian ? at : length - 1 - at];
    return number;
}

// How the camera was held, 1 to 8, from the first directory of its notes (TIFF 6.0 within Exif); 1 where it does not say.
int orientation_in(const std::uint8_t* data, std::size_t size) {
    constexpr std::array<std::uint8_t, 6> kExif{'E', 'x', 'i', 'f', 0, 0};
    constexpr unsigned kOrientation = 0x0112, kEntry = 12;
    if (size < 14 || !std::equal(kExif.begin(), kExif.end(), data)) return 1;
    const std::uint8_t* const tiff = data + kExif.size();
    const std::size_t length = size - kExif.size();
    const bool is_big_endian = tiff[0] == 'M';
    const std::size_t directory = number_at(tiff + 4, 4, is_big_endian);
    if (directory + 2 > length) return 1;
    const unsigned entries = number_at(tiff + directory, 2, is_big_endian);
    for (unsigned entry = 0; entry < entries; ++entry) {
        const std::size_t at = directory + 2 + std::size_t{entry} * kEntry;
        if (at + kEntry > length) return 1;
        if (number_at(tiff + at, 2, is_big_endian) != kOrientation) continue;
        const unsigned value = number_at(tiff + at + 8, 2, is_big_endian);
        return value >= 1 && value <= 8 ? static_cast<int>(value) : 1;
    }
    return 1;
}

core::Image upright(core::Image image, int orientation) {
    if (orientation == 1) return image;
    const int width = image.width_px, height = image.height_px;
    const bool is_turned = orientation >= 5;
    core::Image turned{is_turned ? height : width, is_turned ? width : height, std::vector<std::uint32_t>(image.pixels.size())};
    const bool from_right = orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8;
    const bool from_below = orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7;
    for (int y = 0; y < turned.height_px; ++y)
        for (int x = 0; x < turned.width_px; ++x) {
            const int across = is_turned ? y : x, down = is_turned ? x : y;
            const int column = from_right ? width - 1 - across : across, row = from_below ? height - 1 - down : down;
            turned.pixels[static_cast<std::size_t>(y) * static_cast<std::size_t>(turned.width_px) + static_cast<std::size_t>(x)] =
                image.pixels[static_cast<std::size_t>(row) * static_cast<std::size_t>(width) + static_cast<std::size_t>(column)];
        }
    return turned;
}

// What decoding works on. Made before the jump is set and let go after it, whatever happens between.
struct Decoding {
    jpeg_decompress_struct jpeg{};
    Faults faults;
    core::Image image;
    std::vector<JSAMPLE> row;
    int orientation = 1;
    bool is_too_large = false;
    bool is_done = false;
};

void decode(Decoding& decoding, core::ByteView file, int wanted_side_px, std::int64_t most_pixels) {
    jpeg_decompress_struct& jpeg = decoding.jpeg;
    if (setjmp(decoding.faults.way_out) != 0) return;
    jpeg_create_decompress(&jpeg);
    jpeg.progress = &decoding.faults.progress;
    jpeg_save_markers(&jpeg, JPEG_APP0 + 1, 0xFFFF);
    jpeg_mem_src(&jpeg, reinterpret_cast<const unsigned char*>(file.data()), static_cast<unsigned long>(file.size()));
    jpeg_read_header(&jpeg, TRUE);
    decoding.is_too_large = std::int64_t{jpeg.image_width} * jpeg.image_height > most_pixels;
    if (decoding.is_too_large) return;
    for (jpeg_saved_marker_ptr marker = jpeg.marker_list; marker != nullptr && decoding.orientation == 1; marker = marker->next)
        decoding.orientation = orientation_in(marker->data, marker->data_length);
    jpeg.out_color_space = JCS_RGB;   // of a printer's four colours it makes an error
    const auto longest = std::max(jpeg.image_width, jpeg.image_height);
    jpeg.scale_num = 1;
    jpeg.scale_denom = 1;
    while (jpeg.scale_denom < 8 && longest / (jpeg.scale_denom * 2) >= static_cast<unsigned>(wanted_side_px)) jpeg.scale_denom *= 2;
    jpeg_start_decompress(&jpeg);
    decoding.image.width_px = static_cast<int>(jpeg.output_width);
    decoding.image.height_px = static_cast<int>(jpeg.output_height);
    decoding.image.pixels.reserve(std::size_t{jpeg.output_width} * jpeg.output_height);
    decoding.row.resize(std::size_t{jpeg.output_width} * 3);
    while (jpeg.output_scanline < jpeg.output_height) {
        JSAMPROW line = decoding.row.data();
        jpeg_read_scanlines(&jpeg, &line, 1);
        for (std::size_t at = 0; at < decoding.row.size(); at += 3)
            decoding.image.pixels.push_back(0xFF000000u | std::uint32_t{line[at]} << 16 | std::uint32_t{line[at + 1]} << 8 | line[at + 2]);
    }
    jpeg_finish_decompress(&jpeg);
    decoding.is_done = true;
}

}  // namespace

JpegReading read_jpeg(core::ByteView file, int wanted_side_px, std::int64_t most_pixels) {
    Decoding decoding;
    decoding.jpeg.err = jpeg_std_error(&decoding.faults.manager);
    decoding.jpeg.client_data = &decoding.faults;
    decoding.faults.manager.error_exit = leave;
    decoding.faults.manager.emit_message = note;
    decoding.faults.progress.progress_monitor = watch;
    decode(decoding, file, wanted_side_px, most_pixels);
    jpeg_destroy_decompress(&decoding.jpeg);
    if (decoding.is_too_large) return {{}, {}, true};
    if (decoding.faults.is_cut_off) return {{}, "the file is cut off", false};
    if (!decoding.is_done) return {{}, decoding.faults.words.data(), false};
    return {upright(std::move(decoding.image), decoding.orientation), {}, false};
}

}  // namespace kiosk::raster
