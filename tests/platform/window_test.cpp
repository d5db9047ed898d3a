// The kiosk's window on a real X server, with real pointer events.
#include <kiosk/platform/run_loop.hpp>
#include <kiosk/platform/system.hpp>
#include <kiosk/raster/headless.hpp>
#include <kiosk/raster/png.hpp>
#include <kiosk/test_support/xtest_visitor.hpp>
#include <kiosk/test_support/xvfb.hpp>

#include <catch2/catch_test_macros.hpp>
#include <imgui.h>

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <functional>
#include <thread>

using namespace kiosk;
using namespace kiosk::platform;
using namespace std::chrono_literals;
using raster::Picture;
using raster::pixel;
using test_support::XTestVisitor;
using test_support::Xvfb;

namespace {

constexpr const char* kFont = "/usr/share/fonts/truetype/noto/NotoSans-Regular.ttf";
constexpr int kWidth = 800;
constexpr int kHeight = 600;

// The current ImGui context for as long as it lives.
class Context {
  public:
    Context() : before_(ImGui::GetCurrentContext()), mine_(ImGui::CreateContext()) { ImGui::SetCurrentContext(mine_); }
    ~Context() {
        ImGui::DestroyContext(mine_);
        ImGui::SetCurrentContext(before_);
    }
    Context(const Context&) = delete;
    Context& operator=(const Context&) = delete;

  private:
    ImGuiContext* before_;
    ImGuiContext* mine_;
};

std::unique_ptr<Xvfb> start_server() {
    auto server = Xvfb::start(kWidth, kHeight);
    REQUIRE(server);
    return std::move(server).value();
}

std::unique_ptr<XTestVisitor> enter_visitor() {
    auto visitor = XTestVisitor::create();
    REQUIRE(visitor);
    return std::move(visitor).value();
}

// A window with its context and fonts, on the test's server.
struct Kiosk {
    SystemClock clock;
    Context context;
    std::unique_ptr<Window> window;

    explicit Kiosk(RendererChoice renderer) {
        auto made = Window::create({.screen = std::nullopt, .renderer = renderer}, clock);
        REQUIRE(made);
        window = std::move(made).value();
        REQUIRE(ImGui::GetIO().Fonts->AddFontFromFileTTF(kFont, 32));
    }

    bool show(const std::function<void(ImDrawList&)>& draw) {
        window->begin_frame();
        ImGui::NewFrame();
        draw(*ImGui::GetBackgroundDrawList());
        ImGui::Render();
        const bool was_presented = window->present();
        (void)window->wait(0ms);
        return was_presented;
    }
};

// A page with all that pages have: text, rounded and thin shapes, lines, pictures made of gradients.
void draw_page(ImDrawList& list) {
    list.AddRectFilled({0, 0}, {kWidth, kHeight}, IM_COL32(247, 245, 240, 255));
    list.AddText(nullptr, 40, {40, 30}, IM_COL32(20, 30, 40, 255), "Bạn đánh giá như thế nào?");
    list.AddText(nullptr, 25, {40, 90}, IM_COL32(90, 20, 20, 200), "Cổng thông tin của xã, 1 phút");
    for (int i = 0; i < 4; ++i) {
        const float x = 40 + static_cast<float>(i) * 185;
        list.AddRectFilled({x, 150}, {x + 165, 400}, IM_COL32(255, 255, 255, 255), 16);
        list.AddRect({x, 150}, {x + 165, 400}, IM_COL32(120, 125, 130, 255), 16, 0, 3);
        list.AddCircleFilled({x + 82, 240}, 55, IM_COL32(250, 200, 60, 255));
        list.AddBezierQuadratic({x + 52, 255}, {x + 82, 285}, {x + 112, 255}, IM_COL32(40, 40, 40, 255), 6);
        list.AddText({x + 30, 330}, IM_COL32(20, 30, 40, 255), "Rất tốt");
    }
    list.AddRectFilledMultiColor({40, 430}, {760, 460}, IM_COL32(0, 90, 160, 255), IM_COL32(200, 90, 0, 255),
                                 IM_COL32(200, 190, 0, 128), IM_COL32(0, 190, 60, 128));
    list.AddLine({40, 480}, {760, 580}, IM_COL32(0, 0, 0, 255), 2);
    list.AddTriangleFilled({300, 490}, {500, 500}, {380, 590}, IM_COL32(160, 20, 90, 120));
}

Picture headless_page() {
    const Context context;
    raster::Headless headless(core::ScreenSize{.width_px = kWidth, .height_px = kHeight});
    REQUIRE(ImGui::GetIO().Fonts->AddFontFromFileTTF(kFont, 32));
    headless.begin_frame();
    ImGui::NewFrame();
    draw_page(*ImGui::GetBackgroundDrawList());
    ImGui::Render();
    return headless.picture();
}

struct Difference {
    int furthest = 0;         // of any channel of any pixel
    int beyond_tolerance = 0; // pixels
    double mean = 0;
};

Difference compare(const Picture& a, const Picture& b, int tolerance) {
    Difference result;
    double sum = 0;
    for (std::size_t i = 0; i < a.pixels().size(); ++i) {
        int worst = 0;
        for (const int shift : {0, 8, 16}) {
            const int difference = std::abs(static_cast<int>(a.pixels()[i] >> shift & 255) -
                                            static_cast<int>(b.pixels()[i] >> shift & 255));
            worst = std::max(worst, difference);
            sum += difference;
        }
        result.furthest = std::max(result.furthest, worst);
        result.beyond_tolerance += worst > tolerance;
    }
    result.mean = sum / static_cast<double>(a.pixels().size() * 3);
    return result;
}

// CPU time of the whole process, all threads.
std::chrono::microseconds process_cpu() {
    timespec used{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
    return std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::seconds(used.tv_sec) +
                                                                 std::chrono::nanoseconds(used.tv_nsec));
}

// A page with one button that turns green when a finger is lifted on it, and notes all it is told.
class ButtonPage final : public LoopClient {
  public:
    explicit ButtonPage(FramePacer& pacer) : pacer_(pacer) {}

    void handle(const InputEvent& event) override {
        events.push_back(event);
        if (const auto* pointer = std::get_if<PointerEvent>(&event))
            if (pointer->phase == PointerPhase::up && pointer->x_px > 300 && pointer->y_px > 200) is_green_ = true;
    }
    void tick(core::SteadyTime now) override {
        if (deadline && now >= *deadline) {
            deadline.reset();
            ++deadlines_met;
        }
        if (is_animated && !animating_) animating_ = pacer_.animate();
        if (!is_animated) animating_.reset();
    }
    Layout draw() override {
        ++frames;
        ImDrawList& list = *ImGui::GetBackgroundDrawList();
        draw_page(list);
        list.AddRectFilled({300, 200}, {500, 300}, is_green_ ? IM_COL32(0, 160, 0, 255) : IM_COL32(160, 0, 0, 255), 12);
        list.AddText({320, 230}, IM_COL32_WHITE, is_green_ ? "Đã chọn" : "Chọn");
        return is_layout_settled() ? Layout::settled : Layout::again;
    }
    std::optional<core::SteadyTime> next_deadline() const override { return deadline; }
    bool is_finished() const override { return is_finished_; }

    void finish() { is_finished_ = true; }  // any thread

    std::vector<InputEvent> events;
    std::atomic<int> frames = 0;
    int unsettled_layouts = 0;
    std::optional<core::SteadyTime> deadline;
    int deadlines_met = 0;
    std::atomic<bool> is_animated = false;

  private:
    bool is_layout_settled() { return unsettled_layouts-- <= 0; }

    FramePacer& pacer_;
    std::optional<FramePacer::Animating> animating_;
    bool is_green_ = false;
    std::atomic<bool> is_finished_ = false;
};

// Runs the loop here and, once the first frames were drawn, the visit beside it, until the visit is over.
void run_visit(Kiosk& kiosk, ButtonPage& page, FramePacer& pacer, const std::function<void()>& visit) {
    std::thread visiting([&] {
        while (page.frames < FramePacer::kSettleFrames) std::this_thread::sleep_for(5ms);
        visit();
        page.finish();
        kiosk.window->wake();
    });
    run_loop(*kiosk.window, pacer, kiosk.clock, page);
    visiting.join();
}

constexpr raster::PixelRect kButton{310, 210, 318, 218};

}  // namespace

TEST_CASE("a missing display is refused with what to do") {
    const Context context;
    const char* const before = std::getenv("DISPLAY");
    const std::string kept = before ? before : "";
    setenv("DISPLAY", ":65000", 1);
    const SystemClock clock;
    const auto window = Window::create({}, clock);
    before ? setenv("DISPLAY", kept.c_str(), 1) : unsetenv("DISPLAY");
    REQUIRE_FALSE(window);
    CHECK(window.error().code == "display.none");
    CHECK(window.error().message.en.find(":65000") != std::string::npos);
}

TEST_CASE("the software renderer's window shows what the headless renderer draws, pixel by pixel") {
    const auto server = start_server();
    const auto visitor = enter_visitor();
    Kiosk kiosk(RendererChoice::raster);
    CHECK(kiosk.window->screen().width_px == kWidth);
    CHECK(kiosk.window->renderer().kind == RendererChoice::raster);
    CHECK(kiosk.window->renderer().name == "raster, MIT-SHM");
    CHECK(kiosk.show(draw_page));
    CHECK_FALSE(kiosk.show(draw_page));
    REQUIRE(visitor->wait_until_still(100ms, 5s));
    CHECK(visitor->picture() == headless_page());
    CHECK(kiosk.window->frame_counts().submitted == 2);
    CHECK(kiosk.window->frame_counts().presented == 1);

    std::ifstream maps("/proc/self/maps");
    const std::string mapped((std::istreambuf_iterator<char>(maps)), {});
    CHECK(mapped.find("libGL") == std::string::npos);
}

TEST_CASE("OpenGL shows the same picture to within a small tolerance") {
    const auto server = start_server();
    const auto visitor = enter_visitor();
    const Picture expected = headless_page();
    Kiosk kiosk(RendererChoice::gl);
    REQUIRE(kiosk.window->renderer().kind == RendererChoice::gl);
    CHECK(kiosk.show(draw_page));
    REQUIRE(visitor->wait_until_still(200ms, 5s));
    const Difference difference = compare(visitor->picture(), expected, 3);
    INFO("furthest " << difference.furthest << ", pixels beyond 3/255: " << difference.beyond_tolerance << ", mean "
                     << difference.mean);
    CHECK(difference.mean < 0.05);
    CHECK(difference.beyond_tolerance < kWidth * kHeight / 2000);  // rims of slanted edges
}

TEST_CASE("where OpenGL would be a program, the software renderer takes over and says why") {
    const auto server = start_server();
    Kiosk kiosk(RendererChoice::automatic);
    CHECK(kiosk.window->renderer().kind == RendererChoice::raster);
    CHECK_FALSE(kiosk.window->renderer().reason.vi.empty());
    CHECK_FALSE(kiosk.window->renderer().reason.en.empty());
}

TEST_CASE("a finger on a real screen is a down, moves and an up, and changes the picture at once") {
    const auto server = start_server();
    const auto visitor = enter_visitor();
    Kiosk kiosk(RendererChoice::raster);
    FramePacer pacer;
    ButtonPage page(pacer);
    std::optional<std::chrono::microseconds> tap_to_pixel;
    run_visit(kiosk, page, pacer, [&] {
        visitor->wait_until_still(100ms, 5s);
        visitor->press({400, 250});
        std::this_thread::sleep_for(50ms);
        const Picture before = visitor->picture(kButton);
        visitor->release();
        tap_to_pixel = visitor->wait_for_change(kButton, before, 5s);
        visitor->drag({50, 50}, {150, 60}, 100ms);
        visitor->wait_until_still(100ms, 5s);
    });
    CHECK(tap_to_pixel);
    std::vector<PointerPhase> phases;
    for (const InputEvent& event : page.events) phases.push_back(std::get<PointerEvent>(event).phase);
    REQUIRE(phases.size() >= 5);
    CHECK(phases[0] == PointerPhase::down);
    CHECK(phases[1] == PointerPhase::up);
    CHECK(phases[2] == PointerPhase::down);
    CHECK(std::count(phases.begin() + 3, phases.end() - 1, PointerPhase::move) == std::ssize(phases) - 4);
    CHECK(phases.back() == PointerPhase::up);
    const auto& first = std::get<PointerEvent>(page.events[0]);
    CHECK(first.x_px == 400);
    CHECK(first.y_px == 250);
    const auto& last = std::get<PointerEvent>(page.events.back());
    CHECK(last.x_px == 150);
    CHECK(last.y_px == 60);
    CHECK(last.time > first.time);
}

TEST_CASE("keys come by their meaning and characters as text, in order") {
    const auto server = start_server();
    const auto visitor = enter_visitor();
    Kiosk kiosk(RendererChoice::raster);
    FramePacer pacer;
    ButtonPage page(pacer);
    run_visit(kiosk, page, pacer, [&] {
        visitor->wait_until_still(100ms, 5s);
        CHECK(visitor->type("aD 9"));
        for (const char* name : {"Return", "BackSpace", "Delete", "Tab", "Left", "Page_Down"}) CHECK(visitor->key(name));
        CHECK_FALSE(visitor->key("NoSuchKey"));
        std::this_thread::sleep_for(100ms);
    });
    std::string text;
    std::vector<Key> keys;
    for (const InputEvent& event : page.events) {
        if (const auto* typed = std::get_if<TextEvent>(&event)) text += typed->utf8;
        if (const auto* key = std::get_if<KeyEvent>(&event)) keys.push_back(key->key);
    }
    CHECK(text == "aD 9");
    CHECK(keys == std::vector{Key::enter, Key::backspace, Key::remove, Key::tab, Key::left, Key::page_down});
}

TEST_CASE("at rest no frame is drawn and next to no CPU is used") {
    for (const RendererChoice renderer : {RendererChoice::raster, RendererChoice::gl}) {
        const auto server = start_server();
        const auto visitor = enter_visitor();
        Kiosk kiosk(renderer);
        FramePacer pacer;
        ButtonPage page(pacer);
        int frames_before = 0, frames_after = 0;
        std::chrono::microseconds cpu{};
        run_visit(kiosk, page, pacer, [&] {
            visitor->wait_until_still(500ms, 5s);
            frames_before = page.frames;
            const auto cpu_before = process_cpu();
            std::this_thread::sleep_for(3s);
            cpu = process_cpu() - cpu_before;
            frames_after = page.frames;
        });
        CHECK(frames_before > 0);
        CHECK(frames_after == frames_before);
        CHECK(cpu < 10ms);  // what 30 s may cost; waking from the sleep and a busy machine cost more than resting does
    }
}

TEST_CASE("a deadline wakes the loop once, without a frame") {
    const auto server = start_server();
    Kiosk kiosk(RendererChoice::raster);
    FramePacer pacer;
    ButtonPage page(pacer);
    page.deadline = kiosk.clock.steady_now() + 300ms;
    int frames_when_still = 0;
    run_visit(kiosk, page, pacer, [&] {
        std::this_thread::sleep_for(200ms);
        frames_when_still = page.frames;
        std::this_thread::sleep_for(400ms);
    });
    CHECK(page.deadlines_met == 1);
    CHECK(page.frames == frames_when_still);
}

TEST_CASE("an animation is drawn at sixty frames a second and no faster") {
    const auto server = start_server();
    Kiosk kiosk(RendererChoice::raster);
    FramePacer pacer;
    ButtonPage page(pacer);
    page.is_animated = true;
    run_visit(kiosk, page, pacer, [&] { std::this_thread::sleep_for(1s); });
    CHECK(page.frames > 20);  // a busy machine may skip some
    CHECK(page.frames < 70);
}

TEST_CASE("a layout that wants another pass is shown only when settled, and never hangs the kiosk") {
    const auto server = start_server();
    Kiosk kiosk(RendererChoice::raster);
    FramePacer pacer;
    ButtonPage page(pacer);
    page.unsettled_layouts = 1;
    run_visit(kiosk, page, pacer, [&] { std::this_thread::sleep_for(200ms); });
    CHECK(page.frames == 4);  // three settle frames, the first laid out twice
    CHECK(kiosk.window->frame_counts().submitted == 3);
    CHECK(kiosk.window->frame_counts().presented == 1);

    ButtonPage restless(pacer);
    restless.unsettled_layouts = 1000;
    run_visit(kiosk, restless, pacer, [&] { std::this_thread::sleep_for(100ms); });
    CHECK(restless.frames == 9);
}

TEST_CASE("what is on the screen after partial redraws is what a full one would show, with both renderers") {
    const auto server = start_server();
    const auto visitor = enter_visitor();
    const auto draw = [](int step) {
        return [step](ImDrawList& list) {
            draw_page(list);
            const float x = 40 + static_cast<float>(step * 53 % 600);
            list.AddCircleFilled({x, 300}, 30 + static_cast<float>(step % 5) * 4, IM_COL32(0, 90, 160, 180));
            list.AddText(nullptr, 25, {x, 500}, IM_COL32(20, 30, 40, 255), step % 2 ? "Lượt" : "Phiếu");
        };
    };
    constexpr int kSteps = 12;
    for (const RendererChoice renderer : {RendererChoice::raster, RendererChoice::gl}) {
        Picture partly(1, 1);
        {
            Kiosk kiosk(renderer);
            for (int step = 0; step <= kSteps; ++step) kiosk.show(draw(step));
            visitor->wait_until_still(150ms, 5s);
            partly = visitor->picture();
            CHECK(kiosk.window->frame_counts().presented == kSteps + 1);
            CHECK(kiosk.window->frame_counts().presented_px < std::uint64_t{kWidth} * kHeight * kSteps / 2);
        }
        Kiosk kiosk(renderer);
        kiosk.show(draw(kSteps));
        visitor->wait_until_still(150ms, 5s);
        CHECK(visitor->picture() == partly);
    }
}

TEST_CASE("a window that was covered shows its picture again, without drawing it anew") {
    const auto server = start_server();
    const auto visitor = enter_visitor();
    for (const RendererChoice renderer : {RendererChoice::raster, RendererChoice::gl}) {
        Kiosk kiosk(renderer);
        FramePacer pacer;
        ButtonPage page(pacer);
        run_visit(kiosk, page, pacer, [&] {
            visitor->wait_until_still(150ms, 5s);
            const Picture before = visitor->picture();
            const int frames = page.frames;
            visitor->cover({100, 100, 400, 300});
            std::this_thread::sleep_for(100ms);
            CHECK(visitor->picture() != before);
            visitor->uncover();
            visitor->wait_until_still(150ms, 5s);
            CHECK(visitor->picture() == before);
            CHECK(page.frames == frames);
        });
    }
}
