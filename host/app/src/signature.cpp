#include <kiosk/app/signature.hpp>

#include <charconv>
#include <cmath>

namespace kiosk::app {
namespace {

constexpr std::string_view kBegin = R"(<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 )";
constexpr std::string_view kMiddle =
    R"("><path fill="none" stroke="#000" stroke-width="0.9" stroke-linecap="round" stroke-linejoin="round" d=")";
constexpr std::string_view kEnd = R"("/></svg>)";
constexpr std::string_view kWitness = "witness: ";

void write(std::string& out, float value) {
    const long tenths = std::lround(value * 10);
    if (tenths < 0) out += '-';
    out += std::to_string(std::abs(tenths) / 10);
    if (tenths % 10 != 0) out.append(".").append(std::to_string(std::abs(tenths) % 10));
}

void write(std::string& out, const InkPoint& point) {
    write(out, point.x_mm);
    out += ' ';
    write(out, point.y_mm);
}

// Takes a number and what parts it from the next off the front.
std::optional<float> take_number(std::string_view& text) {
    while (text.starts_with(' ')) text.remove_prefix(1);
    float value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{}) return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    return value;
}

std::optional<InkPoint> take_point(std::string_view& text) {
    const auto x = take_number(text);
    const auto y = x ? take_number(text) : std::nullopt;
    if (!y) return std::nullopt;
    return InkPoint{*x, *y};
}

bool take(std::string_view& text, std::string_view part) {
    if (!text.starts_with(part)) return false;
    text.remove_prefix(part.size());
    return true;
}

}  // namespace

float Signature::length_mm() const {
    float length = 0;
    for (const Stroke& stroke : strokes)
        for (std::size_t i = 1; i < stroke.size(); ++i)
            length += std::hypot(stroke[i].x_mm - stroke[i - 1].x_mm, stroke[i].y_mm - stroke[i - 1].y_mm);
    return length;
}

std::string to_svg(const Signature& signature) {
    std::string svg(kBegin);
    write(svg, signature.width_mm);
    svg += ' ';
    write(svg, signature.height_mm);
    svg += kMiddle;
    for (const Stroke& stroke : signature.strokes) {
        for (std::size_t i = 0; i < stroke.size(); ++i) {
            svg += i == 0 ? 'M' : 'L';
            write(svg, stroke[i]);
        }
        if (stroke.size() == 1) svg.append("L"), write(svg, stroke.front());   // a dot
    }
    svg += kEnd;
    return svg;
}

std::optional<Signature> signature_from(std::string_view svg) {
    Signature signature;
    if (!take(svg, kBegin)) return std::nullopt;
    const auto size = take_point(svg);
    if (!size || !take(svg, kMiddle)) return std::nullopt;
    signature.width_mm = size->x_mm;
    signature.height_mm = size->y_mm;
    while (!svg.empty() && svg != kEnd) {
        const char command = svg.front();
        svg.remove_prefix(1);
        const auto point = take_point(svg);
        if (!point || (command != 'M' && command != 'L') || (command == 'L' && signature.strokes.empty())) return std::nullopt;
        if (command == 'M') signature.strokes.emplace_back();
        signature.strokes.back().push_back(*point);
    }
    if (svg != kEnd) return std::nullopt;
    return signature;
}

std::string witnessed_by(std::string_view name) { return std::string(kWitness).append(name); }

std::optional<std::string_view> witness_in(std::string_view answer) {
    if (!answer.starts_with(kWitness)) return std::nullopt;
    return answer.substr(kWitness.size());
}

}  // namespace kiosk::app
