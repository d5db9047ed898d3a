#include "unicode.hpp"

#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <memory>

namespace kiosk::forms {
namespace {

struct FreeDeleter {
    void operator()(utf8proc_uint8_t* p) const { std::free(p); }
};

bool is_ascii(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

std::string mapped(std::string_view text, int options) {
    utf8proc_uint8_t* raw = nullptr;
    const auto length =
        utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()), static_cast<utf8proc_ssize_t>(text.size()),
                     &raw, static_cast<utf8proc_option_t>(options));
    const std::unique_ptr<utf8proc_uint8_t, FreeDeleter> owned(raw);
    if (length < 0) return std::string(text);
    return std::string(reinterpret_cast<const char*>(raw), static_cast<std::size_t>(length));
}

// The code point at the start of text and its length in bytes; an invalid byte is itself, of length 1.
std::pair<std::int32_t, std::size_t> first_code_point(std::string_view text) {
    utf8proc_int32_t code = 0;
    const auto length = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                         static_cast<utf8proc_ssize_t>(text.size()), &code);
    if (length <= 0) return {static_cast<unsigned char>(text.front()), 1};
    return {code, static_cast<std::size_t>(length)};
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

bool is_utf8(std::string_view text) {
    while (!text.empty()) {
        utf8proc_int32_t code = 0;
        const auto length = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                             static_cast<utf8proc_ssize_t>(text.size()), &code);
        if (length <= 0) return false;
        text.remove_prefix(static_cast<std::size_t>(length));
    }
    return true;
}

std::string nfc(std::string_view text) {
    if (is_ascii(text)) return std::string(text);
    return mapped(text, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
}

std::string folded(std::string_view text) {
    if (is_ascii(text)) return ascii_lower(text);
    std::string bare = mapped(text, UTF8PROC_STABLE | UTF8PROC_DECOMPOSE | UTF8PROC_STRIPMARK | UTF8PROC_CASEFOLD);
    for (std::size_t at = 0; (at = bare.find("đ", at)) != std::string::npos;) bare.replace(at, 2, "d");
    return bare;
}

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
    if (is_ascii(text)) return std::string(text);
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
