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

template <class Visitor>
void for_each_primitive(const Command& command, Visitor&& visit) {
    const ImDrawIdx* index = command.indices;
    const ImDrawIdx* const end = index + command.index_count / 3 * 3;
    while (index < end) {
        Primitive primitive;
        for (unsigned i = 0; i < 3; ++i) primitive.corners[i] = command.vertices + index[i];
        primitive.corner_count = 3;
        // a b c, a c d
        if (end - index >= 6 && index[3] == index[0] && index[4] == index[2]) {
            primitive.corners[3] = command.vertices + index[5];
            primitive.corner_count = 4;
        }
        index += primitive.corner_count == 4 ? 6 : 3;
        visit(primitive);
    }
}

}  // namespace kiosk::raster
