// Counting and cutting UTF-8 text by code points. Bytes that are not UTF-8 count as they come. Pure; any thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace kiosk::forms {

inline bool starts_code_point(char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }

inline std::size_t count_code_points(std::string_view text) {
    std::size_t count = 0;
    for (char c : text) count += starts_code_point(c) ? 1 : 0;
    return count;
}

// Byte offset of a code point, or the size where there are fewer.
inline std::size_t offset_of_code_point(std::string_view text, std::size_t index) {
    std::size_t at = 0;
    for (; at < text.size(); ++at)
        if (starts_code_point(text[at]) && index-- == 0) break;
    return at;
}

inline std::string_view cut_code_points(std::string_view text, std::size_t first, std::size_t count) {
    text.remove_prefix(offset_of_code_point(text, first));
    return text.substr(0, offset_of_code_point(text, count));
}

inline std::vector<std::string_view> code_points(std::string_view text) {
    std::vector<std::string_view> points;
    for (std::size_t at = 0; at < text.size();) {
        std::size_t end = at + 1;
        while (end < text.size() && !starts_code_point(text[end])) ++end;
        points.push_back(text.substr(at, end - at));
        at = end;
    }
    return points;
}


}  // namespace kiosk::forms
