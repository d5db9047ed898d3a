#include "unicode.hpp"

#include <algorithm>
#include <cstdint>
#include <utility>

namespace kiosk::forms {
namespace {

// The code point at the start of text and its length in bytes; -1, of length 1, for a byte that begins none.
std::pair<std::int32_t, std::size_t> first_code_point(std::string_view text) {
    const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(text[at]); };
    const unsigned char lead = byte(0);
    const std::size_t length = lead < 0x80 ? 1 : lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc0 ? 2 : 1;
    if (length == 1) return {lead < 0x80 ? lead : -1, 1};
    if (length > text.size()) return {-1, 1};
    std::int32_t code = lead & (0x7f >> length);
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(i) & 0xc0) != 0x80) return {-1, 1};
        code = code << 6 | (byte(i) & 0x3f);
    }
    return {code, length};
}

bool is_space(std::int32_t code) {
    return code == ' ' || (code >= 0x09 && code <= 0x0d) || code == 0x85 || code == 0xa0 || code == 0x1680 ||
           (code >= 0x2000 && code <= 0x200b) || code == 0x2028 || code == 0x2029 || code == 0x202f ||
           code == 0x205f || code == 0x2060 || code == 0x3000 || code == 0xfeff;
}

std::size_t last_code_point_start(std::string_view text) {
    std::size_t at = text.size() - 1;
    while (at > 0 && (static_cast<unsigned char>(text[at]) & 0xc0) == 0x80) --at;
    return at;
}

}  // namespace

std::string_view trimmed(std::string_view text) {
    while (!text.empty()) {
        const auto [code, length] = first_code_point(text);
        if (!is_space(code)) break;
        text.remove_prefix(length);
    }
    while (!text.empty()) {
        const std::size_t at = last_code_point_start(text);
        if (!is_space(first_code_point(text.substr(at)).first)) break;
        text.remove_suffix(text.size() - at);
    }
    return text;
}

std::string single_spaced(std::string_view text) {
    text = trimmed(text);
    std::string result;
    result.reserve(text.size());
    while (!text.empty()) {
        const auto [code, length] = first_code_point(text);
        if (is_space(code)) {
            if (result.back() != ' ') result += ' ';
        } else {
            result += text.substr(0, length);
        }
        text.remove_prefix(length);
    }
    return result;
}

std::string straight_quotes(std::string_view text) {
    std::string result;
    result.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const std::string_view three = text.substr(at, 3);
        if (three == "‘" || three == "’") {
            result += '\'';
            at += 3;
        } else if (three == "“" || three == "”") {
            result += '"';
            at += 3;
        } else {
            result += text[at++];
        }
    }
    return result;
}

bool is_ascii_digit(char c) { return c >= '0' && c <= '9'; }

std::string ascii_lower(std::string_view text) {
    std::string lower(text);
    for (char& c : lower) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return lower;
}

std::vector<std::string> split_words(std::string_view text) {
    std::vector<std::string> words;
    std::string word;
    while (!text.empty()) {
        const auto [code, length] = first_code_point(text);
        if (!is_space(code)) {
            word += text.substr(0, length);
        } else if (!word.empty()) {
            words.push_back(std::move(word));
            word.clear();
        }
        text.remove_prefix(length);
    }
    if (!word.empty()) words.push_back(std::move(word));
    return words;
}

namespace {

bool is_name_start(std::int32_t code) {
    return (code >= 'a' && code <= 'z') || (code >= 'A' && code <= 'Z') || code == '_' || (code >= 0xc0 && code <= 0xd6) ||
           (code >= 0xd8 && code <= 0xf6) || (code >= 0xf8 && code <= 0x2ff) || (code >= 0x370 && code <= 0x37d) ||
           (code >= 0x37f && code <= 0x1fff) || code == 0x200c || code == 0x200d || (code >= 0x2070 && code <= 0x218f) ||
           (code >= 0x2c00 && code <= 0x2fef) || (code >= 0x3001 && code <= 0xd7ff) || (code >= 0xf900 && code <= 0xfdcf) ||
           (code >= 0xfdf0 && code <= 0xfffd) || (code >= 0x10000 && code <= 0xeffff);
}

bool is_name_character(std::int32_t code) {
    return is_name_start(code) || (code >= '0' && code <= '9') || code == '-' || code == '.' || code == 0xb7 ||
           (code >= 0x300 && code <= 0x36f) || code == 0x203f || code == 0x2040;
}

}  // namespace

bool is_xml_name(std::string_view text) {
    bool at_start = true;
    bool has_prefix = false;
    if (text.empty()) return false;
    while (!text.empty()) {
        const auto [code, length] = first_code_point(text);
        if (code == ':') {
            if (at_start || has_prefix) return false;
            has_prefix = at_start = true;
        } else {
            if (at_start ? !is_name_start(code) : !is_name_character(code)) return false;
            at_start = false;
        }
        text.remove_prefix(length);
    }
    return !at_start;
}

}  // namespace kiosk::forms
