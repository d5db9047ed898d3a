// Fonts: Noto Sans in two weights, added to the current Dear ImGui context, and the measuring of text with it.
//
// Refers to the context's atlas: use it only while that context lives and is current. The context's thread. Creation
// fails when the fonts are not installed; the message names the package.
#pragma once

#include <kiosk/core/result.hpp>
#include <kiosk/ui/scene.hpp>

#include <string>
#include <string_view>
#include <vector>

struct ImFont;

namespace kiosk::ui {

class Fonts {
  public:
    // How many texels of letters there is room for before the texture that holds them is made anew, larger, which lets go
    // of letters not on the page. Powers of two.
    struct Room { int width_px = 512, height_px = 128; };

    // From the distribution's fonts-noto-core, unless another folder is named.
    static core::Result<Fonts> load(Room room, const std::string& folder = "/usr/share/fonts/truetype/noto");
    static core::Result<Fonts> load() { return load(Room{}); }

    ImFont* font(Weight weight) const { return weight == Weight::bold ? bold_ : regular_; }
    float width(std::string_view text, float font_px, Weight weight) const;

    // Breaks at spaces only; a U+00A0 holds what belongs together. A word wider than the line stands alone on it.
    std::vector<std::string> wrap(std::string_view text, float font_px, Weight weight, float width_px) const;
    // As many lines as wrap() needs, of about the same length: no title ends in a single syllable.
    std::vector<std::string> wrap_evenly(std::string_view text, float font_px, Weight weight, float width_px) const;

  private:
    Fonts(ImFont* regular, ImFont* bold) : regular_(regular), bold_(bold) {}

    ImFont* regular_;
    ImFont* bold_;
};

}  // namespace kiosk::ui
