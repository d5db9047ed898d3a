#include <kiosk/ui/fonts.hpp>

#include <imgui.h>

#include <algorithm>
#include <cfloat>
#include <fstream>

namespace kiosk::ui {

core::Result<Fonts> Fonts::load(Room room, const std::string& folder) {
    const std::string regular = folder + "/NotoSans-Regular.ttf";
    const std::string bold = folder + "/NotoSans-Bold.ttf";
    for (const std::string& file : {regular, bold}) {
        if (!std::ifstream(file))
            return core::Error{"ui.no_font",
                               {"Thiếu phông chữ " + file + ". Cài gói fonts-noto-core (apt install fonts-noto-core).",
                                "The font " + file + " is missing. Install the package fonts-noto-core."}};
    }
    ImFontAtlas& atlas = *ImGui::GetIO().Fonts;
    atlas.TexMinWidth = room.width_px;
    atlas.TexMinHeight = room.height_px;
    ImFont* const first = atlas.AddFontFromFileTTF(regular.c_str());
    ImFont* const second = atlas.AddFontFromFileTTF(bold.c_str());
    if (!first || !second)
        return core::Error{"ui.bad_font",
                           {"Không đọc được phông chữ trong " + folder + ". Cài lại gói fonts-noto-core.",
                            "The fonts in " + folder + " cannot be read. Reinstall the package fonts-noto-core."}};
    return Fonts(first, second);
}

float Fonts::width(std::string_view text, float font_px, Weight weight) const {
    return font(weight)->CalcTextSizeA(font_px, FLT_MAX, 0, text.data(), text.data() + text.size()).x;
}

std::vector<std::string> Fonts::wrap(std::string_view text, float font_px, Weight weight, float width_px) const {
    std::vector<std::string> lines;
    std::string line;
    const auto finish = [&] { lines.push_back(std::exchange(line, {})); };
    while (!text.empty()) {
        const std::size_t end = text.find_first_of(" \n");
        const std::string_view word = text.substr(0, end);
        const bool ends_line = end != std::string_view::npos && text[end] == '\n';
        text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
        std::string longer = line.empty() ? std::string(word) : line + " " + std::string(word);
        if (!line.empty() && width(longer, font_px, weight) > width_px) {
            finish();
            line = word;
        } else {
            line = std::move(longer);
        }
        if (ends_line) finish();
    }
    if (!line.empty() || lines.empty()) finish();
    return lines;
}

std::vector<std::string> Fonts::wrap_evenly(std::string_view text, float font_px, Weight weight, float width_px) const {
    std::vector<std::string> lines = wrap(text, font_px, weight, width_px);
    if (lines.size() < 2) return lines;
    float narrow = width_px / static_cast<float>(lines.size()) * 0.8F, wide = width_px;
    for (int step = 0; step < 7; ++step) {
        const float middle = (narrow + wide) / 2;
        auto trial = wrap(text, font_px, weight, middle);
        if (trial.size() > lines.size()) {
            narrow = middle;
        } else {
            wide = middle;
            lines = std::move(trial);
        }
    }
    return lines;
}

}  // namespace kiosk::ui
