#include "xlsx_values.hpp"

#include "unicode.hpp"

#include <array>
#include <charconv>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <optional>

namespace kiosk::forms {
namespace {

std::optional<double> number(std::string_view text) {
    text = trimmed(text);
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(value)) return std::nullopt;
    return value;
}

std::string printed(const char* format, auto... values) {
    std::array<char, 64> buffer{};
    std::snprintf(buffer.data(), buffer.size(), format, values...);
    return buffer.data();
}

}  // namespace

std::string number_text(std::string_view written) {
    const auto value = number(written);
    if (!value) return std::string(written);
    if (*value == std::trunc(*value) && std::abs(*value) < 1e15) {
        return std::to_string(static_cast<long long>(*value));
    }
    std::array<char, 64> buffer{};
    // Fifteen digits are what a spreadsheet shows of 0.1 + 0.2; more would be noise of its arithmetic.
    const auto shortest = std::to_chars(buffer.data(), buffer.data() + buffer.size(), *value);
    std::string text(buffer.data(), shortest.ptr);
    if (text.size() > 16) {
        const auto rounded = std::to_chars(buffer.data(), buffer.data() + buffer.size(), *value,
                                           std::chars_format::general, 15);
        text.assign(buffer.data(), rounded.ptr);
    }
    return text;
}

bool is_date_format(std::uint32_t id) {
    return (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58);
}

bool is_date_format_code(std::string_view code) {
    for (std::size_t i = 0; i < code.size(); ++i) {
        switch (code[i]) {
            case '"':
                i = std::min(code.find('"', i + 1), code.size() - 1);
                break;
            case '\\':
            case '_':
            case '*':
                ++i;
                break;
            case '[': {
                // [h], [mm] and [ss] count hours and minutes; [Red] and [$-42A] are colours and locales.
                const std::size_t end = std::min(code.find(']', i), code.size());
                const std::string inside = ascii_lower(code.substr(i + 1, end - i - 1));
                if (!inside.empty() && inside.find_first_not_of("hms") == std::string::npos) return true;
                i = end;
                break;
            }
            case 'y': case 'Y': case 'm': case 'M': case 'd': case 'D': case 'h': case 'H': case 's': case 'S':
                return true;
            case 'G': case 'g':
                if (ascii_lower(code.substr(i, 7)) == "general") i += 6;
                break;
            default:
                break;
        }
    }
    return false;
}

std::string date_text(std::string_view written, bool epoch_is_1904) {
    const auto value = number(written);
    if (!value || *value < 0 || *value > 2958466) return number_text(written);  // 31/12/9999
    auto days = static_cast<long>(std::floor(*value));
    auto seconds = std::lround((*value - static_cast<double>(days)) * 86400);
    if (seconds >= 86400) {
        seconds -= 86400;
        ++days;
    }
    const long hour = seconds / 3600, minute = seconds / 60 % 60, second = seconds % 60;
    if (days == 0 && (seconds != 0 || !epoch_is_1904)) return printed("%02ld:%02ld:%02ld", hour, minute, second);
    // Excel counts a 29 February 1900 that never was; days after it are one too many.
    const long since_1970 = epoch_is_1904 ? days - 24107 : days - (days > 59 ? 25569 : 25568);
    const std::chrono::year_month_day date{std::chrono::sys_days{std::chrono::days{since_1970}}};
    const std::string day = printed("%04d-%02u-%02u", static_cast<int>(date.year()),
                                    static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
    return seconds == 0 ? day : day + printed("T%02ld:%02ld:%02ld", hour, minute, second);
}

std::string without_escapes(std::string_view text) {
    std::string result;
    for (std::size_t at = 0; at < text.size();) {
        unsigned code = 0;
        const bool is_escape =
            text.size() - at >= 7 && text[at] == '_' && text[at + 1] == 'x' && text[at + 6] == '_' &&
            std::from_chars(text.data() + at + 2, text.data() + at + 6, code, 16).ptr == text.data() + at + 6;
        if (!is_escape) {
            result += text[at++];
            continue;
        }
        if (code > 0 && code < 0x80) result += static_cast<char>(code);
        at += 7;
    }
    return result;
}

}  // namespace kiosk::forms
