#include "syllable.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace kiosk::text {

namespace {

std::string bases(const Letters& letters, std::size_t begin, std::size_t end) {
    std::string text;
    for (std::size_t i = begin; i < end; ++i) text += letters[i].base < 0x80 ? static_cast<char>(letters[i].base) : '?';
    return text;
}

}  // namespace

Nucleus last_nucleus(const Letters& letters) {
    Nucleus nucleus;
    nucleus.end = letters.size();
    while (nucleus.end > 0 && !letters[nucleus.end - 1].is_vowel()) --nucleus.end;
    nucleus.begin = nucleus.end;
    while (nucleus.begin > 0 && letters[nucleus.begin - 1].is_vowel()) --nucleus.begin;
    if (nucleus.size() < 2 || nucleus.begin == 0) return nucleus;

    const char32_t before = letters[nucleus.begin - 1].base;
    const Letter& first = letters[nucleus.begin];
    const bool is_qu = before == U'q' && first.base == U'u' && first.mark == Mark::none;
    const bool is_after_n = nucleus.begin > 1 && letters[nucleus.begin - 2].base == U'n';
    const bool is_gi = before == U'g' && !is_after_n && first.base == U'i';
    if (is_qu || is_gi) ++nucleus.begin;
    return nucleus;
}

bool has_known_final(const Letters& letters, const Nucleus& nucleus) {
    constexpr std::array<std::string_view, 9> kFinals{"", "c", "ch", "m", "n", "ng", "nh", "p", "t"};
    return std::ranges::find(kFinals, bases(letters, nucleus.end, letters.size())) != kFinals.end();
}

std::size_t tone_place(const Letters& letters, const Nucleus& nucleus, ToneStyle style) {
    // The last marked vowel: ê of uyê, ơ of ươ, ư of ưa.
    for (std::size_t i = nucleus.end; i-- > nucleus.begin;)
        if (letters[i].mark != Mark::none) return i;
    if (nucleus.size() == 1) return nucleus.begin;
    if (nucleus.size() > 2) return nucleus.begin + 1;

    const std::string pair = bases(letters, nucleus.begin, nucleus.end);
    const bool has_final = nucleus.end < letters.size();
    const bool is_rounded = pair == "oa" || pair == "oe" || pair == "uy" || pair == "uo" || pair == "oo";
    bool is_on_second;
    if (!has_final) is_on_second = style == ToneStyle::new_style && is_rounded && pair != "uo" && pair != "oo";
    // Before the finals of other languages ia, ua, ai stay as if open: Ríah.
    else is_on_second = is_rounded || has_known_final(letters, nucleus);
    return nucleus.begin + (is_on_second ? 1 : 0);
}

bool is_known_with_circumflex(std::string_view nucleus, bool is_closed) {
    constexpr std::array<std::string_view, 9> kEither{"â", "ê", "ô", "iê", "yê", "uâ", "uê", "uô", "uyê"};
    constexpr std::array<std::string_view, 8> kOpen{"âu", "ây", "êu", "iêu", "yêu", "ôi", "uây", "uôi"};
    if (std::ranges::find(kEither, nucleus) != kEither.end()) return true;
    return !is_closed && std::ranges::find(kOpen, nucleus) != kOpen.end();
}

}  // namespace kiosk::text
