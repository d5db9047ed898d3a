// DamageTracker: which part of the screen two consecutive frames differ in, found from ImGui's draw lists alone.
//
// The screen is cut into tiles; each tile has a running hash of every primitive that touches it, in drawing order, so a
// tile whose hash is unchanged would be drawn to the same pixels again. Nothing is assumed about what changed where, or
// how many vertices there are. About 50 us for a full page; keeps 8 bytes a tile. The context's thread. Cannot fail.
#pragma once

#include <kiosk/raster/picture.hpp>

#include <cstdint>
#include <vector>

struct ImDrawData;

namespace kiosk::raster {

class DamageTracker {
  public:
    // The rectangles that differ from the frame before, disjoint and inside the frame; empty when the picture is the
    // same. All of it the first time, after a change of size and after invalidate(). Call before
    // answer_texture_requests(): texels about to change count as changed where they are shown.
    const std::vector<PixelRect>& update(const ImDrawData& frame);

    // What is on the screen is unknown (the window was covered, a buffer lost): the next update() gives all of it.
    void invalidate() { hashes_.clear(); }

  private:
    void hash_tiles(const ImDrawData& frame);
    void collect_rects(bool everything);

    int width_px_ = 0;
    int height_px_ = 0;
    int columns_ = 0;
    int rows_ = 0;
    std::vector<std::uint64_t> hashes_;       // of the frame before
    std::vector<std::uint64_t> next_hashes_;
    std::vector<bool> stale_;                 // tiles that show texels updated since
    std::vector<PixelRect> rects_;
};

}  // namespace kiosk::raster
