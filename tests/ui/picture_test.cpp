// The rules that need pixels, or the font itself: each named by its number (UX-…).
#include "rehearsal.hpp"

#include <kiosk/ui/theme.hpp>

#include <catch2/catch_test_macros.hpp>
#include <imgui.h>
#include <imgui_internal.h>
#include <qrencode.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <set>

using namespace kiosk;
using namespace kiosk::ui;
using namespace kiosk::ui::test;

namespace {

const std::string kVietnamese =
    "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵđ"
    "AÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬEÈÉẺẼẸÊỀẾỂỄỆIÌÍỈĨỊOÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢUÙÚỦŨỤƯỪỨỬỮỰYỲÝỶỸỴĐ₫“”…–";

std::vector<unsigned> letters(const std::string& text) {
    std::vector<unsigned> all;
    for (const char* at = text.data(); at < text.data() + text.size();) {
        unsigned letter = 0;
        at += ImTextCharFromUtf8(&letter, at, text.data() + text.size());
        all.push_back(letter);
    }
    return all;
}

raster::Pixel packed(Colour colour) { return raster::pixel(colour.red, colour.green, colour.blue); }

}  // namespace

TEST_CASE("UX-01: a page is as large in millimetres on a screen of twice the pixels") {
    Rehearsal kiosk;
    kiosk.open_form();
    kiosk.show("thang_do");
    const Scene coarse = kiosk.scene(standing()), fine = kiosk.scene(*core::ScreenSize::parse("2160x3840@268x476"));
    REQUIRE(coarse.items.size() == fine.items.size());
    for (std::size_t index = 0; index < coarse.items.size(); ++index) {
        const auto mm = [](const Scene& scene, float px) { return scene.screen.mm(px).value; };
        const Rect &a = coarse.items[index].rect, &b = fine.items[index].rect;
        INFO(coarse.items[index].item.id);
        CHECK(std::abs(mm(coarse, a.x) - mm(fine, b.x)) < 2.7F);
        CHECK(std::abs(mm(coarse, a.y) - mm(fine, b.y)) < 4.7F);
        CHECK(std::abs(mm(coarse, a.height) - mm(fine, b.height)) < 1.5F);
    }
}

TEST_CASE("UX-17: both weights have every Vietnamese letter") {
    Rehearsal kiosk;
    for (const Weight weight : {Weight::regular, Weight::bold})
        for (const unsigned letter : letters(kVietnamese)) {
            INFO(letter);
            CHECK(kiosk.fonts().font(weight)->IsGlyphInFont(static_cast<ImWchar>(letter)));
        }
}

TEST_CASE("UX-20: no letter reaches into the line above or below it") {
    Rehearsal kiosk;
    const Scene scene = kiosk.scene(standing());
    static_cast<void>(kiosk.picture(scene));   // so that there is a frame to bake glyphs in
    for (const float font_px : {40.0F, 60.0F, 98.0F})
        for (const Weight weight : {Weight::regular, Weight::bold}) {
            ImFontBaked* baked = kiosk.fonts().font(weight)->GetFontBaked(font_px);
            float highest = font_px, lowest = 0;
            for (const unsigned letter : letters(kVietnamese)) {
                const ImFontGlyph* glyph = baked->FindGlyph(static_cast<ImWchar>(letter));
                highest = std::min(highest, glyph->Y0);
                lowest = std::max(lowest, glyph->Y1);
            }
            CHECK(lowest - highest <= std::round(font_px * kPitchShare) + 1);
        }
}

TEST_CASE("UX-25: without colour the faces still go from smile to frown, by the mouth alone") {
    Rehearsal kiosk;
    kiosk.open_form();
    kiosk.show("guong_mat");
    kiosk.use(app::TextSize::medium, app::Theme::contrast_dark);   // black and white only
    const Scene scene = kiosk.scene(lying());
    const raster::Picture picture = kiosk.picture(scene);
    std::vector<double> curves;   // how much lower the middle of the mouth is than its corners
    for (const Shape& shape : scene.fixed) {
        const Face* face = std::get_if<Face>(&shape);
        if (!face) continue;
        const auto mouth_at = [&](float across) {   // the lowest ink of a column, below the eyes
            const int x = static_cast<int>(face->rect.centre_x() + across * face->rect.width);
            for (int y = static_cast<int>(face->rect.bottom() - face->rect.height * 0.1F); y > static_cast<int>(face->rect.centre_y()); --y)
                if (picture.at(x, y) == packed(face->ink)) return static_cast<double>(y);
            return static_cast<double>(face->rect.centre_y());
        };
        curves.push_back(mouth_at(0) - (mouth_at(-0.22F) + mouth_at(0.22F)) / 2);
    }
    REQUIRE(curves.size() == 5);
    CHECK(std::is_sorted(curves.rbegin(), curves.rend()));
    CHECK(curves.front() > 5);
    CHECK(std::abs(curves[2]) <= 2);
    CHECK(curves.back() < -5);
}

TEST_CASE("UX-60: the mark of focus lies outside its control, in two colours that stand apart") {
    Rehearsal kiosk;
    kiosk.open_form();
    kiosk.show("hang");
    const Scene plain = kiosk.scene(standing());
    kiosk.take(app::KeyPressed{app::Key::down});
    const Scene focused = kiosk.scene(standing());
    REQUIRE(focused.above.size() > plain.above.size());
    const PlacedItem* target = focused.find(kiosk.state().focus);
    REQUIRE(target);
    const Palette& colours = palette(app::Theme::light);
    const raster::Picture picture = kiosk.picture(focused);
    std::set<raster::Pixel> ring;
    for (int x = static_cast<int>(target->rect.x) - 12; x < static_cast<int>(target->rect.x); ++x) ring.insert(picture.at(x, static_cast<int>(target->rect.centre_y())));
    CHECK(ring.contains(packed(colours.focus_outer)));
    CHECK(ring.contains(packed(colours.focus_inner)));
    CHECK(contrast(colours.focus_outer, colours.page.ground) >= 3);
    CHECK(contrast(colours.focus_outer, colours.focus_inner) >= 3);
    kiosk.press("choice.co");   // a touch hides it
    CHECK(kiosk.view().focus.empty());
}

TEST_CASE("UX-16: what was pressed looks again as it did before, once the finger is gone") {
    Rehearsal kiosk;
    kiosk.open_form();
    kiosk.show("hang");
    const Scene resting = kiosk.scene(standing());
    const Scene pressed = kiosk.scene(standing(), {0, "choice.co", {}, {}, {}});
    CHECK_FALSE(kiosk.picture(pressed) == kiosk.picture(resting));
    CHECK(kiosk.picture(kiosk.scene(standing())) == kiosk.picture(resting));
}

TEST_CASE("UX-23, UX-24: what the picture shows of a text has the contrast its theme promises") {
    Rehearsal kiosk;
    kiosk.open_form();
    kiosk.show("hang");
    for (const auto& [theme, least] : {std::pair{app::Theme::light, 10.0}, {app::Theme::contrast_dark, 20.0}, {app::Theme::contrast_light, 20.0}}) {
        kiosk.use(app::TextSize::medium, theme);
        const Scene scene = kiosk.scene(standing());
        const raster::Picture picture = kiosk.picture(scene);
        for (const PlacedItem& placed : scene.items) {
            if (placed.item.label.empty() || placed.item.look == app::Look::progress) continue;
            double best = 1;
            const raster::Pixel ground = packed(placed.bg);
            for (int y = static_cast<int>(placed.rect.y); y < static_cast<int>(placed.rect.bottom()); ++y)
                for (int x = static_cast<int>(placed.rect.x); x < static_cast<int>(placed.rect.right()); ++x) {
                    const raster::Pixel pixel = picture.at(x, y);
                    if (pixel == ground) continue;
                    best = std::max(best, contrast(rgb(pixel & 0xFFFFFF), placed.bg));
                }
            INFO(placed.item.id << " " << app::name_of(theme));
            CHECK(best >= least - 0.2);
        }
    }
}

TEST_CASE("UX-62: a code is also a picture for a telephone, large, dark on white in every theme, readable at half its size") {
    Rehearsal kiosk;
    for (const app::Theme theme : {app::Theme::light, app::Theme::contrast_dark, app::Theme::contrast_light}) {
        kiosk.use(app::TextSize::medium, theme);
        app::ViewModel view = kiosk.view();
        view.whole_screen_is_target = false;
        view.items.resize(1);
        view.items[0] = {};
        view.items[0].id = "text.code";
        view.items[0].look = app::Look::code;
        view.items[0].label = "7K4P-92";
        const Scene scene = compose(view, standing(), kiosk.fonts(), {});
        const raster::Picture picture = kiosk.picture(scene);
        const Box* card = nullptr;
        for (const Shape& shape : scene.fixed)
            if (const Box* box = std::get_if<Box>(&shape); box && !card && box->rect.width == box->rect.height && box->fill == rgb(0xFFFFFF)) card = box;
        REQUIRE(card);
        CHECK(scene.screen.mm(card->rect.width).value >= 50);

        const std::unique_ptr<QRcode, decltype(&QRcode_free)> expected(QRcode_encodeString8bit("7K4P-92", 0, QR_ECLEVEL_M), QRcode_free);
        const float module = card->rect.width / static_cast<float>(expected->width + 8);
        CHECK(scene.screen.mm(module).value >= 1);
        int wrong = 0;
        for (int y = -4; y < expected->width + 4; ++y)
            for (int x = -4; x < expected->width + 4; ++x) {
                const bool is_inside = x >= 0 && y >= 0 && x < expected->width && y < expected->width;
                const bool is_dark = is_inside && (expected->data[y * expected->width + x] & 1) != 0;
                const int px = static_cast<int>(card->rect.x + (static_cast<float>(x) + 4.5F) * module) & ~1;   // every second pixel
                const int py = static_cast<int>(card->rect.y + (static_cast<float>(y) + 4.5F) * module) & ~1;
                wrong += picture.at(px, py) == (is_dark ? raster::pixel(0, 0, 0) : raster::pixel(255, 255, 255)) ? 0 : 1;
            }
        CHECK(wrong == 0);
    }
}

TEST_CASE("the Markdown of a workbook is set, not shown") {
    Rehearsal kiosk;
    kiosk.open_form();
    kiosk.show("dien_thoai");
    bool has_strong = false, has_bullet = false;
    for (const Shape& shape : kiosk.scene(standing()).fixed) {
        const Line* line = std::get_if<Line>(&shape);
        if (!line) continue;
        CHECK(line->text.find('*') == std::string::npos);
        has_strong = has_strong || (line->text == "chỉ" && line->weight == Weight::bold);
        has_bullet = has_bullet || line->text == "•";
    }
    CHECK(has_strong);
    CHECK(has_bullet);
    for (const app::Item& item : kiosk.view().items) CHECK(item.what_is_said().find('*') == std::string::npos);
}

TEST_CASE("a picture of a form is drawn in its place, in its own colours, in every theme; without it the page is its words") {
    Rehearsal kiosk;
    kiosk.open_form();
    kiosk.show("hinh");
    for (const app::Theme theme : {app::Theme::light, app::Theme::contrast_dark}) {
        kiosk.use(app::TextSize::medium, theme);
        const Scene scene = kiosk.scene(standing());
        const raster::Picture picture = kiosk.picture(scene);
        std::vector<Photo> photos;
        for (const Shape& shape : scene.fixed)
            if (const Photo* photo = std::get_if<Photo>(&shape)) photos.push_back(*photo);
        REQUIRE(photos.size() == 5);   // the question's and four choices'
        for (const Photo& photo : photos) {
            const raster::Pixel sky = picture.at(static_cast<int>(photo.rect.x + photo.rect.width * 0.1F), static_cast<int>(photo.rect.y + photo.rect.height * 0.1F));
            INFO(photo.name);
            CHECK((sky & 255) > 200);                     // blue above
            CHECK((sky & 255) > (sky >> 16 & 255));
        }
    }
    kiosk.use(app::TextSize::medium, app::Theme::light);
    kiosk.has_pictures = false;
    const Scene words = kiosk.scene(standing());
    CHECK(std::none_of(words.fixed.begin(), words.fixed.end(), [](const Shape& shape) { return std::holds_alternative<Photo>(shape); }));
    CHECK(words.find("choice.cau"));
    CHECK(std::none_of(words.items.begin(), words.items.end(), [](const PlacedItem& placed) { return placed.item.look == app::Look::picture; }));
}

TEST_CASE("UX-54: drawing only what changes while a page comes through its veil gives exactly the page, and then nothing more") {
    Rehearsal kiosk;
    kiosk.open_form();
    kiosk.show("hang");
    const Scene before = kiosk.scene(small());
    kiosk.show("hinh");
    const Scene after = kiosk.scene(small());
    raster::DamageTracker damage;
    raster::Picture shown(small().width_px, small().height_px);
    kiosk.draw_damage(damage, shown, before, 0);
    for (const float veil : {0.6F, 0.4F, 0.2F, 0.05F}) kiosk.draw_damage(damage, shown, after, veil);
    kiosk.draw_damage(damage, shown, after, 0);
    CHECK(shown == kiosk.picture(after));
    raster::Picture still = shown;
    kiosk.draw_damage(damage, still, after, 0);
    CHECK(still == shown);
}
