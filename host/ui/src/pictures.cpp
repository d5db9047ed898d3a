#include <kiosk/ui/pictures.hpp>

#include <imgui.h>

#include <algorithm>
#include <cmath>
#include <string>

namespace kiosk::ui {
namespace {

constexpr std::size_t kMostPixels = std::size_t{6} << 20;   // of all textures: three pages of pictures
constexpr int kFirstId = 1 << 20;                           // fonts count their textures from 1

}  // namespace

struct Pictures::Texture {
    std::string name;
    std::shared_ptr<const core::Image> image;   // what it was made of
    std::uint64_t drawn_in = 0;                 // frame
    ImTextureData data;

    std::size_t pixels() const { return static_cast<std::size_t>(data.Width) * static_cast<std::size_t>(data.Height); }
};

Pictures::Pictures(const core::PictureSource& source) : source_(source) {}

// What the renderer still keeps of them goes with the renderer.
Pictures::~Pictures() {
    ImVector<ImTextureData*>& known = ImGui::GetPlatformIO().Textures;
    for (const auto& texture : textures_) known.find_erase(&texture->data);
}

Rect Pictures::natural_size(std::string_view name) const {
    const auto image = source_.find(name);
    return image ? Rect{0, 0, static_cast<float>(image->width_px), static_cast<float>(image->height_px)} : Rect{};
}

Pictures::Texture& Pictures::texture_for(std::string_view name, const std::shared_ptr<const core::Image>& image, int width_px, int height_px) {
    const int width = std::clamp(width_px, 1, image->width_px), height = std::clamp(height_px, 1, image->height_px);
    const auto found = std::find_if(textures_.begin(), textures_.end(), [&](const auto& texture) {
        return texture->name == name && texture->image == image && texture->data.Width == width && texture->data.Height == height &&
               texture->data.Status != ImTextureStatus_WantDestroy;
    });
    if (found != textures_.end()) {
        std::rotate(found, found + 1, textures_.end());
        return *textures_.back();
    }
    auto texture = std::make_unique<Texture>();
    texture->name = name;
    texture->image = image;
    texture->data.Create(ImTextureFormat_RGBA32, width, height);
    texture->data.UniqueID = kFirstId + ++made_;
    texture->data.RefCount = 1;
    texture->data.UseColors = true;
    texture->data.SetStatus(ImTextureStatus_WantCreate);
    const core::Image small = core::shrunk(*image, width, height);
    auto* pixel = static_cast<ImU32*>(texture->data.GetPixels());
    for (const std::uint32_t colour : small.pixels) *pixel++ = IM_COL32(colour >> 16 & 255, colour >> 8 & 255, colour & 255, 255);
    return *textures_.emplace_back(std::move(texture));
}

void Pictures::draw(const Photo& photo, ImDrawList& list) {
    const auto image = source_.find(photo.name);
    if (!image) return;
    Texture& texture = texture_for(photo.name, image, static_cast<int>(std::lround(photo.rect.width)), static_cast<int>(std::lround(photo.rect.height)));
    texture.drawn_in = frame_ + 1;
    list.AddImageRounded(texture.data.GetTexRef(), {photo.rect.x, photo.rect.y}, {photo.rect.right(), photo.rect.bottom()}, {0, 0}, {1, 1}, IM_COL32_WHITE,
                         photo.radius_px);
}

// Those drawn longest ago go first; none that is on the page.
void Pictures::let_go() {
    std::erase_if(textures_, [](const auto& texture) { return texture->data.Status == ImTextureStatus_Destroyed; });
    std::size_t pixels = 0;
    for (const auto& texture : textures_) pixels += texture->pixels();
    for (const auto& texture : textures_) {
        if (pixels <= kMostPixels || texture->drawn_in == frame_) return;
        pixels -= texture->pixels();
        if (texture->data.Status == ImTextureStatus_WantDestroy) continue;
        texture->data.UnusedFrames = 1;
        texture->data.SetStatus(ImTextureStatus_WantDestroy);
    }
}

void Pictures::hand_over() {
    ++frame_;
    let_go();
    for (const auto& texture : textures_) ImGui::GetPlatformIO().Textures.push_back(&texture->data);
}

}  // namespace kiosk::ui
