#include <kiosk/ui/context.hpp>

#include <kiosk/ui/paint.hpp>

#include <imgui.h>

namespace kiosk::ui {

Context::Context() {
    ImGui::CreateContext();
    ImGui::GetIO().IniFilename = nullptr;  // a kiosk leaves no files about
}

Context::~Context() { ImGui::DestroyContext(); }

void Context::forget_drawing() { ImGui::GetBackgroundDrawList()->_ClearFreeMemory(); }

const ImDrawData& Context::frame(const Scene& scene, const Fonts& fonts, Pictures* pictures) {
    ImGuiIO& io = ImGui::GetIO();
    io.DisplaySize = {static_cast<float>(scene.screen.width_px), static_cast<float>(scene.screen.height_px)};
    io.DeltaTime = 1.0F / 60;
    ImGui::NewFrame();
    paint(scene, fonts, pictures);
    ImGui::Render();
    if (pictures) pictures->hand_over();
    return *ImGui::GetDrawData();
}

}  // namespace kiosk::ui
