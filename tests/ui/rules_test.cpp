// A rule that nothing can break is no rule: each check is shown a page spoilt in one place, and must name that place.
#include "rehearsal.hpp"

#include <kiosk/ui/rules.hpp>

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <functional>

using namespace kiosk;
using namespace kiosk::ui;
using namespace kiosk::ui::test;

namespace {

PlacedItem& item(Scene& scene, std::string_view id) {
    const auto found = std::find_if(scene.items.begin(), scene.items.end(), [&](const PlacedItem& placed) { return placed.item.id == id; });
    REQUIRE(found != scene.items.end());
    return *found;
}

PlacedItem& title(Scene& scene) {
    return *std::find_if(scene.items.begin(), scene.items.end(), [](const PlacedItem& placed) { return placed.item.look == app::Look::title; });
}

PlacedItem& added(Scene& scene, app::Look look, std::string label) {
    PlacedItem placed = title(scene);
    placed.item.id = "added";
    placed.item.look = look;
    placed.item.label = std::move(label);
    scene.items.push_back(std::move(placed));
    return scene.items.back();
}

struct Seeded {
    const char* rule;
    const char* what;
    std::function<void(Scene&)> spoil;
};

const std::vector<Seeded> kSeeded{
    {"UX-02", "an item in the margin", [](Scene& scene) { title(scene).rect.x = 1; }},
    {"UX-02", "no room for the content", [](Scene& scene) { scene.body.height = 10; }},
    {"UX-03", "what must be touched above the reach of arms", [](Scene& scene) { item(scene, "choice.co").rect.y = 100; }},
    {"UX-04", "a lowered page with something left above", [](Scene& scene) { scene.lowered = true; }},
    {"UX-05", "a line too long to follow back", [](Scene& scene) { scene.fixed.push_back(Line{40, 500, std::string(90, 'a'), 8, Weight::regular, {}}); }},
    {"UX-06", "a home page that scrolls", [](Scene& scene) { scene.page = "home", scene.scroll_max_px = 50; }},
    {"UX-08", "a target smaller than a fingertip", [](Scene& scene) { item(scene, "choice.co").rect.height = 40; }},
    {"UX-09", "two targets that touch", [](Scene& scene) { item(scene, "choice.chua").rect = item(scene, "choice.co").rect; }},
    {"UX-09", "leaving close beside going on", [](Scene& scene) { item(scene, "action.end").rect.x = item(scene, "action.next").rect.x - item(scene, "action.end").rect.width - 20; }},
    {"UX-10", "a target that reacts beside its drawing", [](Scene& scene) { item(scene, "choice.co").hit.x += 80; }},
    {"UX-18", "letters too small", [](Scene& scene) { title(scene).font_px = 20; }},
    {"UX-19", "a line that runs off the screen", [](Scene& scene) { scene.fixed.push_back(Line{900, 500, "một dòng chữ rất dài", 60, Weight::bold, {}}); }},
    {"UX-19", "words taller than their button", [](Scene& scene) { item(scene, "choice.co").words.height += 90; }},
    {"UX-19", "words wider than their button", [](Scene& scene) { item(scene, "choice.co").words.x = item(scene, "choice.co").rect.x - 20; }},
    {"UX-20", "decomposed letters", [](Scene& scene) { title(scene).item.label = "Hoa\xcc\x80"; }},
    {"UX-23", "grey on grey", [](Scene& scene) { title(scene).fg = rgb(0x888888); }},
    {"UX-24", "weak contrast in a theme of contrast", [](Scene& scene) { scene.theme = app::Theme::contrast_dark; }},
    {"UX-29", "a flat tile", [](Scene& scene) { PlacedItem& tile = item(scene, "choice.co"); tile.item.look = app::Look::tile; tile.rect.height = 90; }},
    {"UX-30", "a consent without its opposite", [](Scene& scene) { item(scene, "choice.co").item.id = "consent.store.yes"; }},
    {"UX-32", "two headings", [](Scene& scene) { added(scene, app::Look::title, "Một câu nữa"); }},
    {"UX-33", "a scale of bare numbers", [](Scene& scene) { added(scene, app::Look::scale, "3"); }},
    {"UX-34", "a grid on a narrow screen", [](Scene& scene) { added(scene, app::Look::grid_head, "Tốt"); }},
    {"UX-36", "a card that does not say what it does", [](Scene& scene) { added(scene, app::Look::card, "Họ và tên"); }},
    {"UX-37", "a small code", [](Scene& scene) { added(scene, app::Look::code, "7K4P-92").font_px = 45; }},
    {"UX-39", "a button that is dead until all is right", [](Scene& scene) { item(scene, "action.next").item.enabled = false; }},
    {"UX-40", "back at the right", [](Scene& scene) { item(scene, "action.back").rect.x = 300; }},
    {"UX-40", "the way on left of the way out", [](Scene& scene) { std::swap(item(scene, "action.next").rect, item(scene, "action.end").rect); }},
    {"UX-42", "a summary that says something else", [](Scene& scene) { added(scene, app::Look::link, "Nhập họ và tên."); }},
    {"UX-43", "blame", [](Scene& scene) { title(scene).item.label = "Ngày không hợp lệ"; }},
    {"UX-43", "an exclamation", [](Scene& scene) { title(scene).item.label = "Xong rồi!"; }},
    {"UX-50", "a slit for a long comment", [](Scene& scene) { added(scene, app::Look::field, "Ý kiến").item.detail = "multiline"; }},
    {"UX-55", "a pad too small to sign on", [](Scene& scene) { added(scene, app::Look::signature, "Ký tên").rect.height = 150; }},
    {"UX-56", "a page that scrolls with no button for it", [](Scene& scene) { scene.scroll_max_px = 50; }},
    {"UX-59", "focus out of order", [](Scene& scene) { std::swap(item(scene, "choice.co").focus_index, item(scene, "choice.chua").focus_index); }},
    {"UX-61", "a target with no name", [](Scene& scene) { item(scene, "choice.co").item.label.clear(); }},
};

Scene good_page(Rehearsal& kiosk) {
    kiosk.open_form();
    kiosk.show("hang");
    return kiosk.scene(standing());
}

}  // namespace

TEST_CASE("each rule catches what breaks it") {
    Rehearsal kiosk;
    const Scene good = good_page(kiosk);
    REQUIRE(broken_rules(good, kiosk.fonts()).empty());
    for (const Seeded& seeded : kSeeded) {
        Scene spoilt = good;
        seeded.spoil(spoilt);
        const auto broken = broken_rules(spoilt, kiosk.fonts());
        INFO(seeded.rule << ": " << seeded.what);
        CHECK(std::any_of(broken.begin(), broken.end(), [&](const BrokenRule& rule) { return rule.rule == seeded.rule; }));
    }
}

TEST_CASE("UX-26, UX-32: an aid that moved and a Continue in another corner are caught between pages") {
    Rehearsal kiosk;
    const Scene good = good_page(kiosk);
    CHECK(broken_between(good, good).empty());
    Scene spoilt = good;
    item(spoilt, "aid.size").rect.x += 9;
    item(spoilt, "action.next").rect.x -= 30;
    const auto broken = broken_between(good, spoilt);
    REQUIRE(broken.size() == 2);
    CHECK(broken[0].rule == "UX-32");
    CHECK(broken[1].rule == "UX-26");
}

TEST_CASE("UX-07: a lying screen that is read in another order is caught") {
    Rehearsal kiosk;
    const Scene tall = good_page(kiosk);
    Scene wide = kiosk.scene(lying());
    CHECK(broken_between_layouts(tall, wide).empty());
    std::swap(item(wide, "choice.co"), item(wide, "choice.chua"));
    CHECK(broken_between_layouts(tall, wide).size() == 1);
}
