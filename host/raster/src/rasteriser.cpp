#include <kiosk/raster/rasteriser.hpp>

#include "frame_parts.hpp"
#include "rows.hpp"
#include "texture.hpp"
#include "triangle.hpp"

#include <kiosk/core/assert.hpp>

#include <atomic>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

namespace kiosk::raster {
namespace {

constexpr std::int64_t kWorthSharing = 128 * 1024;  // pixels; waking a thread costs as much as drawing some 50,000

Rgba modulated(const Rgba& texel, const Rgba& colour) {
    return {divide_by_255(texel.red * colour.red), divide_by_255(texel.green * colour.green),
            divide_by_255(texel.blue * colour.blue), divide_by_255(texel.alpha * colour.alpha)};
}

// Draws one command's primitives within a clip.
class CommandPainter {
  public:
    CommandPainter(const Command& command, Surface target, PixelRect clip)
        : command_(command), texture_(*command.texture), target_(target), clip_(clip) {}

    void draw(const Primitive& primitive) {
        if (is_box(primitive)) return draw_box(primitive);
        if (primitive.corner_count == 4) {
            draw_corners({primitive.corners[0], primitive.corners[1], primitive.corners[2]});
            draw_corners({primitive.corners[0], primitive.corners[2], primitive.corners[3]});
            return;
        }
        draw_corners({primitive.corners[0], primitive.corners[1], primitive.corners[2]});
    }

  private:
    int x_of(const ImDrawVert& vertex) const { return to_subpixels(vertex.pos.x - command_.origin.x); }
    int y_of(const ImDrawVert& vertex) const { return to_subpixels(vertex.pos.y - command_.origin.y); }

    // The texel under a primitive whose corners all point to one place: ImGui's white pixel, nearly always.
    Rgba texel_at(const ImVec2& uv) {
        if (!(uv.x == last_uv_.x && uv.y == last_uv_.y)) {
            last_uv_ = uv;
            last_texel_ = texture_.sample(to_texels(uv.x, texture_.width()), to_texels(uv.y, texture_.height()));
        }
        return last_texel_;
    }

    void draw_box(const Primitive& primitive) {
        const ImDrawVert& first = *primitive.corners[0];
        const ImDrawVert& last = *primitive.corners[2];
        const int left = x_of(first), top = y_of(first), right = x_of(last), bottom = y_of(last);
        const PixelRect box =
            intersection({first_pixel(left), first_pixel(top), first_pixel(right), first_pixel(bottom)}, clip_);
        if (box.empty()) return;
        const Rgba tint = unpack(first.col);
        if (first.uv.x == last.uv.x && first.uv.y == last.uv.y) {
            const Rgba colour = modulated(texel_at(first.uv), tint);
            const Pixel source = pixel(colour.red, colour.green, colour.blue);
            if (colour.alpha == 0) return;
            for (int y = box.y0; y < box.y1; ++y)
                blend_row(target_.row(y) + box.x0, box.width(), source, colour.alpha);
            return;
        }
        if (tint.alpha == 0) return;
        const std::int64_t u0 = to_texels(first.uv.x, texture_.width());
        const std::int64_t v0 = to_texels(first.uv.y, texture_.height());
        const std::int64_t u_step = (to_texels(last.uv.x, texture_.width()) - u0) * kSubpixels / (right - left);
        const std::int64_t v_step = (to_texels(last.uv.y, texture_.height()) - v0) * kSubpixels / (bottom - top);
        const auto centre = [](int at, int edge) { return std::int64_t{at} * kSubpixels + kPixelCentre - edge; };
        const std::int64_t u = u0 + ((centre(box.x0, left) * u_step) >> kSubpixelBits);
        const std::int64_t v = v0 + ((centre(box.y0, top) * v_step) >> kSubpixelBits);
        draw_texels(box, u, v, u_step, v_step, tint);
    }

    void draw_texels(PixelRect box, std::int64_t u, std::int64_t v, std::int64_t u_step, std::int64_t v_step,
                     const Rgba& tint) {
        const std::int64_t texel_mask = kTexel - 1;
        const std::int64_t x = u >> kTexelBits;
        const std::int64_t y = v >> kTexelBits;
        const bool one_to_one = texture_.alpha_only() && u_step == kTexel && v_step == kTexel &&
                                (u & texel_mask) == 0 && (v & texel_mask) == 0 && x >= 0 && y >= 0 &&
                                x + box.width() <= texture_.width() && y + box.height() <= texture_.height();
        const Pixel source = pixel(tint.red, tint.green, tint.blue);
        for (int row = 0; row < box.height(); ++row, v += v_step) {
            Pixel* const to = target_.row(box.y0 + row) + box.x0;
            if (one_to_one && tint.alpha == 255) {
                blend_row(to, box.width(), source,
                          texture_.alpha_at(static_cast<int>(x), static_cast<int>(y) + row));
            } else {
                draw_textured_row(to, box.width(), texture_, u, v, u_step, 0, tint);
            }
        }
    }

    void draw_corners(const std::array<const ImDrawVert*, 3>& vertices) {
        const ImVec2& uv = vertices[0]->uv;
        const auto same_place = [&](const ImDrawVert* other) { return other->uv.x == uv.x && other->uv.y == uv.y; };
        const bool plain = same_place(vertices[1]) && same_place(vertices[2]);
        const Rgba texel = plain ? texel_at(uv) : Rgba{};
        std::array<Corner, 3> corners;
        for (std::size_t i = 0; i < 3; ++i) {
            const ImDrawVert& vertex = *vertices[i];
            corners[i] = {.x = x_of(vertex), .y = y_of(vertex), .colour = unpack(vertex.col)};
            if (plain) {
                corners[i].colour = modulated(texel, corners[i].colour);
            } else {
                corners[i].u = to_texels(vertex.uv.x, texture_.width());
                corners[i].v = to_texels(vertex.uv.y, texture_.height());
            }
        }
        if (plain)
            draw_triangle(target_, clip_, corners);
        else
            draw_triangle(target_, clip_, corners, texture_);
    }

    const Command& command_;
    Texture texture_;
    Surface target_;
    PixelRect clip_;
    ImVec2 last_uv_{-1, -1};
    Rgba last_texel_;
};

void draw_part(const FramePart& part, Surface target, Pixel background) {
    if (!part.is_covered)
        for (int y = part.rect.y0; y < part.rect.y1; ++y) fill_row(target.row(y) + part.rect.x0, part.rect.width(), background);
    std::optional<CommandPainter> painter;
    const Command* command = nullptr;
    for (const FramePart::Entry& entry : part.entries) {
        if (std::exchange(command, entry.command) != entry.command) {
            const PixelRect clip = intersection(command->clip, part.rect);
            painter.reset();
            if (clip.empty()) continue;
            KIOSK_ASSERT(command->texture && command->texture->Pixels);
            painter.emplace(*command, target, clip);
        }
        if (painter) painter->draw(primitive_at(*command, entry.index));
    }
}

}  // namespace

// One thread that runs a job beside the caller's own.
class Rasteriser::Helper {
  public:
    Helper() : thread_([this] { run(); }) {}

    ~Helper() {
        {
            const std::lock_guard lock(mutex_);
            stopping_ = true;
        }
        wake_.notify_one();
        thread_.join();
    }

    void run_on_both(const std::function<void()>& job) {
        {
            const std::lock_guard lock(mutex_);
            job_ = &job;
        }
        wake_.notify_one();
        job();
        std::unique_lock lock(mutex_);
        if (!has_begun_) job_ = nullptr;  // where the other core was busy, all is drawn already
        done_.wait(lock, [this] { return job_ == nullptr; });
    }

  private:
    void run() {
        std::unique_lock lock(mutex_);
        for (;;) {
            wake_.wait(lock, [this] { return stopping_ || job_; });
            if (stopping_) return;
            const std::function<void()>& job = *job_;
            has_begun_ = true;
            lock.unlock();
            job();
            lock.lock();
            has_begun_ = false;
            job_ = nullptr;
            done_.notify_one();
        }
    }

    std::mutex mutex_;
    std::condition_variable wake_;
    std::condition_variable done_;
    const std::function<void()>* job_ = nullptr;
    bool has_begun_ = false;
    bool stopping_ = false;
    std::thread thread_;  // last: it uses the others
};

Rasteriser::Rasteriser(Tiling tiling)
    : helper_(tiling == Tiling::two_threads ? std::make_unique<Helper>() : nullptr) {}

Rasteriser::~Rasteriser() = default;

void Rasteriser::draw(const ImDrawData& frame, Surface target, PixelRect clip, Pixel background) {
    draw(frame, target, std::span(&clip, 1), background);
}

void Rasteriser::draw(const ImDrawData& frame, Surface target, std::span<const PixelRect> clips, Pixel background) {
    KIOSK_ASSERT(frame.Valid);
    KIOSK_ASSERT(frame.FramebufferScale.x == 1 && frame.FramebufferScale.y == 1);  // X11 maps one to one
    const FrameParts sorted(frame, clips, target.bounds());
    const std::span<const FramePart> parts = sorted.parts();
    std::atomic<std::size_t> next{0};
    const std::function<void()> job = [&] {
        for (std::size_t i = next++; i < parts.size(); i = next++) draw_part(parts[i], target, background);
    };
    if (helper_ && sorted.area() >= kWorthSharing)
        helper_->run_on_both(job);
    else
        job();
}

void answer_texture_requests(const ImDrawData& frame) {
    if (!frame.Textures) return;
    for (ImTextureData* texture : *frame.Textures) {
        if (texture->Status == ImTextureStatus_WantCreate || texture->Status == ImTextureStatus_WantUpdates) {
            texture->SetTexID(static_cast<ImTextureID>(reinterpret_cast<std::uintptr_t>(texture)));
            texture->SetStatus(ImTextureStatus_OK);
        } else if (texture->Status == ImTextureStatus_WantDestroy && texture->UnusedFrames > 0) {
            texture->SetTexID(ImTextureID_Invalid);
            texture->SetStatus(ImTextureStatus_Destroyed);
        }
    }
}

}  // namespace kiosk::raster
