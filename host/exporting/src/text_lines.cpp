#include "text_lines.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>

namespace kiosk::exporting {

std::optional<NamedValues> read_lines(std::string_view text, std::string_view first_line) {
    NamedValues values;
    bool is_first = true;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        std::string_view line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (line.ends_with('\r')) line.remove_suffix(1);
        if (is_first) {
            if (line != first_line) return std::nullopt;
            is_first = false;
            continue;
        }
        if (line.empty()) continue;
        const std::size_t colon = line.find(": ");
        const bool has_controls = std::any_of(line.begin(), line.end(), [](unsigned char c) { return c < 0x20; });
        if (colon == std::string_view::npos || colon == 0 || has_controls) return std::nullopt;
        values.emplace_back(line.substr(0, colon), line.substr(colon + 2));
    }
    if (is_first) return std::nullopt;
    return values;
}

std::vector<std::string_view> split_words(std::string_view text) {
    std::vector<std::string_view> words;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(' '), text.size());
        words.push_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return words;
}

std::optional<unsigned long long> whole_number(std::string_view digits) {
    unsigned long long value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
    return value;
}

bool is_plain_id(std::string_view id) {
    return !id.empty() && id.size() <= 64 && std::all_of(id.begin(), id.end(), [](unsigned char c) {
        return c < 0x80 && (std::isalnum(c) != 0 || c == '-' || c == '_');
    });
}

}  // namespace kiosk::exporting
