#include "letter.hpp"

#include <kiosk/text/unicode.hpp>

#include <utf8proc.h>

#include <algorithm>

namespace kiosk::text {

namespace {

constexpr char32_t kCircumflex = 0x302, kBreve = 0x306, kHorn = 0x31b;
constexpr char32_t kStrokedD = 0x111;

char32_t lower(char32_t letter) {
    return static_cast<char32_t>(utf8proc_tolower(static_cast<utf8proc_int32_t>(letter)));
}

char32_t upper(char32_t letter) {
    return static_cast<char32_t>(utf8proc_toupper(static_cast<utf8proc_int32_t>(letter)));
}

bool is_combining(char32_t code_point) {
    const auto category = utf8proc_category(static_cast<utf8proc_int32_t>(code_point));
    return category == UTF8PROC_CATEGORY_MN || category == UTF8PROC_CATEGORY_MC || category == UTF8PROC_CATEGORY_ME;
}

char32_t sign_of(Tone tone) {
    switch (tone) {
        case Tone::grave: return 0x300;
        case Tone::hook: return 0x309;
        case Tone::tilde: return 0x303;
        case Tone::acute: return 0x301;
        case Tone::dot: return 0x323;
        case Tone::level: break;
    }
    return 0;
}

Tone tone_of(char32_t sign) {
    for (const Tone tone : {Tone::grave, Tone::hook, Tone::tilde, Tone::acute, Tone::dot})
        if (sign_of(tone) == sign) return tone;
    return Tone::level;
}

void add_sign(Letter& letter, char32_t sign) {
    const bool is_plain = letter.mark == Mark::none && !letter.has_short_sign;
    if (const Tone tone = tone_of(sign); tone != Tone::level && letter.tone == Tone::level) letter.tone = tone;
    else if (sign == kCircumflex && is_plain) letter.mark = Mark::circumflex;
    else if (sign == kHorn && is_plain) letter.mark = Mark::horn;
    else if (sign == kBreve && is_plain && letter.base == U'a') letter.mark = Mark::breve;
    else if (sign == kBreve && !letter.has_short_sign) letter.has_short_sign = true;
    else letter.other_marks += sign;
}

Letter first_of(char32_t code_point) {
    Letter letter;
    letter.base = lower(code_point);
    letter.is_upper = letter.base != code_point;
    if (letter.base == kStrokedD) {
        letter.base = U'd';
        letter.mark = Mark::stroke;
    }
    return letter;
}

std::u32string decomposed(std::string_view text) {
    std::u32string code_points;
    for (const char32_t code_point : to_code_points(text)) {
        utf8proc_int32_t parts[8];
        int boundary = 0;
        const utf8proc_ssize_t count = utf8proc_decompose_char(static_cast<utf8proc_int32_t>(code_point), parts, 8,
                                                               UTF8PROC_DECOMPOSE, &boundary);
        // A Korean syllable comes apart into letters, but is one visible letter all the same.
        const bool has_only_marks = count > 0 && std::all_of(parts + 1, parts + count, [](utf8proc_int32_t part) {
            return is_combining(static_cast<char32_t>(part));
        });
        if (!has_only_marks) code_points += code_point;
        for (utf8proc_ssize_t i = 0; has_only_marks && i < count; ++i) code_points += static_cast<char32_t>(parts[i]);
    }
    return code_points;
}

}  // namespace

bool Letter::is_vowel() const {
    constexpr std::u32string_view kVowels = U"aeiouy";
    return kVowels.find(base) != std::u32string_view::npos;
}

bool is_word_part(char32_t code_point) {
    if (code_point < 0x80) return (code_point | 0x20) >= U'a' && (code_point | 0x20) <= U'z';
    switch (utf8proc_category(static_cast<utf8proc_int32_t>(code_point))) {
        case UTF8PROC_CATEGORY_LU: case UTF8PROC_CATEGORY_LL: case UTF8PROC_CATEGORY_LT: case UTF8PROC_CATEGORY_LO:
        case UTF8PROC_CATEGORY_MN: case UTF8PROC_CATEGORY_MC: case UTF8PROC_CATEGORY_ME:
            return true;
        default: return false;
    }
}

Letters take_apart(std::string_view word) {
    Letters letters;
    for (const char32_t code_point : decomposed(word)) {
        if (letters.empty() || !is_combining(code_point)) letters.push_back(first_of(code_point));
        else add_sign(letters.back(), code_point);
    }
    return letters;
}

std::string put_together(const Letters& letters) {
    std::string text;
    bool is_plain = true;
    for (const Letter& letter : letters) {
        const char32_t base = letter.mark == Mark::stroke ? kStrokedD : letter.base;
        append_utf8(text, letter.is_upper ? upper(base) : base);
        const bool has_signs = letter.mark != Mark::none || letter.tone != Tone::level || letter.has_short_sign ||
                               !letter.other_marks.empty();
        if (!has_signs) continue;
        is_plain = false;
        if (letter.mark == Mark::circumflex) append_utf8(text, kCircumflex);
        if (letter.mark == Mark::breve) append_utf8(text, kBreve);
        if (letter.mark == Mark::horn) append_utf8(text, kHorn);
        if (letter.has_short_sign) append_utf8(text, kBreve);
        for (const char32_t sign : letter.other_marks) append_utf8(text, sign);
        if (letter.tone != Tone::level) append_utf8(text, sign_of(letter.tone));
    }
    return is_plain ? text : nfc(text);
}

std::string_view last_word(std::string_view text) {
    std::size_t begin = text.size();
    while (begin > 0) {
        std::size_t at = begin - 1;
        while (at > 0 && (static_cast<unsigned char>(text[at]) & 0xc0) == 0x80) --at;
        const std::u32string code_points = to_code_points(text.substr(at, begin - at));
        if (code_points.size() != 1 || !is_word_part(code_points.front())) break;
        begin = at;
    }
    return text.substr(begin);
}

}  // namespace kiosk::text
