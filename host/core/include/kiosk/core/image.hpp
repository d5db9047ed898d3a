// Pictures as pixels, and the port through which the screen finds those that belong to forms. An Image is a plain value;
// any thread.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

namespace kiosk::core {

struct Image {
    int width_px = 0;
    int height_px = 0;
    std::vector<std::uint32_t> pixels;   // 0xFFRRGGBB, opaque, row by row

    bool operator==(const Image&) const = default;
};

// Smaller, each pixel the mean of those it stands for. Neither side grows; both are at least 1.
Image shrunk(const Image& image, int width_px, int height_px);

class PictureSource {
  public:
    virtual ~PictureSource() = default;

    // By the name an item of the screen gives, "FORM/FILE". Null: there is none, it cannot be read, or it has not been
    // read yet; the page does without. Main thread; never waits.
    virtual std::shared_ptr<const Image> find(std::string_view name) const = 0;
    // Another number once find() may answer otherwise.
    virtual std::uint64_t version() const = 0;
};

}  // namespace kiosk::core
