#include "hand_made_frame.hpp"

#include <kiosk/raster/damage.hpp>

#include <catch2/catch_test_macros.hpp>

#include <random>

using namespace kiosk::raster;
using namespace kiosk::raster::test;

namespace {

constexpr ImU32 kGreen = IM_COL32(0, 255, 0, 255);

bool covered(const std::vector<PixelRect>& rects, int x, int y) {
    for (const PixelRect& rect : rects)
        if (rect.contains(x, y)) return true;
    return false;
}

}  // namespace

TEST_CASE("the first frame is all damage, the same frame again none") {
    HandMadeFrame frame(200, 100);
    frame.rectangle(10, 10, 20, 20, kGreen);
    DamageTracker tracker;
    CHECK(tracker.update(frame.data()) == std::vector{PixelRect{0, 0, 200, 100}});
    CHECK(tracker.update(frame.data()).empty());
    tracker.invalidate();
    CHECK(tracker.update(frame.data()) == std::vector{PixelRect{0, 0, 200, 100}});
}

TEST_CASE("a change of size is all damage") {
    HandMadeFrame small(100, 100), large(200, 100);
    DamageTracker tracker;
    (void)tracker.update(small.data());
    CHECK(tracker.update(large.data()) == std::vector{PixelRect{0, 0, 200, 100}});
}

TEST_CASE("a changed colour damages the place of its rectangle and nothing far from it") {
    HandMadeFrame before(640, 480), after(640, 480);
    for (auto* frame : {&before, &after}) frame->rectangle(0, 0, 640, 480, IM_COL32(9, 9, 9, 255));
    before.rectangle(100, 100, 160, 140, kGreen);
    after.rectangle(100, 100, 160, 140, IM_COL32(0, 200, 0, 255));
    DamageTracker tracker;
    // The two frames use textures of their own; let them share one, as frames of a context do.
    for (ImDrawCmd& command : after.data().CmdLists[0]->CmdBuffer) command.TexRef = before.texture().GetTexRef();
    (void)tracker.update(before.data());
    const auto& rects = tracker.update(after.data());
    REQUIRE(rects.size() == 1);
    CHECK(rects[0] == PixelRect{96, 96, 192, 160});
}

TEST_CASE("something inserted before the rest damages only where it is") {
    HandMadeFrame before(640, 480), after(640, 480);
    after.rectangle(500, 400, 510, 410, kGreen);
    for (auto* frame : {&before, &after})
        for (int i = 0; i < 10; ++i) frame->rectangle(static_cast<float>(i) * 40, 10, static_cast<float>(i) * 40 + 30, 60, kGreen);
    for (ImDrawCmd& command : after.data().CmdLists[0]->CmdBuffer) command.TexRef = before.texture().GetTexRef();
    DamageTracker tracker;
    (void)tracker.update(before.data());
    const auto& rects = tracker.update(after.data());
    CHECK(covered(rects, 505, 405));
    CHECK_FALSE(covered(rects, 20, 20));
    CHECK_FALSE(covered(rects, 380, 20));
}

TEST_CASE("a changed order of overlapping things is damage") {
    HandMadeFrame before(100, 100), after(100, 100);
    before.rectangle(0, 0, 50, 50, kGreen);
    before.rectangle(20, 20, 80, 80, IM_COL32_WHITE);
    after.rectangle(20, 20, 80, 80, IM_COL32_WHITE);
    after.rectangle(0, 0, 50, 50, kGreen);
    for (ImDrawCmd& command : after.data().CmdLists[0]->CmdBuffer) command.TexRef = before.texture().GetTexRef();
    DamageTracker tracker;
    (void)tracker.update(before.data());
    CHECK(covered(tracker.update(after.data()), 30, 30));
}

TEST_CASE("texels about to change are damage where they are shown, once") {
    HandMadeFrame frame(200, 200);
    frame.glyph(100, 100, 4, 1, 3, 2, IM_COL32_WHITE);
    frame.rectangle(10, 10, 20, 20, kGreen);
    frame.texture().SetStatus(ImTextureStatus_OK);
    DamageTracker tracker;
    (void)tracker.update(frame.data());
    frame.texture().SetStatus(ImTextureStatus_WantUpdates);
    frame.texture().Updates.push_back(ImTextureRect{5, 1, 1, 1});
    const auto& rects = tracker.update(frame.data());
    CHECK(covered(rects, 101, 101));
    CHECK_FALSE(covered(rects, 12, 12));
    frame.texture().SetStatus(ImTextureStatus_OK);
    CHECK(tracker.update(frame.data()).empty());
}

TEST_CASE("redrawing only the damage gives the full picture, over thousands of random changes") {
    std::mt19937 random(11);
    std::uniform_real_distribution<float> place(-20, 340), size(1, 90);
    std::uniform_int_distribution<ImU32> colour;
    std::uniform_int_distribution<int> coin(0, 9);
    struct Item {
        float x, y, w, h;
        ImU32 c;
        bool triangle;
    };
    const auto any = [&] {
        return Item{place(random), place(random), size(random), size(random), colour(random), coin(random) < 5};
    };
    std::vector<Item> items;
    for (int i = 0; i < 12; ++i) items.push_back(any());

    HandMadeFrame shared(320, 320);  // one texture for all frames
    DamageTracker tracker;
    Rasteriser rasteriser;
    Picture kept(320, 320);
    std::int64_t redrawn = 0;
    constexpr int kFrames = 2000;
    for (int i = 0; i < kFrames; ++i) {
        const auto at = static_cast<std::size_t>(random()) % items.size();
        switch (coin(random)) {
            case 0: items.insert(items.begin() + static_cast<std::ptrdiff_t>(at), any()); break;
            case 1: if (items.size() > 4) items.erase(items.begin() + static_cast<std::ptrdiff_t>(at)); break;
            case 2: std::swap(items[at], items[0]); break;
            case 3: items[at].x += 0.01f; break;
            default: items[at] = any(); break;
        }
        HandMadeFrame frame(320, 320);
        for (const Item& item : items) {
            if (item.triangle)
                frame.triangle({ImVec2{item.x, item.y}, {item.x + item.w, item.y}, {item.x, item.y + item.h}}, item.c);
            else
                frame.rectangle(item.x, item.y, item.x + item.w, item.y + item.h, item.c);
        }
        for (ImDrawCmd& command : frame.data().CmdLists[0]->CmdBuffer) command.TexRef = shared.texture().GetTexRef();
        const auto& rects = tracker.update(frame.data());
        for (const PixelRect& rect : rects) redrawn += rect.area();
        rasteriser.draw(frame.data(), kept.surface(), rects, kBlack);
        REQUIRE(kept == frame.draw());
    }
    CHECK(redrawn < std::int64_t{320} * 320 * kFrames / 3);
}
