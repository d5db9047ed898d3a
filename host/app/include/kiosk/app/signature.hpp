// Signature: what a finger drew on the pad, as strokes in millimetres, and its form as an answer: a small SVG picture
// in which nothing but the strokes stands. No times are kept: how fast somebody signs is a fingerprint of its own. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kiosk::app {

struct InkPoint {
    float x_mm = 0, y_mm = 0;   // from the pad's top left corner
    bool operator==(const InkPoint&) const = default;
};
using Stroke = std::vector<InkPoint>;

struct Signature {
    static constexpr float kLeastLengthMm = 40;   // less is a slip of the finger, not a name

    float width_mm = 0, height_mm = 0;            // of the pad it was drawn on
    std::vector<Stroke> strokes;

    float length_mm() const;
    bool is_long_enough() const { return length_mm() >= kLeastLengthMm; }
    bool operator==(const Signature&) const = default;
};

std::string to_svg(const Signature& signature);                    // coordinates to a tenth of a millimetre
std::optional<Signature> signature_from(std::string_view svg);     // nothing: it is none of ours

// What stands in a signature's place where somebody cannot sign: the witness's name.
std::string witnessed_by(std::string_view name);
std::optional<std::string_view> witness_in(std::string_view answer);

}  // namespace kiosk::app
