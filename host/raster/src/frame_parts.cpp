#include "frame_parts.hpp"

#include "texture.hpp"

#include <kiosk/core/assert.hpp>

namespace kiosk::raster {
namespace {

constexpr int kBandBits = 7;
constexpr int kBandHeight = 1 << kBandBits;

// Cheap and safe to err: drawing is clipped exactly.
bool may_touch(const Box& box, const PixelRect& rect) {
    return !(box.x1 < static_cast<float>(rect.x0) || box.x0 > static_cast<float>(rect.x1) || box.y1 < static_cast<float>(rect.y0) ||
             box.y0 > static_cast<float>(rect.y1));
}

// A rectangle of one colour that lets nothing through.
bool covers(const Command& command, const Primitive& primitive, const Box& box, const PixelRect& rect) {
    if (box.x0 > static_cast<float>(rect.x0) || box.y0 > static_cast<float>(rect.y0) || box.x1 < static_cast<float>(rect.x1) ||
        box.y1 < static_cast<float>(rect.y1) || intersection(command.clip, rect) != rect || !is_box(primitive))
        return false;
    const ImDrawVert& first = *primitive.corners[0];
    const ImDrawVert& last = *primitive.corners[2];
    if (first.uv.x != last.uv.x || first.uv.y != last.uv.y || unpack(first.col).alpha != 255) return false;
    KIOSK_ASSERT(command.texture && command.texture->Pixels);
    const Texture texture(*command.texture);
    return texture.sample(to_texels(first.uv.x, texture.width()), to_texels(first.uv.y, texture.height())).alpha == 255;
}

// Not a number, and what lies outside, goes to the nearest.
std::size_t band_of(float y, std::size_t bands) {
    const float limit = static_cast<float>(bands) * kBandHeight - 1;
    return static_cast<std::size_t>(y > 0 ? std::min(y, limit) : 0) >> kBandBits;
}

}  // namespace

FrameParts::FrameParts(const ImDrawData& frame, std::span<const PixelRect> clips, const PixelRect& bounds) {
    cut(clips, bounds);
    if (parts_.empty()) return;
    for_each_command(frame, [&](const Command& command) { commands_.push_back(command); });
    for (const Command& command : commands_) sort_in(command);
}

void FrameParts::cut(std::span<const PixelRect> clips, const PixelRect& bounds) {
    for (PixelRect band = bounds; band.y0 < bounds.y1; band.y0 = band.y1) {
        band.y1 = std::min(band.y0 + kBandHeight, bounds.y1);
        first_of_band_.push_back(parts_.size());
        for (const PixelRect& clip : clips) {
            const PixelRect rect = intersection(clip, band);
            if (rect.empty()) continue;
            area_ += rect.area();
            parts_.push_back({rect, {}});
        }
    }
    first_of_band_.push_back(parts_.size());
}

void FrameParts::sort_in(const Command& command) {
    const std::size_t bands = first_of_band_.size() - 1;
    for_each_primitive(command, [&](const Primitive& primitive, const ImDrawIdx* index) {
        const Box box = box_of(primitive, command.origin);
        // One row more on both sides: positions are snapped when drawn.
        const std::size_t end = first_of_band_[band_of(box.y1 + 1, bands) + 1];
        for (std::size_t i = first_of_band_[band_of(box.y0 - 1, bands)]; i < end; ++i) {
            FramePart& part = parts_[i];
            if (!may_touch(box, part.rect)) continue;
            if (covers(command, primitive, box, part.rect)) {
                part.entries.clear();
                part.is_covered = true;
            }
            part.entries.push_back({&command, index});
        }
    });
}

}  // namespace kiosk::raster
