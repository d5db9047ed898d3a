#include <kiosk/raster/damage.hpp>
#include <kiosk/raster/headless.hpp>

#include <catch2/catch_test_macros.hpp>

#include <imgui.h>

using namespace kiosk;
using namespace kiosk::raster;

namespace {

constexpr const char* kFont = "/usr/share/fonts/truetype/noto/NotoSans-Regular.ttf";

class Context {
  public:
    Context() { ImGui::CreateContext(); }
    ~Context() { ImGui::DestroyContext(); }
};

struct Rig {
    Context context;
    Headless headless{core::ScreenSize{.width_px = 640, .height_px = 360}};

    Rig() { REQUIRE(ImGui::GetIO().Fonts->AddFontFromFileTTF(kFont, 40)); }

    template <class Draw>
    Picture frame(Draw draw) {
        headless.begin_frame();
        ImGui::NewFrame();
        draw(ImGui::GetForegroundDrawList());
        ImGui::Render();
        return headless.picture();
    }
};

int lit(const Picture& picture, PixelRect where) {
    int count = 0;
    for (int y = where.y0; y < where.y1; ++y)
        for (int x = where.x0; x < where.x1; ++x) count += (picture.at(x, y) & 0xFFFFFF) != 0;
    return count;
}

}  // namespace

TEST_CASE("Vietnamese text appears where it was put, in its colour, the same each time") {
    Rig rig;
    const auto draw = [](ImDrawList* list) {
        list->AddText({100, 50}, IM_COL32(255, 160, 0, 255), "Bạn đánh giá như thế nào?");
    };
    const Picture first = rig.frame(draw);
    const ImVec2 size = [] { return ImGui::CalcTextSize("Bạn đánh giá như thế nào?"); }();
    const PixelRect box{100, 50, 100 + static_cast<int>(size.x) + 1, 50 + static_cast<int>(size.y) + 1};
    const int inside = lit(first, box);
    CHECK(inside > 3000);
    CHECK(lit(first, {0, 0, 640, 360}) == inside);
    int full = 0;
    for (const Pixel p : first.pixels()) full += p == pixel(255, 160, 0);
    CHECK(full > 500);
    CHECK(rig.frame(draw) == first);
}

TEST_CASE("a rounded, anti-aliased button is full inside, empty outside and symmetric") {
    Rig rig;
    const Picture picture = rig.frame([](ImDrawList* list) {
        list->AddRectFilled({100, 100}, {300, 200}, IM_COL32_WHITE, 24);
    });
    CHECK(picture.at(200, 150) == pixel(255, 255, 255));
    CHECK(picture.at(101, 150) == pixel(255, 255, 255));
    CHECK(picture.at(101, 101) == pixel(0, 0, 0));
    CHECK(picture.at(98, 150) == pixel(0, 0, 0));
    for (int y = 100; y < 200; ++y) {
        for (int x = 100; x < 200; ++x) {
            const auto a = static_cast<int>(picture.at(x, y) & 255);
            const auto b = static_cast<int>(picture.at(399 - x, y) & 255);
            REQUIRE(std::abs(a - b) <= 2);
        }
    }
}

TEST_CASE("new glyphs are drawn in the frame that first needs them") {
    Rig rig;
    (void)rig.frame([](ImDrawList* list) { list->AddText({10, 10}, IM_COL32_WHITE, "a"); });
    const Picture picture = rig.frame([](ImDrawList* list) { list->AddText({10, 10}, IM_COL32_WHITE, "Ượng"); });
    CHECK(lit(picture, {10, 10, 200, 70}) > 400);
}

TEST_CASE("damage-limited drawing follows widgets, text and growing font textures to the pixel") {
    Rig rig;
    DamageTracker tracker;
    Rasteriser rasteriser(Tiling::two_threads);
    Picture kept(640, 360);
    int unchanged = 0;
    for (int step = 0; step < 120; ++step) {
        rig.headless.begin_frame();
        ImGui::GetIO().AddMousePosEvent(static_cast<float>(step * 11 % 640), static_cast<float>(step * 7 % 360));
        if (step % 9 == 0) ImGui::GetIO().AddMouseButtonEvent(0, step % 2 == 0);
        ImGui::NewFrame();
        ImGui::SetNextWindowPos({20, 20});
        ImGui::Begin("##page", nullptr, ImGuiWindowFlags_AlwaysAutoResize | ImGuiWindowFlags_NoDecoration);
        for (const char* label : {"Rất tốt", "Tốt", "Bình thường", "Kém"}) ImGui::Button(label);
        if (step / 10 % 2) ImGui::Text("%d", step / 3);
        ImGui::PushFont(nullptr, step > 60 ? 90.0f : 30.0f);  // larger glyphs make the atlas grow
        ImGui::Text("Cảm ơn quý khách %d", step / 20);
        ImGui::PopFont();
        ImGui::End();
        ImGui::Render();
        const ImDrawData& frame = *ImGui::GetDrawData();
        const auto& rects = tracker.update(frame);
        answer_texture_requests(frame);
        unchanged += rects.empty();
        rasteriser.draw(frame, kept.surface(), rects, pixel(0, 0, 0));
        REQUIRE(kept == rig.headless.picture());
    }
    CHECK(unchanged > 0);
}
