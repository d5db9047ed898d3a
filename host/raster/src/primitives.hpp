// ImDrawData taken apart: commands with whole-pixel clips, and in them triangles, two of which that share an edge the
// way ImGui writes rectangles and glyphs come as one primitive of four corners.
#pragma once

#include <kiosk/raster/picture.hpp>

#include <imgui.h>

#include <algorithm>
#include <array>

namespace kiosk::raster {

struct Command {
    PixelRect clip;
    const ImTextureData* texture = nullptr;
    const ImDrawVert* vertices = nullptr;
    const ImDrawIdx* indices = nullptr;
    unsigned index_count = 0;
    ImVec2 origin;  // subtracted from positions
};

struct Primitive {
    std::array<const ImDrawVert*, 4> corners{};
    unsigned corner_count = 0;
};

// Upright, one colour, texture not turned or mirrored: rectangles and glyphs.
inline bool is_box(const Primitive& primitive) {
    if (primitive.corner_count != 4) return false;
    const auto& [a, b, c, d] = primitive.corners;
    return a->pos.y == b->pos.y && b->pos.x == c->pos.x && c->pos.y == d->pos.y && d->pos.x == a->pos.x && a->pos.x <= c->pos.x &&
           a->pos.y <= c->pos.y && a->uv.y == b->uv.y && b->uv.x == c->uv.x && c->uv.y == d->uv.y && d->uv.x == a->uv.x &&
           a->col == b->col && a->col == c->col && a->col == d->col;
}

struct Box {
    float x0 = 0, y0 = 0, x1 = 0, y1 = 0;
};

// What lies around a primitive's positions, or another pair of its corners.
inline Box box_of(const Primitive& primitive, const ImVec2& origin, ImVec2 ImDrawVert::* pair = &ImDrawVert::pos) {
    const ImVec2& first = primitive.corners[0]->*pair;
    Box box{first.x, first.y, first.x, first.y};
    for (unsigned i = 1; i < primitive.corner_count; ++i) {
        const ImVec2& at = primitive.corners[i]->*pair;
        box = {std::min(box.x0, at.x), std::min(box.y0, at.y), std::max(box.x1, at.x), std::max(box.y1, at.y)};
    }
    return {box.x0 - origin.x, box.y0 - origin.y, box.x1 - origin.x, box.y1 - origin.y};
}

// Textures are ImTextureData everywhere: the atlas's, or one an application made and passed by GetTexRef().
inline const ImTextureData* texture_of(const ImDrawCmd& command) {
    if (command.TexRef._TexData) return command.TexRef._TexData;
    return reinterpret_cast<const ImTextureData*>(static_cast<std::uintptr_t>(command.TexRef._TexID));
}

// Clip edges become whole pixels the way the OpenGL back end does it; "no clip" may be written as huge numbers.
inline int clip_edge(float at) { return static_cast<int>(std::clamp(at, -32767.0f, 32767.0f)); }

template <class Visitor>
void for_each_command(const ImDrawData& frame, Visitor&& visit) {
    for (const ImDrawList* list : frame.CmdLists) {
        for (const ImDrawCmd& command : list->CmdBuffer) {
            if (command.UserCallback || command.ElemCount == 0) continue;
            const ImVec4& clip = command.ClipRect;
            const ImVec2& origin = frame.DisplayPos;
            visit(Command{
                .clip = {clip_edge(clip.x - origin.x), clip_edge(clip.y - origin.y), clip_edge(clip.z - origin.x),
                         clip_edge(clip.w - origin.y)},
                .texture = texture_of(command),
                .vertices = list->VtxBuffer.Data + command.VtxOffset,
                .indices = list->IdxBuffer.Data + command.IdxOffset,
                .index_count = command.ElemCount,
                .origin = origin,
            });
        }
    }
}

inline Primitive primitive_at(const Command& command, const ImDrawIdx* index) {
    Primitive primitive;
    for (unsigned i = 0; i < 3; ++i) primitive.corners[i] = command.vertices + index[i];
    primitive.corner_count = 3;
    // a b c, a c d
    if (command.indices + command.index_count - index >= 6 && index[3] == index[0] && index[4] == index[2]) {
        primitive.corners[3] = command.vertices + index[5];
        primitive.corner_count = 4;
    }
    return primitive;
}

// visit(primitive, where its indices begin)
template <class Visitor>
void for_each_primitive(const Command& command, Visitor&& visit) {
    const ImDrawIdx* index = command.indices;
    const ImDrawIdx* const end = index + command.index_count / 3 * 3;
    while (index < end) {
        const Primitive primitive = primitive_at(command, index);
        visit(primitive, index);
        index += primitive.corner_count == 4 ? 6 : 3;
    }
}

}  // namespace kiosk::raster
