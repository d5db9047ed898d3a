#include "text_run.hpp"

#include "drawings.hpp"

#include <kiosk/text/unicode.hpp>

#include <imgui.h>

#include <algorithm>
#include <string_view>

namespace kiosk::ui {
namespace {

constexpr float kGapShare = 0.035F;   // of the font size, between a letter and a mark over it

bool is_mark(char32_t code_point) { return code_point >= 0x300 && code_point <= 0x36F; }

// All marks lie in U+0300 … U+036F: in UTF-8 they begin with 0xCC or 0xCD.
bool has_marks(std::string_view text) { return text.find_first_of("\xCC\xCD") != std::string_view::npos; }

// A mark stands over the middle of the plain letter; a horn does not move the middle.
char32_t without_horn(char32_t letter) {
    switch (letter) {
        case U'ơ': return U'o';
        case U'Ơ': return U'O';
        case U'ư': return U'u';
        case U'Ư': return U'U';
        default: return letter;
    }
}

class Run {
  public:
    Run(const Line& line, const Fonts& fonts, ImDrawList& list)
        : line_(line), fonts_(fonts), list_(list), font_(fonts.font(line.weight)), baked_(font_->GetFontBaked(line.font_px)),
          scale_(line.font_px / baked_->Size), pen_(line.x) {}

    void draw() {
        const std::vector<std::size_t> bounds = text::grapheme_bounds(line_.text);
        std::size_t plain = 0;
        for (std::size_t i = 0; i + 1 < bounds.size(); ++i) {
            const std::string_view letter = std::string_view(line_.text).substr(bounds[i], bounds[i + 1] - bounds[i]);
            if (!has_marks(letter)) continue;
            draw_plain(std::string_view(line_.text).substr(plain, bounds[i] - plain));
            draw_marked(text::to_code_points(letter));
            plain = bounds[i + 1];
        }
        draw_plain(std::string_view(line_.text).substr(plain));
    }

  private:
    void put(std::string_view text, float x, float y) {
        list_.AddText(font_, line_.font_px, {x, y}, packed(line_.colour), text.data(), text.data() + text.size());
    }
    void draw_plain(std::string_view text) {
        if (text.empty()) return;
        put(text, pen_, line_.y);
        pen_ += fonts_.width(text, line_.font_px, line_.weight);
    }
    const ImFontGlyph& glyph(char32_t code_point) { return *baked_->FindGlyph(static_cast<ImWchar>(code_point)); }

    void draw_marked(const std::u32string& letter) {
        const char32_t base = letter.front();
        const std::string plain = text::to_utf8(std::u32string_view(&base, 1));
        const ImFontGlyph middle = glyph(without_horn(base));
        const float centre = pen_ + (middle.X0 + middle.X1) / 2 * scale_;
        float top = glyph(base).Y0 * scale_;
        put(plain, pen_, line_.y);
        for (const char32_t mark : letter.substr(1)) {
            if (!is_mark(mark)) continue;
            const ImFontGlyph shape = glyph(mark);
            const bool is_below = shape.Y0 * scale_ > line_.font_px * kAscentShare;
            const float room = top - line_.font_px * kGapShare;
            const float lift = is_below ? 0 : std::max(0.0F, shape.Y1 * scale_ - room);
            put(text::to_utf8(std::u32string_view(&mark, 1)), centre - (shape.X0 + shape.X1) / 2 * scale_, line_.y - lift);
            if (!is_below) top = shape.Y0 * scale_ - lift;
        }
        pen_ += fonts_.width(plain, line_.font_px, line_.weight);
    }

    const Line& line_;
    const Fonts& fonts_;
    ImDrawList& list_;
    ImFont* font_;
    ImFontBaked* baked_;
    float scale_;
    float pen_;
};

}  // namespace

void draw_line(const Line& line, const Fonts& fonts, ImDrawList& list) {
    if (has_marks(line.text)) return Run(line, fonts, list).draw();
    list.AddText(fonts.font(line.weight), line.font_px, {line.x, line.y}, packed(line.colour), line.text.data(),
                 line.text.data() + line.text.size());
}

}  // namespace kiosk::ui
