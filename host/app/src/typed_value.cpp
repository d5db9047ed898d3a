#include "typed_value.hpp"

#include <algorithm>
#include <array>

namespace kiosk::app {
namespace {

bool is_digit(char character) { return character >= '0' && character <= '9'; }

std::string trimmed(std::string_view text) {
    while (text.starts_with(' ')) text.remove_prefix(1);
    while (text.ends_with(' ')) text.remove_suffix(1);
    return std::string(text);
}

std::string two_digits(const std::string& number) { return number.size() == 1 ? "0" + number : number; }

std::string date_typed(const std::string& text) {
    std::array<std::string, 3> parts;   // day, month, year
    if (text.size() == 8 && std::all_of(text.begin(), text.end(), is_digit)) {
        parts = {text.substr(0, 2), text.substr(2, 2), text.substr(4)};
    } else {
        std::size_t part = 0;
        for (std::size_t at = 0; at < text.size(); ++at) {
            if (is_digit(text[at])) {
                parts[part] += text[at];
            } else if (at > 0 && is_digit(text[at - 1]) && ++part == parts.size()) {
                return text;
            }
        }
    }
    const auto& [day, month, year] = parts;
    if (day.empty() || day.size() > 2 || month.empty() || month.size() > 2 || year.size() != 4) return text;
    return year + "-" + two_digits(month) + "-" + two_digits(day);
}

std::string date_shown(std::string_view value) {
    if (value.size() != 10 || value[4] != '-' || value[7] != '-') return std::string(value);
    return std::string(value.substr(8, 2)).append("/").append(value.substr(5, 2)).append("/").append(value.substr(0, 4));
}

std::string with_sign_changed(std::string text, char from, char to) {
    std::replace(text.begin(), text.end(), from, to);
    return text;
}

}  // namespace

std::string value_typed(std::string_view text, Layout layout) {
    if (layout == Layout::date) return date_typed(trimmed(text));
    if (layout == Layout::decimal) return with_sign_changed(trimmed(text), ',', '.');
    return trimmed(text);
}

std::string typed_from(std::string_view value, Layout layout) {
    if (layout == Layout::date) return date_shown(value);
    if (layout == Layout::decimal) return with_sign_changed(std::string(value), '.', ',');
    return std::string(value);
}

}  // namespace kiosk::app
