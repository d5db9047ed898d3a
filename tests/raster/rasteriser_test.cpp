#include "hand_made_frame.hpp"

#include <catch2/catch_test_macros.hpp>

#include <cmath>
#include <random>

using namespace kiosk::raster;
using namespace kiosk::raster::test;

namespace {

constexpr ImU32 kRed = IM_COL32(255, 0, 0, 255);

std::string rows_of(const Picture& picture, Pixel ink) {
    std::string rows;
    for (int y = 0; y < picture.height_px(); ++y) {
        for (int x = 0; x < picture.width_px(); ++x) rows += picture.at(x, y) == ink ? '#' : '.';
        rows += '\n';
    }
    return rows;
}

// The same picture from the definition: every pixel centre tested against every edge in exact arithmetic.
int covering_triangles(const std::vector<std::array<ImVec2, 3>>& triangles, int x, int y) {
    int covering = 0;
    for (auto corners : triangles) {
        const auto fixed = [](float v) { return static_cast<std::int64_t>(std::floor(v * 256.0 + 0.5)); };
        std::array<std::int64_t, 3> xs, ys;
        for (std::size_t i = 0; i < 3; ++i) xs[i] = fixed(corners[i].x), ys[i] = fixed(corners[i].y);
        const std::int64_t px = x * 256 + 128, py = y * 256 + 128;
        if ((xs[1] - xs[0]) * (ys[2] - ys[0]) - (ys[1] - ys[0]) * (xs[2] - xs[0]) < 0)
            std::swap(xs[1], xs[2]), std::swap(ys[1], ys[2]);
        bool inside = true;
        for (std::size_t i = 0; i < 3; ++i) {
            const std::size_t j = (i + 1) % 3;
            const std::int64_t dx = xs[j] - xs[i], dy = ys[j] - ys[i];
            const std::int64_t side = dx * (py - ys[i]) - dy * (px - xs[i]);
            const bool top_left = dy < 0 || (dy == 0 && dx > 0);
            inside = inside && (side > 0 || (side == 0 && top_left));
        }
        covering += inside;
    }
    return covering;
}

}  // namespace

TEST_CASE("a rectangle covers exactly the pixels whose centres it holds") {
    HandMadeFrame frame(6, 4);
    frame.rectangle(1, 1, 4, 3, kRed);
    CHECK(rows_of(frame.draw(), pixel(255, 0, 0)) == "......\n.###..\n.###..\n......\n");

    HandMadeFrame halves(6, 4);
    halves.rectangle(1.5f, 0.5f, 3.5f, 2.5f, kRed);  // centres on the left and top edges are in, on the others out
    CHECK(rows_of(halves.draw(), pixel(255, 0, 0)) == ".##...\n.##...\n......\n......\n");
}

TEST_CASE("a triangle follows the top-left rule") {
    HandMadeFrame frame(5, 4);
    frame.triangle({ImVec2{0.5f, 0.5f}, {4.5f, 0.5f}, {0.5f, 4.5f}}, kRed);
    CHECK(rows_of(frame.draw(), pixel(255, 0, 0)) == "####.\n###..\n##...\n#....\n");
}

TEST_CASE("corners given in either direction make the same triangle") {
    HandMadeFrame clockwise(16, 16), anticlockwise(16, 16);
    clockwise.triangle({ImVec2{2.3f, 1.1f}, {13.7f, 6.2f}, {5.1f, 14.9f}}, kRed);
    anticlockwise.triangle({ImVec2{2.3f, 1.1f}, {5.1f, 14.9f}, {13.7f, 6.2f}}, kRed);
    CHECK(clockwise.draw() == anticlockwise.draw());
}

TEST_CASE("random triangles agree with the definition of coverage, pixel by pixel") {
    std::mt19937 random(7);
    std::uniform_real_distribution<float> anywhere(-20, 60), nearby(-3, 3);
    for (int round = 0; round < 300; ++round) {
        std::array<ImVec2, 3> corners;
        for (ImVec2& corner : corners) corner = {anywhere(random), anywhere(random)};
        if (round % 3 == 0)  // slivers, as ImGui's anti-aliased edges are
            corners[2] = {corners[1].x + nearby(random), corners[1].y + nearby(random)};
        if (round % 5 == 0) corners[1].y = std::round(corners[1].y) + 0.5f, corners[0].y = corners[1].y;
        HandMadeFrame frame(40, 40);
        frame.triangle(corners, kRed);
        const Picture picture = frame.draw();
        int wrong = 0;
        for (int y = 0; y < 40; ++y)
            for (int x = 0; x < 40; ++x)
                wrong += (picture.at(x, y) != kBlack) != (covering_triangles({corners}, x, y) == 1);
        REQUIRE(wrong == 0);
    }
}

TEST_CASE("triangles that share edges leave no gap and never overlap") {
    HandMadeFrame frame(64, 64);
    const ImVec2 centre{31.37f, 30.81f};
    constexpr int kSlices = 23;
    std::array<ImVec2, kSlices> rim;
    for (int i = 0; i < kSlices; ++i) {
        const auto angle = static_cast<float>(i) * 6.2831853f / kSlices;
        rim[static_cast<std::size_t>(i)] = {centre.x + 28 * std::cos(angle), centre.y + 28 * std::sin(angle)};
    }
    for (std::size_t i = 0; i < kSlices; ++i)
        frame.triangle({centre, rim[i], rim[(i + 1) % kSlices]}, IM_COL32(255, 255, 255, 128));
    const Picture picture = frame.draw();
    int once = 0, other = 0;
    for (const Pixel p : picture.pixels()) {
        once += p == pixel(128, 128, 128);
        other += p != pixel(128, 128, 128) && p != kBlack;
    }
    CHECK(other == 0);  // twice blended would be lighter
    CHECK(std::abs(once - 28 * 28 * 3.14159 * 0.9875) < 40);
    CHECK(picture.at(31, 30) == pixel(128, 128, 128));
}

TEST_CASE("colours blend with exact rounding, whatever the length of the row") {
    const auto expected = [](unsigned source, unsigned below, unsigned alpha) {
        return (source * alpha + below * (255 - alpha) + 127) / 255;
    };
    for (const unsigned alpha : {0u, 1u, 63u, 127u, 128u, 200u, 254u, 255u}) {
        HandMadeFrame frame(11, 1);  // longer than a vector and not a multiple of one
        frame.rectangle(0, 0, 11, 1, IM_COL32(250, 3, 128, alpha));
        const Picture picture = frame.draw(pixel(7, 99, 201));
        const Pixel want =
            pixel(expected(250, 7, alpha), expected(3, 99, alpha), expected(128, 201, alpha));
        for (int x = 0; x < 11; ++x) REQUIRE(picture.at(x, 0) == want);
    }
}

TEST_CASE("a clip cuts to whole pixels and an empty one draws nothing") {
    HandMadeFrame frame(6, 4);
    frame.clip(2, 1, 5, 3);
    frame.rectangle(-100, -100, 100, 100, kRed);
    frame.clip(3, 3, 3, 4);
    frame.rectangle(0, 0, 6, 4, IM_COL32_WHITE);
    CHECK(rows_of(frame.draw(), pixel(255, 0, 0)) == "......\n..###.\n..###.\n......\n");
}

TEST_CASE("a glyph at a whole pixel copies its texels as coverage") {
    HandMadeFrame frame(5, 3);
    frame.set_texel(4, 1, 255);
    frame.set_texel(5, 1, 128);
    frame.set_texel(5, 2, 1);
    frame.glyph(1, 0, 4, 1, 3, 2, IM_COL32_WHITE);
    const Picture picture = frame.draw();
    CHECK(picture.at(1, 0) == kWhite);
    CHECK(picture.at(2, 0) == pixel(128, 128, 128));
    CHECK(picture.at(3, 0) == kBlack);
    CHECK(picture.at(1, 1) == kBlack);
    CHECK(picture.at(2, 1) == pixel(1, 1, 1));
}

TEST_CASE("a half-transparent glyph halves its coverage") {
    HandMadeFrame frame(5, 1);
    for (int x = 2; x < 7; ++x) frame.set_texel(x, 2, 200);
    frame.glyph(0, 0, 2, 2, 5, 1, IM_COL32(255, 255, 255, 128));
    CHECK(frame.draw().at(2, 0) == pixel(100, 100, 100));
}

TEST_CASE("a glyph at half a pixel is sampled between its texels") {
    HandMadeFrame frame(5, 1);
    frame.set_texel(4, 2, 200);
    frame.glyph(0.5f, 0, 3, 2, 3, 1, IM_COL32_WHITE);
    const Picture picture = frame.draw();
    CHECK(picture.at(1, 0) == pixel(100, 100, 100));
    CHECK(picture.at(2, 0) == pixel(100, 100, 100));
}

TEST_CASE("a glyph moved by any part of a pixel is sampled exactly, kept at single and at double width") {
    constexpr int kTexels = 128, kFirst = 10;
    std::mt19937 random(5);
    HandMadeFrame given(40, 1);
    given.texture().SetStatus(ImTextureStatus_Destroyed);
    given.texture().Create(ImTextureFormat_Alpha8, kTexels, 4);
    std::uint8_t* const texels = given.texture().Pixels;
    for (int i = 0; i < kTexels * 4; ++i) texels[i] = static_cast<std::uint8_t>(random());
    for (const int texels_a_pixel : {1, 2}) {
        for (const int width : {1, 3, 7, 8, 9, 17, 33}) {
            for (int moved = 0; moved < 256; moved += 5) {
                HandMadeFrame frame(40, 1);
                frame.clip(0, 0, 40, 1);
                frame.data().CmdLists[0]->CmdBuffer.back().TexRef = given.texture().GetTexRef();
                const float x = static_cast<float>(moved) / 256;
                const auto u = [](int texel) { return static_cast<float>(texel) / kTexels; };
                frame.textured(x, 0, x + static_cast<float>(width), 1, {u(kFirst), 0.25f}, {u(kFirst + width * texels_a_pixel), 0.5f}, IM_COL32_WHITE);
                const Picture picture = frame.draw();
                for (int i = moved > 128 ? 1 : 0; i < width; ++i) {
                    // In 1/256 texel, from the centre of the first.
                    const int at = kFirst * 256 + ((i * 256 + 128 - moved) * texels_a_pixel) - 128;
                    const int part = at & 255;
                    const std::uint8_t* const texel = texels + kTexels + (at >> 8);
                    const auto coverage = static_cast<unsigned>((texel[0] * (256 - part) + texel[1] * part + 128) >> 8);
                    INFO(texels_a_pixel << " texels a pixel, width " << width << ", moved " << moved << "/256, pixel " << i);
                    REQUIRE(picture.at(i, 0) == pixel(coverage, coverage, coverage));
                }
            }
        }
    }
}

TEST_CASE("a textured box equals its two triangles drawn one by one") {
    HandMadeFrame box(32, 32), triangles(32, 32);
    for (HandMadeFrame* frame : {&box, &triangles})
        for (int i = 0; i < 32; ++i) frame->texture().Pixels[i] = static_cast<std::uint8_t>(i * 8);
    box.textured(3.25f, 4.5f, 27.75f, 25.125f, {0.25f, 0.25f}, {0.875f, 1}, IM_COL32(200, 100, 50, 255));
    triangles.textured(3.25f, 4.5f, 27.75f, 25.125f, {0.25f, 0.25f}, {0.875f, 1}, IM_COL32(200, 100, 50, 255));
    // Another second index, so that it is not recognised as a box.
    ImDrawList& list = *triangles.data().CmdLists[0];
    const ImDrawIdx plain[6] = {0, 1, 2, 2, 3, 0};
    for (int i = 0; i < 6; ++i) list.IdxBuffer[i] = plain[i];
    const Picture a = box.draw(), b = triangles.draw();
    int furthest = 0;
    for (int y = 0; y < 32; ++y)
        for (int x = 0; x < 32; ++x)
            furthest = std::max(furthest, std::abs(static_cast<int>(a.at(x, y) & 255) - static_cast<int>(b.at(x, y) & 255)));
    CHECK(furthest <= 1);
}

TEST_CASE("a colour texture is multiplied by the vertex colour") {
    HandMadeFrame frame(2, 1);
    frame.texture().SetStatus(ImTextureStatus_Destroyed);
    frame.texture().Create(ImTextureFormat_RGBA32, 8, 4);
    std::memset(frame.texture().Pixels, 0, 8 * 4 * 4);
    const std::uint8_t texel[4] = {200, 100, 50, 128};
    for (int i = 0; i < 8; ++i) std::memcpy(frame.texture().Pixels + i * 4, texel, 4);
    frame.glyph(0, 0, 2, 0, 2, 1, IM_COL32(128, 255, 255, 255));
    CHECK(frame.draw().at(0, 0) == pixel(50, 50, 25));
}

TEST_CASE("a fading triangle passes through the colours between its corners") {
    HandMadeFrame frame(256, 2);
    frame.triangle({ImVec2{0, 0}, {256, 0}, {0, 4}}, {IM_COL32(255, 255, 255, 0), IM_COL32(255, 255, 255, 255),
                                                      IM_COL32(255, 255, 255, 0)});
    const Picture picture = frame.draw();
    for (int x = 0; x < 220; ++x) {
        const int grey = static_cast<int>(picture.at(x, 0) & 255);
        REQUIRE(std::abs(grey - static_cast<int>((static_cast<float>(x) + 0.5f) * 255 / 256)) <= 1);
    }
}

TEST_CASE("any part of a frame is drawn to the same pixels as the whole, by one thread or two") {
    std::mt19937 random(3);
    std::uniform_real_distribution<float> place(-30, 530), size(1, 200), shift(0, 1);
    std::uniform_int_distribution<ImU32> colour;
    HandMadeFrame frame(500, 500);
    for (int i = 0; i < 32; ++i) frame.texture().Pixels[i] = static_cast<std::uint8_t>(i < 2 ? 255 : i * 8);
    for (int i = 0; i < 120; ++i) {
        const float x = place(random), y = place(random);
        frame.rectangle(x, y, x + size(random), y + size(random), colour(random));
        frame.triangle({ImVec2{place(random), place(random)}, {place(random), place(random)}, {x, y}},
                       {colour(random), colour(random), colour(random)});
        frame.textured(x, y, x + size(random), y + size(random), {shift(random), 0}, {1, shift(random)}, colour(random));
    }
    const Picture whole = frame.draw(pixel(1, 2, 3));
    CHECK(frame.draw(pixel(1, 2, 3), Tiling::two_threads) == whole);

    Picture pieces(500, 500);
    Rasteriser rasteriser;
    std::vector<PixelRect> clips;
    for (int y = 0; y < 500; y += 37)
        for (int x = 0; x < 500; x += 53) clips.push_back({x, y, x + 53, y + 37});  // reaching outside at the rims
    rasteriser.draw(frame.data(), pieces.surface(), clips, pixel(1, 2, 3));
    CHECK(pieces == whole);
}

TEST_CASE("rectangles upon rectangles show what painting them pixel by pixel shows") {
    std::mt19937 random(11);
    std::uniform_int_distribution<int> edge(-50, 350);
    const auto colour_of = [&] { return (random() & 0xFFFFFFu) | (random() % 2 ? 0xFF000000u : random() & 0xFF000000u); };
    for (int round = 0; round < 20; ++round) {
        HandMadeFrame frame(300, 300);
        Picture expected(300, 300);
        for (int y = 0; y < 300; ++y)
            for (int x = 0; x < 300; ++x) expected.at(x, y) = pixel(9, 8, 7);
        for (int i = 0; i < 12; ++i) {
            const auto [x0, x1] = std::minmax({edge(random), edge(random)});
            const auto [y0, y1] = std::minmax({edge(random), edge(random)});
            const ImU32 colour = colour_of();
            frame.rectangle(static_cast<float>(x0), static_cast<float>(y0), static_cast<float>(x1), static_cast<float>(y1), colour);
            const unsigned alpha = colour >> IM_COL32_A_SHIFT;
            for (int y = std::max(0, y0); y < std::min(300, y1); ++y) {
                for (int x = std::max(0, x0); x < std::min(300, x1); ++x) {
                    const auto mixed = [&](int to, int from) {
                        const unsigned below = expected.at(x, y) >> to & 255, above = colour >> from & 255;
                        return (above * alpha + below * (255 - alpha) + 127) / 255;   // rounded: 255 is odd
                    };
                    expected.at(x, y) = pixel(mixed(16, IM_COL32_R_SHIFT), mixed(8, IM_COL32_G_SHIFT), mixed(0, IM_COL32_B_SHIFT));
                }
            }
        }
        REQUIRE(frame.draw(pixel(9, 8, 7)) == expected);
    }
}

TEST_CASE("drawing a part leaves the rest of the picture alone") {
    HandMadeFrame frame(8, 8);
    frame.rectangle(0, 0, 8, 8, kRed);
    Picture picture(8, 8);
    Rasteriser().draw(frame.data(), picture.surface(), {2, 3, 4, 5}, kBlack);
    int red = 0;
    for (const Pixel p : picture.pixels()) red += p == pixel(255, 0, 0);
    CHECK(red == 4);
    CHECK(picture.at(2, 3) == pixel(255, 0, 0));
}

TEST_CASE("positions beyond any screen, or not numbers, are survived") {
    HandMadeFrame frame(8, 8);
    frame.clip(-3e38f, -3e38f, 3e38f, 3e38f);
    const float nan = std::nanf("");
    frame.triangle({ImVec2{-1e30f, -1e30f}, {1e30f, -1e30f}, {0, 1e30f}}, kRed);
    frame.triangle({ImVec2{nan, nan}, {4, nan}, {nan, 4}}, IM_COL32_WHITE);
    frame.rectangle(nan, 0, 5, nan, IM_COL32_WHITE);
    CHECK(frame.draw().at(4, 2) == pixel(255, 0, 0));
}

TEST_CASE("a frame shown at an offset is drawn from that offset") {
    HandMadeFrame frame(6, 4);
    frame.data().DisplayPos = {100, 50};
    frame.data().CmdLists[0]->CmdBuffer[0].ClipRect = {100, 50, 106, 54};
    frame.rectangle(101, 51, 104, 53, kRed);
    CHECK(rows_of(frame.draw(), pixel(255, 0, 0)) == "......\n.###..\n.###..\n......\n");
}

TEST_CASE("requests for textures are answered and read in place") {
    HandMadeFrame frame(2, 1);
    ImTextureData& texture = frame.texture();
    ImVector<ImTextureData*> textures;
    textures.push_back(&texture);
    frame.data().Textures = &textures;

    REQUIRE(texture.Status == ImTextureStatus_WantCreate);
    answer_texture_requests(frame.data());
    CHECK(texture.Status == ImTextureStatus_OK);
    CHECK(texture.TexID != ImTextureID_Invalid);

    frame.glyph(0, 0, 3, 3, 1, 1, IM_COL32_WHITE);
    CHECK(frame.draw().at(0, 0) == kBlack);
    frame.set_texel(3, 3, 255);
    texture.SetStatus(ImTextureStatus_WantUpdates);
    answer_texture_requests(frame.data());
    CHECK(texture.Status == ImTextureStatus_OK);
    CHECK(frame.draw().at(0, 0) == kWhite);

    texture.SetStatus(ImTextureStatus_WantDestroy);
    answer_texture_requests(frame.data());
    CHECK(texture.Status == ImTextureStatus_WantDestroy);  // still in use by a frame in flight
    texture.UnusedFrames = 1;
    answer_texture_requests(frame.data());
    CHECK(texture.Status == ImTextureStatus_Destroyed);
    CHECK(texture.TexID == ImTextureID_Invalid);
}
