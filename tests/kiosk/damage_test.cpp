// The pages of the gallery, those of staff among them, touched, scrolled, in larger letters and another theme: drawn
// only where it differs from what was shown before, each is to the pixel what a whole redraw shows. Of the hundreds of
// pages of questions every fifth is taken; KIOSK_EVERY_PAGE=1 takes them all.
#include "composition.hpp"
#include "glass.hpp"
#include "page_route.hpp"
#include "virtual_clock.hpp"

#include <kiosk/raster/damage.hpp>
#include <kiosk/raster/headless.hpp>
#include <kiosk/raster/rasteriser.hpp>
#include <kiosk/ui/context.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstdlib>
#include <memory>
#include <optional>
#include <string>
#include <vector>

using namespace kiosk;

namespace {

// A screen that is only ever drawn on where something changed, and what it would show otherwise.
class Screen {
  public:
    Screen() {
        raster::attach_renderer();
        auto loaded = ui::Fonts::load();
        REQUIRE(loaded);
        fonts_.emplace(std::move(*loaded));
    }
    ~Screen() {
        fonts_.reset();
        raster::detach_renderer();
    }
    Screen(const Screen&) = delete;
    Screen& operator=(const Screen&) = delete;

    const ui::Fonts& fonts() const { return *fonts_; }

    // False: the two differ.
    bool shows(const ui::Scene& scene) {
        const ImDrawData& frame = context_.frame(scene, *fonts_);
        if (!kept_ || kept_->width_px() != scene.screen.width_px) kept_.emplace(scene.screen.width_px, scene.screen.height_px);
        const auto& rects = tracker_.update(frame);
        raster::answer_texture_requests(frame);
        rasteriser_.draw(frame, kept_->surface(), rects, raster::pixel(0, 0, 0));
        for (const raster::PixelRect& rect : rects) drawn_px += rect.area();
        raster::Picture whole(scene.screen.width_px, scene.screen.height_px);
        rasteriser_.draw(frame, whole.surface(), whole.surface().bounds(), raster::pixel(0, 0, 0));
        shown_px += whole.surface().bounds().area();
        ++frames;
        return *kept_ == whole;
    }

    int frames = 0;
    std::int64_t drawn_px = 0, shown_px = 0;

  private:
    ui::Context context_;
    std::optional<ui::Fonts> fonts_;
    raster::DamageTracker tracker_;
    raster::Rasteriser rasteriser_;
    std::optional<raster::Picture> kept_;
};

// One page as `gallery` comes to it, in front of a visitor who touches it.
class Page {
  public:
    Page(Screen& screen, const core::ScreenSize& size, const std::string& name) : screen_(screen), size_(size) {
        LaunchOptions options;
        options.screen = size;
        Outside outside;
        outside.has_speech = true;
        auto made = Composition::create(options, name == "welcome" ? Purpose::show_welcome : Purpose::show, clock_, random_, outside);
        REQUIRE(made);
        composition_ = std::move(*made);
        exists_ = static_cast<bool>(go_to_page(machine(), clock_, name, {}));
        glass_.emplace(machine(), size, screen.fonts());
    }

    bool exists() const { return exists_; }
    std::vector<std::string> all_names() { return page_names(machine(), composition_->forms()); }

    // What was being done when the two pictures differed; empty: they never did.
    std::string first_difference() {
        if (!shows()) return "arriving";
        if (!touch_something()) return "touching";
        if (!scroll()) return "scrolling";
        for (const char* aid : {"aid.size", "aid.contrast", "aid.lower", "aid.language"}) {
            machine().press(aid);
            if (!shows()) return aid;
        }
        return {};
    }

  private:
    Machine& machine() { return composition_->machine(); }
    bool shows() { return screen_.shows(glass_->look()); }
    void finger(app::Finger::Phase phase, float x_mm, float y_mm) {
        clock_.advance(core::SteadyTime(16));
        glass_->touch({phase, x_mm, y_mm, clock_.steady_now()});
    }

    // Down on each of the first targets, and away from it again without pressing it.
    bool touch_something() {
        const ui::Scene scene = glass_->look();
        const float per_mm = size_.px_per_mm();
        int touched = 0;
        for (const ui::PlacedItem& placed : scene.items) {
            if (!placed.item.is_target() || ++touched > 3) continue;
            const float x = placed.rect.centre_x() / per_mm, y = placed.rect.centre_y() / per_mm;
            finger(app::Finger::Phase::down, x, y);
            const bool while_down = shows();
            finger(app::Finger::Phase::cancel, x, y);
            if (!while_down || !shows()) return false;
        }
        return true;
    }

    bool scroll() {
        const ui::Scene scene = glass_->look();
        if (scene.scroll_max_px <= 0) return true;
        const float per_mm = size_.px_per_mm();
        const float x = scene.body.x / per_mm + 3, bottom = scene.body.bottom() / per_mm - 8;
        finger(app::Finger::Phase::down, x, bottom);
        for (float moved = 5; moved <= 45; moved += 8) {
            finger(app::Finger::Phase::move, x, bottom - moved);
            if (!shows()) return false;
        }
        finger(app::Finger::Phase::up, x, bottom - 45);
        for (int frame = 0; frame < 4; ++frame) {
            clock_.advance(core::SteadyTime(16));
            if (!glass_->animate(clock_.steady_now())) break;
            if (!shows()) return false;
        }
        return shows();
    }

    Screen& screen_;
    core::ScreenSize size_;
    VirtualClock clock_{core::WallTime{std::chrono::sys_days{std::chrono::year{2026} / 11 / 24}}};
    core::SeededRandom random_{1};
    std::unique_ptr<Composition> composition_;
    std::optional<Glass> glass_;
    bool exists_ = false;
};

// Of the pages of questions, every so many.
void hold_pages(const char* size, std::size_t every) {
    const core::ScreenSize screen_size = *core::ScreenSize::parse(size);
    Screen screen;
    int pages = 0, passed_over = 0;
    for (const std::string& name : Page(screen, screen_size, "attract").all_names()) {
        const bool is_question = name.find('/') != std::string::npos;
        if (is_question && ++passed_over % static_cast<int>(every) != 0) continue;
        INFO(name);
        Page page(screen, screen_size, name);
        if (!page.exists()) continue;   // this kiosk has no such page
        CHECK(page.first_difference() == "");
        ++pages;
    }
    CHECK(pages > 30);
    CHECK(screen.frames > 5 * pages);
    CHECK(screen.drawn_px < screen.shown_px);
}

}  // namespace

TEST_CASE("pages touched, scrolled and changed show within the damage what a whole redraw shows") {
    // Pages of 10.1 inches, which scroll most, in pixels few enough to draw thousands.
    hold_pages("640x400@217x136", std::getenv("KIOSK_EVERY_PAGE") ? 1 : 5);
}

TEST_CASE("so do pages on the large screens, standing and lying") {
    hold_pages("1080x1920@268x476", 60);
    hold_pages("1920x1080@476x268", 60);
}
