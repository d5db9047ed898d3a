// What a tap shows was drawn before the tap: once the letters to come are there, no page of the gallery adds a letter to
// the fonts' texture, so that nothing is drawn into it, or taken to a GPU, between a finger and what it changes.
#include "composition.hpp"
#include "glass.hpp"
#include "page_route.hpp"
#include "virtual_clock.hpp"

#include <kiosk/raster/headless.hpp>
#include <kiosk/ui/context.hpp>
#include <kiosk/ui/letters_to_come.hpp>

#include <catch2/catch_test_macros.hpp>
#include <imgui.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

using namespace kiosk;

namespace {

class Screen {
  public:
    explicit Screen(const char* words) : size(*core::ScreenSize::parse(words)) {
        raster::attach_renderer();
        auto loaded = ui::Fonts::load(ui::LettersToCome::room(size, app::TextSize::medium));
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

    // True: the frame changed the fonts' texture.
    bool draws_letters(const ui::Scene& scene) {
        const ImDrawData& frame = context_.frame(scene, *fonts_);
        bool changes = false;
        for (const ImTextureData* texture : *frame.Textures) changes = changes || texture->Status != ImTextureStatus_OK;
        raster::answer_texture_requests(frame);
        return changes;
    }
    int texture_height() const { return ImGui::GetIO().Fonts->TexData->Height; }

    const core::ScreenSize size;

  private:
    ui::Context context_;
    std::optional<ui::Fonts> fonts_;
};

struct Kiosk {
    VirtualClock clock{core::WallTime{std::chrono::sys_days{std::chrono::year{2026} / 11 / 24}}};
    core::SeededRandom random{1};
    std::unique_ptr<Composition> composition;

    Kiosk(const core::ScreenSize& size, const std::string& language, const std::string& page) {
        LaunchOptions options;
        options.screen = size;
        options.language = language;
        Outside outside;
        outside.has_speech = true;
        auto made = Composition::create(options, page == "welcome" ? Purpose::show_welcome : Purpose::show, clock, random, outside);
        REQUIRE(made);
        composition = std::move(*made);
    }
    Machine& machine() { return composition->machine(); }
};

ui::Scene first_page(Screen& screen, const std::string& language) {
    Kiosk kiosk(screen.size, language, "attract");
    return Glass(kiosk.machine(), screen.size, screen.fonts()).look();
}

// Of the pages of questions, every so many.
std::vector<std::string> pages_that_draw_letters(Screen& screen, const std::string& language, int every) {
    std::vector<std::string> late, names = [&] {
        Kiosk kiosk(screen.size, language, "attract");
        return page_names(kiosk.machine(), kiosk.composition->forms());
    }();
    int passed_over = 0;
    for (const std::string& name : names) {
        if (name.find('/') != std::string::npos && ++passed_over % every != 0) continue;
        Kiosk kiosk(screen.size, language, name);
        if (!go_to_page(kiosk.machine(), kiosk.clock, name, {})) continue;   // this kiosk has no such page
        Glass glass(kiosk.machine(), screen.size, screen.fonts());
        if (screen.draws_letters(glass.look())) late.push_back(name);
    }
    return late;
}

}  // namespace

TEST_CASE("once the letters to come are there, no page draws a letter when it is shown") {
    for (const char* size : {"1080x1920@268x476", "1280x800@217x136"})
        for (const char* language : {"vi", "en"}) {
            INFO(size << ' ' << language);
            Screen screen(size);
            screen.draws_letters(first_page(screen, language));
            ui::LettersToCome letters(screen.fonts(), screen.size, app::TextSize::medium);
            int slices = 1;
            while (letters.draw_some(std::chrono::milliseconds(2))) ++slices;
            CHECK(slices > 1);
            CHECK(screen.draws_letters(first_page(screen, language)));   // they go to the texture with the next frame
            CHECK_FALSE(screen.draws_letters(first_page(screen, language)));
            const int height = screen.texture_height();
            CHECK(pages_that_draw_letters(screen, language, 24) == std::vector<std::string>{});
            CHECK(screen.texture_height() == height);   // a texture that grows is made anew
        }
}

TEST_CASE("larger letters of a page that stands are there before they are asked for") {
    Screen screen("1080x1920@268x476");
    Kiosk kiosk(screen.size, "vi", "question");
    REQUIRE(go_to_page(kiosk.machine(), kiosk.clock, "question", {}));
    Glass glass(kiosk.machine(), screen.size, screen.fonts());
    for (int size = 0; size < 3; ++size) {
        glass.foresee_size();
        screen.draws_letters(glass.look());
        kiosk.machine().press("aid.size");
        CHECK_FALSE(screen.draws_letters(glass.look()));
    }
}

TEST_CASE("without them the same pages do draw letters") {
    Screen screen("1280x800@217x136");
    screen.draws_letters(first_page(screen, "vi"));
    CHECK(pages_that_draw_letters(screen, "vi", 12).size() > 10);
}
