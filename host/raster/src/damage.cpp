#include <kiosk/raster/damage.hpp>

#include "primitives.hpp"

#include <cstring>

namespace kiosk::raster {
namespace {

constexpr int kTileBits = 5;  // tiles of 32 x 32 pixels: small enough for a key, few enough to be quick
constexpr int kTile = 1 << kTileBits;

std::uint64_t mix(std::uint64_t hash, std::uint64_t value) {
    hash = (hash ^ value) * 0x9E3779B97F4A7C15u;
    return hash ^ (hash >> 32);
}

std::uint64_t hash_vertex(std::uint64_t hash, const ImDrawVert& vertex) {
    static_assert(sizeof(ImDrawVert) == 20);
    std::uint64_t words[2];
    std::uint32_t colour;
    std::memcpy(words, &vertex, sizeof words);
    std::memcpy(&colour, &vertex.col, sizeof colour);
    return mix(mix(mix(hash, words[0]), words[1]), colour);
}

int clamp_to_int(float value, int low, int high) {
    if (!(value > static_cast<float>(low))) return low;
    return value >= static_cast<float>(high) ? high : static_cast<int>(value);
}

// Does the primitive show texels that are about to be written? One texel of margin for bilinear sampling.
bool shows_updated_texels(const Primitive& primitive, const ImTextureData& texture) {
    const Box uv = box_of(primitive, {}, &ImDrawVert::uv);
    const auto width = static_cast<float>(texture.Width);
    const auto height = static_cast<float>(texture.Height);
    for (const ImTextureRect& r : texture.Updates) {
        if (uv.x0 * width < static_cast<float>(r.x + r.w + 1) && uv.x1 * width > static_cast<float>(r.x - 1) &&
            uv.y0 * height < static_cast<float>(r.y + r.h + 1) && uv.y1 * height > static_cast<float>(r.y - 1))
            return true;
    }
    return false;
}

}  // namespace

void DamageTracker::hash_tiles(const ImDrawData& frame) {
    for_each_command(frame, [&](const Command& command) {
        const PixelRect clip = intersection(command.clip, {0, 0, width_px_, height_px_});
        if (clip.empty() || !command.texture) return;
        const bool has_updates = command.texture->Status == ImTextureStatus_WantUpdates;
        std::uint64_t seed = mix(reinterpret_cast<std::uintptr_t>(command.texture),
                                 static_cast<std::uint64_t>(command.texture->UniqueID));
        seed = mix(seed, static_cast<std::uint64_t>(clip.x0) << 32 | static_cast<std::uint32_t>(clip.y0));
        seed = mix(seed, static_cast<std::uint64_t>(clip.x1) << 32 | static_cast<std::uint32_t>(clip.y1));
        for_each_primitive(command, [&](const Primitive& primitive, const ImDrawIdx*) {
            const Box box = box_of(primitive, command.origin);
            // Positions are snapped when drawn, which may reach half a pixel further.
            const int x0 = clamp_to_int(box.x0 - 1, clip.x0, clip.x1);
            const int y0 = clamp_to_int(box.y0 - 1, clip.y0, clip.y1);
            const int x1 = clamp_to_int(box.x1 + 2, clip.x0, clip.x1);
            const int y1 = clamp_to_int(box.y1 + 2, clip.y0, clip.y1);
            if (x0 >= x1 || y0 >= y1) return;
            std::uint64_t hash = seed;
            for (unsigned i = 0; i < primitive.corner_count; ++i) hash = hash_vertex(hash, *primitive.corners[i]);
            const bool is_stale = has_updates && shows_updated_texels(primitive, *command.texture);
            for (int row = y0 >> kTileBits; row <= (y1 - 1) >> kTileBits; ++row) {
                for (int column = x0 >> kTileBits; column <= (x1 - 1) >> kTileBits; ++column) {
                    const auto tile = static_cast<std::size_t>(row * columns_ + column);
                    next_hashes_[tile] = mix(next_hashes_[tile], hash);
                    if (is_stale) stale_[tile] = true;
                }
            }
        });
    });
}

// Rows of changed tiles become rectangles; one that continues the rectangle above it makes that one taller.
void DamageTracker::collect_rects(bool everything) {
    rects_.clear();
    if (everything) {
        rects_.push_back({0, 0, width_px_, height_px_});
        return;
    }
    const auto changed = [&](int column, int row) {
        const auto tile = static_cast<std::size_t>(row * columns_ + column);
        return stale_[tile] || next_hashes_[tile] != hashes_[tile];
    };
    std::size_t above = 0;  // rectangles that end at this row begin here
    for (int row = 0; row < rows_; ++row) {
        const std::size_t row_start = rects_.size();
        for (int column = 0; column < columns_; ++column) {
            if (!changed(column, row)) continue;
            const int first = column;
            while (column < columns_ && changed(column, row)) ++column;
            PixelRect rect{first * kTile, row * kTile, std::min(column * kTile, width_px_),
                           std::min((row + 1) * kTile, height_px_)};
            for (std::size_t i = above; i < row_start; ++i) {
                if (rects_[i].x0 != rect.x0 || rects_[i].x1 != rect.x1 || rects_[i].y1 != rect.y0) continue;
                rect.y0 = rects_[i].y0;
                rects_[i] = {};
                break;
            }
            rects_.push_back(rect);
        }
        above = row_start;
    }
    std::erase_if(rects_, [](const PixelRect& rect) { return rect.empty(); });
}

const std::vector<PixelRect>& DamageTracker::update(const ImDrawData& frame) {
    const int width_px = static_cast<int>(frame.DisplaySize.x);
    const int height_px = static_cast<int>(frame.DisplaySize.y);
    const bool resized = width_px != width_px_ || height_px != height_px_;
    width_px_ = width_px;
    height_px_ = height_px;
    columns_ = (width_px + kTile - 1) >> kTileBits;
    rows_ = (height_px + kTile - 1) >> kTileBits;
    const auto tiles = static_cast<std::size_t>(columns_ * rows_);
    const bool everything = resized || hashes_.size() != tiles;
    next_hashes_.assign(tiles, 0);
    stale_.assign(tiles, false);
    hash_tiles(frame);
    collect_rects(everything);
    hashes_.swap(next_hashes_);
    return rects_;
}

}  // namespace kiosk::raster
