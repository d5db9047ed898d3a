#include <kiosk/text/unicode.hpp>

#include <kiosk/core/assert.hpp>

#include <utf8proc.h>

#include <algorithm>
#include <cstdlib>
#include <memory>

namespace kiosk::text {

namespace {

constexpr char32_t kReplacement = 0xfffd;

struct CodePoint {
    char32_t value;
    std::size_t length;  // bytes taken, at least 1
    bool well_formed;
};

// The code point at the start of `rest`, which is not empty.
CodePoint first_code_point(std::string_view rest) {
    utf8proc_int32_t value = 0;
    const auto* bytes = reinterpret_cast<const utf8proc_uint8_t*>(rest.data());
    const utf8proc_ssize_t length = utf8proc_iterate(bytes, static_cast<utf8proc_ssize_t>(rest.size()), &value);
    if (length > 0) return {static_cast<char32_t>(value), static_cast<std::size_t>(length), true};
    std::size_t skipped = 1;
    while (skipped < rest.size() && (bytes[skipped] & 0xc0) == 0x80) ++skipped;
    return {kReplacement, skipped, false};
}

bool is_ascii(std::string_view bytes) {
    return std::ranges::all_of(bytes, [](char byte) { return static_cast<unsigned char>(byte) < 0x80; });
}

// Letters and signs that no normalisation changes and that combine with nothing before them: all below the first
// combining mark, Latin with marks (Vietnamese), and the signs of punctuation and money.
bool stands_composed(char32_t letter) {
    return letter < 0x300 || (letter >= 0x1e00 && letter < 0x1f00) || (letter >= 0x2010 && letter < 0x20d0);
}

bool is_surely_composed(std::string_view utf8) {
    while (!utf8.empty()) {
        if (static_cast<unsigned char>(utf8.front()) < 0x80) {
            utf8.remove_prefix(1);
            continue;
        }
        const CodePoint point = first_code_point(utf8);
        if (!point.well_formed || !stands_composed(point.value)) return false;
        utf8.remove_prefix(point.length);
    }
    return true;
}

std::string map(std::string_view utf8, int options) {
    const std::string repaired = is_utf8(utf8) ? std::string{} : to_utf8(to_code_points(utf8));
    const std::string_view input = repaired.empty() ? utf8 : repaired;
    utf8proc_uint8_t* mapped = nullptr;
    const utf8proc_ssize_t length =
        utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(input.data()), static_cast<utf8proc_ssize_t>(input.size()),
                     &mapped, static_cast<utf8proc_option_t>(options | UTF8PROC_STABLE));
    const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owner(mapped, &std::free);
    KIOSK_ASSERT(length >= 0);  // well-formed input fails only for want of memory
    return {reinterpret_cast<const char*>(mapped), static_cast<std::size_t>(length)};
}

// Signs written inside names in several ways, or left out: apostrophes and hyphens.
bool is_dropped_in_search(char32_t letter) {
    switch (letter) {
        case U'\'': case U'`': case U'\u2018': case U'\u2019': case U'\u02bc': case U'\u02bb': case U'\u00b4':
        case U'-': case U'\u2010': case U'\u2011': case U'\u00ad':
            return true;
        default:
            return false;
    }
}

// Letters whose stroke is no combining mark, so that decomposition does not take it off.
char32_t without_stroke(char32_t letter) {
    switch (letter) {
        case U'\u0111': case U'\u00f0': return U'd';  // đ, and the Icelandic ð that old documents hold for it
        case U'\u0180': return U'b';                  // ƀ of Cơ Tu
        default: return letter;
    }
}

bool is_space(char32_t letter) {
    if (letter == U' ' || (letter >= U'\t' && letter <= U'\r')) return true;
    const auto category = utf8proc_category(static_cast<utf8proc_int32_t>(letter));
    return category == UTF8PROC_CATEGORY_ZS || category == UTF8PROC_CATEGORY_ZL || category == UTF8PROC_CATEGORY_ZP;
}

std::string map_letters(std::string_view utf8, utf8proc_int32_t (*change)(utf8proc_int32_t)) {
    std::string changed;
    changed.reserve(utf8.size());
    for (const char32_t letter : to_code_points(utf8))
        append_utf8(changed, static_cast<char32_t>(change(static_cast<utf8proc_int32_t>(letter))));
    return changed;
}

}  // namespace

bool is_utf8(std::string_view bytes) {
    if (is_ascii(bytes)) return true;
    while (!bytes.empty()) {
        const CodePoint point = first_code_point(bytes);
        if (!point.well_formed) return false;
        bytes.remove_prefix(point.length);
    }
    return true;
}

std::string nfc(std::string_view utf8) {
    if (is_surely_composed(utf8)) return std::string(utf8);
    return map(utf8, UTF8PROC_COMPOSE);
}

std::string fold(std::string_view utf8) {
    const std::string stripped = map(utf8, UTF8PROC_DECOMPOSE | UTF8PROC_STRIPMARK | UTF8PROC_CASEFOLD);
    std::string key;
    key.reserve(stripped.size());
    for (const char32_t letter : to_code_points(stripped)) {
        if (is_dropped_in_search(letter)) continue;
        if (!is_space(letter)) append_utf8(key, without_stroke(letter));
        else if (!key.empty() && key.back() != ' ') key += ' ';
    }
    if (key.ends_with(' ')) key.pop_back();
    return key;
}

std::string lower(std::string_view utf8) { return map_letters(utf8, utf8proc_tolower); }

std::string upper(std::string_view utf8) { return map_letters(utf8, utf8proc_toupper); }

std::vector<std::size_t> grapheme_bounds(std::string_view utf8) {
    std::vector<std::size_t> bounds{0};
    utf8proc_int32_t previous = 0;
    utf8proc_int32_t state = 0;
    for (std::size_t at = 0; at < utf8.size();) {
        const CodePoint point = first_code_point(utf8.substr(at));
        const auto value = static_cast<utf8proc_int32_t>(point.value);
        if (at > 0 && utf8proc_grapheme_break_stateful(previous, value, &state)) bounds.push_back(at);
        previous = value;
        at += point.length;
    }
    if (!utf8.empty()) bounds.push_back(utf8.size());
    return bounds;
}

std::size_t grapheme_count(std::string_view utf8) { return grapheme_bounds(utf8).size() - 1; }

std::string_view without_last_grapheme(std::string_view utf8) {
    if (utf8.empty()) return utf8;
    const std::vector<std::size_t> bounds = grapheme_bounds(utf8);
    return utf8.substr(0, bounds[bounds.size() - 2]);
}

std::u32string to_code_points(std::string_view utf8) {
    std::u32string code_points;
    code_points.reserve(utf8.size());
    while (!utf8.empty()) {
        const CodePoint point = first_code_point(utf8);
        code_points += point.value;
        utf8.remove_prefix(point.length);
    }
    return code_points;
}

std::string to_utf8(std::u32string_view code_points) {
    std::string utf8;
    utf8.reserve(code_points.size() * 2);
    for (const char32_t code_point : code_points) append_utf8(utf8, code_point);
    return utf8;
}

void append_utf8(std::string& utf8, char32_t code_point) {
    const bool is_scalar = code_point < 0xd800 || (code_point > 0xdfff && code_point <= 0x10ffff);
    utf8proc_uint8_t bytes[4];
    const utf8proc_ssize_t length =
        utf8proc_encode_char(static_cast<utf8proc_int32_t>(is_scalar ? code_point : kReplacement), bytes);
    utf8.append(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(length));
}

}  // namespace kiosk::text
