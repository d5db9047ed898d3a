// Every page of the rehearsal on every screen, in every size, theme and language, held to every rule of one page.
#include "rehearsal.hpp"

#include <kiosk/raster/png.hpp>
#include <kiosk/ui/rules.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstdlib>
#include <functional>

using namespace kiosk;
using namespace kiosk::ui;
using namespace kiosk::ui::test;

namespace {

struct Page {
    std::string name;
    std::function<void(Rehearsal&)> reach;
};

std::vector<Page> pages() {
    std::vector<Page> all{
        {"attract", [](Rehearsal&) {}},
        {"home", [](Rehearsal& kiosk) { kiosk.press("action.start"); }},
        {"consent", [](Rehearsal& kiosk) { kiosk.press("action.start"), kiosk.press("tile.everything"); }},
        {"consent.missing", [](Rehearsal& kiosk) { kiosk.press("action.start"), kiosk.press("tile.everything"), kiosk.press("action.next"); }},
        {"aids", [](Rehearsal& kiosk) { kiosk.press("action.start"), kiosk.press("aid.help"); }},
        {"review", [](Rehearsal& kiosk) { kiosk.open_form(), kiosk.answer("/data/ho_ten", "Nguyễn Thị Hồng"), kiosk.press("action.review"); }},
        {"end", [](Rehearsal& kiosk) { kiosk.open_form(), kiosk.press("action.end"); }},
        {"idle", [](Rehearsal& kiosk) { kiosk.open_form(), kiosk.pass(core::SteadyTime(65'000)); }},
        {"nguoi", [](Rehearsal& kiosk) { kiosk.open_form(), kiosk.answer("/data/nguoi[1]/ten_nguoi", "Alăng Bhuôch"), kiosk.show("nguoi"); }},
        {"remove", [](Rehearsal& kiosk) { kiosk.open_form(), kiosk.show("nguoi"), kiosk.press("remove./data/nguoi[1]"); }},
        {"out_of_service", [](Rehearsal& kiosk) { kiosk.take(app::Failed{{"storage.locked", {"Kho dữ liệu chưa mở được.", "The store does not open."}}}); }},
    };
    for (const char* question : {"gioi_thieu", "guong_mat", "thang_do", "hang", "khac", "hinh", "xa", "nhieu", "xep_hang", "khoang", "sao", "dem", "so_nguyen", "so_le", "ngay",
                                 "thang_nam", "gio", "ngay_gio", "ho_ten", "y_kien", "xac_nhan", "chu_ky", "dien_thoai", "thai_do", "ten_nguoi"})
        all.push_back({question, [question](Rehearsal& kiosk) { kiosk.open_form(), kiosk.show(question); }});
    for (const char* question : {"thang_do", "ho_ten", "xac_nhan", "dien_thoai"})
        all.push_back({std::string(question) + ".missing", [question](Rehearsal& kiosk) { kiosk.open_form(), kiosk.show(question), kiosk.press("action.next"); }});
    return all;
}

std::string named(app::TextSize size, app::Theme theme, const core::ScreenSize& screen) {
    return std::to_string(screen.width_px) + "x" + std::to_string(screen.height_px) + "_" + std::string(app::name_of(size)) + "_" + std::string(app::name_of(theme));
}

}  // namespace

TEST_CASE("no page breaks a rule on any screen, at any size, in any theme and language") {
    Rehearsal kiosk;
    for (const Page& page : pages()) {
        Rehearsal::restart(kiosk);
        page.reach(kiosk);
        for (const std::string language : {"vi", "en"})
            for (const app::TextSize size : {app::TextSize::medium, app::TextSize::large, app::TextSize::extra_large})
                for (const app::Theme theme : {app::Theme::light, app::Theme::contrast_dark, app::Theme::contrast_light}) {
                    kiosk.use(size, theme, language);
                    const Scene tall = kiosk.scene(standing()), wide = kiosk.scene(lying());
                    for (const core::ScreenSize& screen : {standing(), lying(), small()})
                        for (const BrokenRule& broken : broken_rules(kiosk.scene(screen), kiosk.fonts())) {
                            INFO(page.name << " " << named(size, theme, screen) << " " << language << ": " << broken.rule << " " << broken.item << " " << broken.what);
                            CHECK(false);
                        }
                    CHECK(broken_between_layouts(tall, wide).empty());
                }
    }
}

// Not a test: pictures to look at, into $KIOSK_SHOTS, of the page $KIOSK_PAGE or of all.
TEST_CASE("pictures", "[.shots]") {
    const char* folder = std::getenv("KIOSK_SHOTS");
    const char* only = std::getenv("KIOSK_PAGE");
    const std::string sizes = std::getenv("KIOSK_SIZES") ? std::getenv("KIOSK_SIZES") : "M XL", wanted = std::getenv("KIOSK_SCREENS") ? std::getenv("KIOSK_SCREENS") : "1080 1920 1280";
    REQUIRE(folder);
    Rehearsal kiosk;
    for (const Page& page : pages()) {
        if (only && page.name != only) continue;
        Rehearsal::restart(kiosk);
        page.reach(kiosk);
        for (const app::TextSize size : {app::TextSize::medium, app::TextSize::large, app::TextSize::extra_large}) {
            if (sizes.find(app::name_of(size)) == std::string::npos) continue;
            kiosk.use(size, app::Theme::light);
            for (const core::ScreenSize& screen : {standing(), lying(), small()}) {
                if (wanted.find(std::to_string(screen.width_px)) == std::string::npos) continue;
                const Scene scene = kiosk.scene(screen);
                REQUIRE(raster::write_png(kiosk.picture(scene), std::string(folder) + "/" + page.name + "_" + named(size, app::Theme::light, screen) + ".png"));
            }
        }
    }
}
