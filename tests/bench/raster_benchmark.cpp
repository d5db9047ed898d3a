// How long the software renderer takes for a full-HD page of the kiosk's kind: the whole of it, one tapped button, and
// finding out that nothing changed.
#include <kiosk/raster/damage.hpp>
#include <kiosk/raster/headless.hpp>

#include <benchmark/benchmark.h>
#include <imgui.h>

#include <array>
#include <optional>

using namespace kiosk;
using namespace kiosk::raster;

namespace {

constexpr core::ScreenSize kFullHd{.width_px = 1920, .height_px = 1080};
constexpr const char* kFont = "/usr/share/fonts/truetype/noto/NotoSans-Regular.ttf";
constexpr std::array<const char*, 4> kFaces = {"Rất tốt", "Tốt", "Bình thường", "Kém"};

// A poll page: question, four cards with faces, two buttons.
class Page {
  public:
    Page() : context_(ImGui::CreateContext()), headless_(std::in_place, kFullHd) {
        ImGui::GetIO().Fonts->AddFontFromFileTTF(kFont, 40);
        show(-1);
    }
    ~Page() {
        headless_.reset();
        ImGui::DestroyContext(context_);
    }

    const ImDrawData& show(int pressed) {
        headless_->begin_frame();
        ImGui::NewFrame();
        ImDrawList* const list = ImGui::GetBackgroundDrawList();
        list->AddRectFilled({0, 0}, {1920, 1080}, IM_COL32(247, 245, 240, 255));
        list->AddText(nullptr, 64, {120, 120}, IM_COL32(20, 30, 40, 255),
                      "Bạn đánh giá như thế nào về cổng thông tin này?");
        for (int i = 0; i < 4; ++i) {
            const float x = 120 + static_cast<float>(i) * 430;
            const ImVec2 centre{x + 195, 500};
            list->AddRectFilled({x, 300}, {x + 390, 800}, i == pressed ? IM_COL32(220, 235, 250, 255) : IM_COL32_WHITE, 24);
            list->AddRect({x, 300}, {x + 390, 800}, IM_COL32(180, 185, 190, 255), 24, 0, 4);
            list->AddCircleFilled(centre, 120, IM_COL32(250, 200, 60, 255));
            list->AddCircleFilled({centre.x - 40, centre.y - 30}, 14, IM_COL32(40, 40, 40, 255));
            list->AddCircleFilled({centre.x + 40, centre.y - 30}, 14, IM_COL32(40, 40, 40, 255));
            list->AddBezierQuadratic({centre.x - 60, centre.y + 40}, {centre.x, centre.y + 90},
                                     {centre.x + 60, centre.y + 40}, IM_COL32(40, 40, 40, 255), 10);
            list->AddText({x + 100, 700}, IM_COL32(20, 30, 40, 255), kFaces[static_cast<std::size_t>(i)]);
        }
        list->AddRectFilled({120, 900}, {520, 1020}, IM_COL32(225, 228, 230, 255), 20);
        list->AddText({230, 935}, IM_COL32(20, 30, 40, 255), "Quay lại");
        list->AddRectFilled({1400, 900}, {1800, 1020}, IM_COL32(0, 90, 160, 255), 20);
        list->AddText({1500, 935}, IM_COL32_WHITE, "Bỏ qua");
        ImGui::Render();
        return *ImGui::GetDrawData();
    }

    const ImDrawData& show_text() {
        headless_->begin_frame();
        ImGui::NewFrame();
        ImDrawList* const list = ImGui::GetBackgroundDrawList();
        for (int line = 0; line < 30; ++line)
            list->AddText(nullptr, 28, {20, 10 + static_cast<float>(line) * 35}, IM_COL32_WHITE,
                          "Quý khách hài lòng với chất lượng phục vụ hôm nay ở mức nào? Thời gian chờ đợi, thái độ của "
                          "nhân viên, biển chỉ dẫn, thủ tục hành chính");
        ImGui::Render();
        return *ImGui::GetDrawData();
    }

  private:
    ImGuiContext* context_;
    std::optional<Headless> headless_;
};

void full_frame(benchmark::State& state, Tiling tiling) {
    Page page;
    Picture picture(1920, 1080);
    Rasteriser rasteriser(tiling);
    const ImDrawData& frame = page.show(-1);
    answer_texture_requests(frame);
    for (auto _ : state) rasteriser.draw(frame, picture.surface(), picture.surface().bounds(), pixel(0, 0, 0));
}
BENCHMARK_CAPTURE(full_frame, one_thread, Tiling::single)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK_CAPTURE(full_frame, two_threads, Tiling::two_threads)->Unit(benchmark::kMillisecond)->UseRealTime();

// A page full of words at a size whose glyphs ImGui keeps at double width, so that every one is sampled, not copied.
void page_of_text(benchmark::State& state) {
    Page page;
    Picture picture(1920, 1080);
    Rasteriser rasteriser;
    const ImDrawData& frame = page.show_text();
    answer_texture_requests(frame);
    for (auto _ : state) rasteriser.draw(frame, picture.surface(), picture.surface().bounds(), pixel(0, 0, 0));
    state.counters["glyphs"] = frame.TotalVtxCount / 4;
}
BENCHMARK(page_of_text)->Unit(benchmark::kMillisecond)->UseRealTime();

// Layout, damage, and drawing of the one card that a finger pressed or let go.
void tapped_card(benchmark::State& state) {
    Page page;
    Picture picture(1920, 1080);
    Rasteriser rasteriser;
    DamageTracker tracker;
    int step = 0;
    std::int64_t drawn_px = 0;
    for (auto _ : state) {
        const ImDrawData& frame = page.show(step++ % 2 ? 1 : -1);
        const auto& rects = tracker.update(frame);
        answer_texture_requests(frame);
        rasteriser.draw(frame, picture.surface(), rects, pixel(0, 0, 0));
        for (const PixelRect& rect : rects) drawn_px += rect.area();
    }
    state.counters["pixels"] = benchmark::Counter(static_cast<double>(drawn_px), benchmark::Counter::kAvgIterations);
}
BENCHMARK(tapped_card)->Unit(benchmark::kMillisecond)->UseRealTime();

void unchanged_frame(benchmark::State& state) {
    Page page;
    DamageTracker tracker;
    const ImDrawData& frame = page.show(-1);
    answer_texture_requests(frame);
    for (auto _ : state) benchmark::DoNotOptimize(tracker.update(frame).size());
}
BENCHMARK(unchanged_frame)->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace

BENCHMARK_MAIN();
