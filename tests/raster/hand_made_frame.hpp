// A frame written vertex by vertex, so that tests know exactly what is drawn, with no ImGui context.
#pragma once

#include <kiosk/raster/rasteriser.hpp>

#include <imgui.h>

#include <array>
#include <cstring>
#include <initializer_list>
#include <vector>

namespace kiosk::raster::test {

constexpr Pixel kBlack = pixel(0, 0, 0);
constexpr Pixel kWhite = pixel(255, 255, 255);

class HandMadeFrame {
  public:
    HandMadeFrame(int width_px, int height_px) : width_px_(width_px), height_px_(height_px) {
        texture_.Create(ImTextureFormat_Alpha8, 8, 4);
        std::memset(texture_.Pixels, 0, 32);
        set_texel(0, 0, 255);  // the white pixel, with white neighbours so that sampling between them stays white
        frame_.Valid = true;
        frame_.DisplaySize = {static_cast<float>(width_px), static_cast<float>(height_px)};
        frame_.FramebufferScale = {1, 1};
        frame_.CmdLists.push_back(&list_);
        clip(0, 0, static_cast<float>(width_px), static_cast<float>(height_px));
    }

    void set_texel(int x, int y, std::uint8_t alpha) { texture_.Pixels[y * 8 + x] = alpha; }
    ImTextureData& texture() { return texture_; }

    // What follows is clipped to this.
    void clip(float x0, float y0, float x1, float y1) {
        ImDrawCmd command;
        command.ClipRect = {x0, y0, x1, y1};
        command.TexRef = texture_.GetTexRef();
        command.IdxOffset = static_cast<unsigned>(list_.IdxBuffer.Size);
        list_.CmdBuffer.push_back(command);
    }

    void triangle(std::array<ImVec2, 3> at, std::array<ImU32, 3> colours) {
        for (std::size_t i = 0; i < 3; ++i) add(vertex(at[i], kWhiteUv, colours[i]));
    }
    void triangle(std::array<ImVec2, 3> at, ImU32 colour) { triangle(at, {colour, colour, colour}); }

    // A rectangle the way ImGui writes it: a b c, a c d.
    void rectangle(float x0, float y0, float x1, float y1, ImU32 colour) {
        textured(x0, y0, x1, y1, kWhiteUv, kWhiteUv, colour);
    }
    void textured(float x0, float y0, float x1, float y1, ImVec2 uv0, ImVec2 uv1, ImU32 colour) {
        const auto first = static_cast<ImDrawIdx>(list_.VtxBuffer.Size);
        list_.VtxBuffer.push_back(vertex({x0, y0}, uv0, colour));
        list_.VtxBuffer.push_back(vertex({x1, y0}, {uv1.x, uv0.y}, colour));
        list_.VtxBuffer.push_back(vertex({x1, y1}, uv1, colour));
        list_.VtxBuffer.push_back(vertex({x0, y1}, {uv0.x, uv1.y}, colour));
        for (const int offset : {0, 1, 2, 0, 2, 3}) add_index(static_cast<ImDrawIdx>(first + offset));
    }
    // A copy of whole texels, at a place of its own size.
    void glyph(float x, float y, int texel_x, int texel_y, int width, int height, ImU32 colour) {
        textured(x, y, x + static_cast<float>(width), y + static_cast<float>(height),
                 {static_cast<float>(texel_x) / 8, static_cast<float>(texel_y) / 4},
                 {static_cast<float>(texel_x + width) / 8, static_cast<float>(texel_y + height) / 4}, colour);
    }

    const ImDrawData& data() const { return frame_; }
    ImDrawData& data() { return frame_; }

    Picture draw(Pixel background = kBlack, Tiling tiling = Tiling::single) {
        Picture picture(width_px_, height_px_);
        Rasteriser(tiling).draw(frame_, picture.surface(), picture.surface().bounds(), background);
        return picture;
    }

  private:
    static constexpr ImVec2 kWhiteUv{0.5f / 8, 0.5f / 4};

    static ImDrawVert vertex(ImVec2 at, ImVec2 uv, ImU32 colour) {
        ImDrawVert v;
        v.pos = at;
        v.uv = uv;
        v.col = colour;
        return v;
    }
    void add(const ImDrawVert& v) {
        list_.VtxBuffer.push_back(v);
        add_index(static_cast<ImDrawIdx>(list_.VtxBuffer.Size - 1));
    }
    void add_index(ImDrawIdx index) {
        list_.IdxBuffer.push_back(index);
        ++list_.CmdBuffer.back().ElemCount;
    }

    int width_px_;
    int height_px_;
    ImTextureData texture_;
    ImDrawList list_{nullptr};
    ImDrawData frame_;
};

}  // namespace kiosk::raster::test
