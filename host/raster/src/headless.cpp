#include <kiosk/raster/headless.hpp>

#include <kiosk/core/assert.hpp>

#include <imgui.h>

namespace kiosk::raster {

void attach_renderer() {
    ImGuiIO& io = ImGui::GetIO();
    KIOSK_ASSERT(!(io.BackendFlags & ImGuiBackendFlags_RendererHasTextures));
    KIOSK_ASSERT(io.Fonts->Fonts.empty());
    io.BackendRendererName = "kiosk_raster";
    io.BackendFlags |= ImGuiBackendFlags_RendererHasTextures | ImGuiBackendFlags_RendererHasVtxOffset;
    io.Fonts->TexDesiredFormat = ImTextureFormat_Alpha8;  // a quarter of the memory, and what glyphs are
}

void detach_renderer() {
    for (ImTextureData* texture : ImGui::GetPlatformIO().Textures) {
        if (texture->RefCount != 1) continue;  // another context goes on using it
        texture->SetTexID(ImTextureID_Invalid);
        texture->SetStatus(ImTextureStatus_Destroyed);
    }
    ImGuiIO& io = ImGui::GetIO();
    io.BackendRendererName = nullptr;
    io.BackendFlags &= ~(ImGuiBackendFlags_RendererHasTextures | ImGuiBackendFlags_RendererHasVtxOffset);
}

Headless::Headless(const core::ScreenSize& screen) : screen_(screen) {
    attach_renderer();
    ImGuiIO& io = ImGui::GetIO();
    io.BackendPlatformName = "kiosk_headless";
    io.IniFilename = nullptr;
    io.LogFilename = nullptr;
}

Headless::~Headless() {
    detach_renderer();
    ImGui::GetIO().BackendPlatformName = nullptr;
}

void Headless::begin_frame(std::chrono::milliseconds since_last) {
    ImGuiIO& io = ImGui::GetIO();
    io.DisplaySize = {static_cast<float>(screen_.width_px), static_cast<float>(screen_.height_px)};
    io.DeltaTime = std::max(0.001f, std::chrono::duration<float>(since_last).count());  // ImGui wants it above 0
}

Picture Headless::picture(Pixel background) {
    const ImDrawData* const frame = ImGui::GetDrawData();
    KIOSK_ASSERT(frame);
    answer_texture_requests(*frame);
    Picture picture(screen_.width_px, screen_.height_px);
    rasteriser_.draw(*frame, picture.surface(), picture.surface().bounds(), background);
    return picture;
}

}  // namespace kiosk::raster
