#include "value.hpp"

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
    char digits[512];                    // the longest double has 309 digits before the point, 1074 after it are cut
    const auto [end, error] = std::to_chars(digits, digits + sizeof digits, number, std::chars_format::fixed);
    if (error != std::errc{}) return "0";
    return {digits, end};
}

double parse_number(std::string_view text) {
    constexpr double nan = std::numeric_limits<double>::quiet_NaN();
    text = trim(text);
    const bool negative = text.starts_with('-');
    if (negative) text = trim(text.substr(1));
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
