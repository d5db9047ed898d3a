#include "value.hpp"

#include <kiosk/core/assert.hpp>

#include <charconv>
#include <cmath>
#include <limits>

namespace kiosk::forms {
namespace {

constexpr std::string_view kSpaces = " \t\r\n";

}  // namespace

double DateValue::days() const {
    if (!instant) return std::numeric_limits<double>::quiet_NaN();
    return static_cast<double>(*instant) / kDayMilliseconds;
}

std::string number_text(double number) {
    if (std::isnan(number)) return "NaN";
    if (std::isinf(number)) return number < 0 ? "-Infinity" : "Infinity";
    if (number == 0) return "0";
    // The shortest digits, d.ddde±x, with the point moved to where the exponent wants it.
    char buffer[40];
    const auto [end, error] = std::to_chars(buffer, buffer + sizeof buffer, std::abs(number), std::chars_format::scientific);
    KIOSK_ASSERT(error == std::errc{});
    const std::string_view written(buffer, static_cast<std::size_t>(end - buffer));
    const std::size_t mark = written.find('e');
    std::string digits(written.substr(0, mark));
    std::erase(digits, '.');
    int exponent = 0;
    const char* first = buffer + mark + (written[mark + 1] == '+' ? 2 : 1);
    std::from_chars(first, end, exponent);
    const auto length = static_cast<int>(digits.size());
    std::string text = number < 0 ? "-" : "";
    if (exponent < 0) return text + "0." + std::string(static_cast<std::size_t>(-exponent - 1), '0') + digits;
    if (exponent + 1 >= length) return text + digits + std::string(static_cast<std::size_t>(exponent + 1 - length), '0');
    const auto point = static_cast<std::size_t>(exponent + 1);
    return text + digits.substr(0, point) + "." + digits.substr(point);
}

double parse_number(std::string_view text) {
    constexpr double nan = std::numeric_limits<double>::quiet_NaN();
    text = trim(text);
    const bool negative = text.starts_with('-');
    if (negative) text.remove_prefix(1);
    bool has_digit = false;
    std::size_t points = 0;
    for (char c : text) {
        if (c >= '0' && c <= '9') has_digit = true;
        else if (c == '.') ++points;
        else return nan;
    }
    if (!has_digit || points > 1) return nan;
    double value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed);
    return negative ? -value : value;
}

std::string_view trim(std::string_view text) {
    const std::size_t first = text.find_first_not_of(kSpaces);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(kSpaces) - first + 1);
}

std::vector<std::string_view> words_of(std::string_view text) {
    std::vector<std::string_view> words;
    for (std::size_t at = text.find_first_not_of(kSpaces); at != std::string_view::npos;) {
        const std::size_t end = std::min(text.find_first_of(kSpaces, at), text.size());
        words.push_back(text.substr(at, end - at));
        at = text.find_first_not_of(kSpaces, end);
    }
    return words;
}

}  // namespace kiosk::forms
