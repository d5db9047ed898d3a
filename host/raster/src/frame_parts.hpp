// FrameParts: a frame sorted into the parts of the picture that are drawn, so that drawing a part looks only at what is in
// it. What a touch changes is often thirty small places; to look at every primitive for each of them took longer than to
// draw them. Points into the frame.
#pragma once

#include "primitives.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace kiosk::raster {

struct FramePart {
    struct Entry {
        const Command* command;
        const ImDrawIdx* index;   // primitive_at()
    };
    PixelRect rect;
    std::vector<Entry> entries;   // in drawing order, from the last one that covers all of the part
    bool is_covered = false;      // there is one: nothing below it shows
};

class FrameParts {
  public:
    // clips: disjoint; each is cut into parts of at most so many rows that what overlaps in one stays in the cache.
    FrameParts(const ImDrawData& frame, std::span<const PixelRect> clips, const PixelRect& bounds);
    FrameParts(const FrameParts&) = delete;
    FrameParts& operator=(const FrameParts&) = delete;

    std::span<const FramePart> parts() const { return parts_; }
    std::int64_t area() const { return area_; }

  private:
    void cut(std::span<const PixelRect> clips, const PixelRect& bounds);
    void sort_in(const Command& command);

    std::vector<Command> commands_;
    std::vector<FramePart> parts_;
    std::vector<std::size_t> first_of_band_;   // band by band, and where the last one ends
    std::int64_t area_ = 0;
};

}  // namespace kiosk::raster
