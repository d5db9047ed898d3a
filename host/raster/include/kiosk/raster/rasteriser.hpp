// Draws what Dear ImGui made of a frame into pixels, in integer arithmetic, so that a picture is the same on every
// machine. Serves kiosks without a GPU, `render`, `gallery` and every picture test.
//
// Rules: a pixel belongs to a triangle when its centre does, a centre on an edge only for the left and top edges, so
// that neighbours neither overlap nor gap; positions are snapped to 1/256 pixel; textures are sampled bilinearly and
// clamped, as OpenGL does; colours blend over the destination with exact rounding. What a pixel becomes does not
// depend on the clip, so drawing part of a frame gives exactly those pixels of the whole.
//
// Needs the context to have been prepared by Headless (headless.hpp) or a renderer that answers the texture protocol
// through answer_texture_requests(). ImDrawCmd user callbacks are not called. Thread: the one that owns the ImGui
// context; draw() with two tiles uses one helper thread of its own and returns when both are done. Cannot fail.
#pragma once

#include <kiosk/raster/picture.hpp>

#include <memory>
#include <span>

struct ImDrawData;

namespace kiosk::raster {

enum class Tiling { single = 1, two_threads = 2 };

class Rasteriser {
  public:
    explicit Rasteriser(Tiling tiling = Tiling::single);
    ~Rasteriser();
    Rasteriser(const Rasteriser&) = delete;
    Rasteriser& operator=(const Rasteriser&) = delete;

    // Fills `clip` of `target` with `background`, then draws the frame there. Pixels outside stay as they are.
    void draw(const ImDrawData& frame, Surface target, PixelRect clip, Pixel background);
    void draw(const ImDrawData& frame, Surface target, std::span<const PixelRect> clips, Pixel background);

  private:
    class Helper;
    std::unique_ptr<Helper> helper_;
};

// Answers ImGui's requests to create, update and destroy textures. Pixels are read where ImGui keeps them, so nothing
// is copied. Call once a frame, after ImGui::Render() and after DamageTracker::update().
void answer_texture_requests(const ImDrawData& frame);

}  // namespace kiosk::raster
