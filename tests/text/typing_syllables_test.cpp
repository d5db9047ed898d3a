// Every Vietnamese syllable, typed in every order of its tone and marks that people use, gives itself.
#include <kiosk/text/typing.hpp>
#include <kiosk/text/unicode.hpp>

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <iterator>
#include <sstream>
#include <string>
#include <vector>

using namespace kiosk::text;

namespace {

// Rimes with ' after the vowel that bears the tone, or : in old and ; in new style where they differ.
constexpr std::string_view kRimes =
    "a' a'c a'ch a'i a'm a'n a'ng a'nh a'o a'p a't a'u a'y ă'c ă'm ă'n ă'ng ă'p ă't "
    "â'c â'm â'n â'ng â'p â't â'u â'y e' e'c e'm e'n e'ng e'o e'p e't ê' ê'ch ê'm ê'n ê'ng ê'nh ê'p ê't ê'u "
    "i' i'a i'c i'ch i'm i'n i'nh i'p i't i'u iê'c iê'm iê'n iê'ng iê'p iê't iê'u yê'm yê'n yê'ng yê't yê'u "
    "o' o'c o'i o'm o'n o'ng o'p o't oo'ng oo'c ô' ô'c ô'i ô'm ô'n ô'ng ô'p ô't ơ' ơ'i ơ'm ơ'n ơ'p ơ't "
    "u' u'a u'c u'i u'm u'n u'ng u'p u't uô'c uô'i uô'm uô'n uô'ng uô't ư' ư'a ư'c ư'i ư'm ư'n ư'ng ư't ư'u "
    "ươ'c ươ'i ươ'm ươ'n ươ'ng ươ'p ươ't ươ'u y' o:a; oa'c oa'ch oa'i oa'm oa'n oa'ng oa'nh oa'o oa'p oa't oa'y "
    "oă'c oă'm oă'n oă'ng oă't o:e; oe'n oe'o oe't uâ'n uâ'ng uâ't uâ'y uê' uê'ch uê'n uê'nh uơ' "
    "u:y; uy'a uy'ch uy'n uy'nh uy'p uy't uy'u uyê'n uyê't";

constexpr std::string_view kRimesAfterQu =
    "a' a'c a'ch a'i a'n a'ng a'nh a'o a'p a't a'u a'y ă'c ă'm ă'n ă'ng ă'p ă't â'n â'ng â't â'y e' e'n e'o e't "
    "ê' ê'ch ê'n ê'nh ê't i' i'ch i'n i'nh i't ô'c ơ' ơ'n y' y'nh y't yê'n yê't";

constexpr std::string_view kOnsets = "- b c ch d đ g gh h k kh l m n ng ngh nh p ph r s t th tr v x";

struct Letter {
    char base;
    char telex_mark;  // 0: none
    char vni_mark;
};

const std::vector<std::pair<std::string_view, Letter>> kMarked{
    {"â", {'a', 'a', '6'}}, {"ă", {'a', 'w', '8'}}, {"ê", {'e', 'e', '6'}}, {"ô", {'o', 'o', '6'}},
    {"ơ", {'o', 'w', '7'}}, {"ư", {'u', 'w', '7'}}, {"đ", {'d', 'd', '9'}}};

std::vector<std::string> split(std::string_view list) {
    std::istringstream stream{std::string(list)};
    return {std::istream_iterator<std::string>(stream), {}};
}

struct Syllable {
    std::string onset;
    std::vector<Letter> letters;
    std::size_t vowels_begin = 0;  // where a tone key begins to count
    std::string written[2];        // old and new style
    int tone = 0;
};

constexpr std::string_view kTelexTones = " frxsj", kVniTones = " 23415";
const std::vector<std::string_view> kToneSigns{"", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323"};

Syllable make(const std::string& onset, const std::string& rime, int tone) {
    Syllable syllable;
    syllable.onset = onset == "-" ? "" : onset;
    syllable.tone = tone;
    std::string plain;
    for (int style = 0; style < 2; ++style) {
        std::string text = syllable.onset;
        for (const char letter : rime) {
            const bool is_here = letter == '\'' || letter == (style == 0 ? ':' : ';');
            if (is_here) text += kToneSigns[static_cast<std::size_t>(tone)];
            else if (letter != ':' && letter != ';') text += letter;
        }
        syllable.written[style] = nfc(text);
    }
    for (const char letter : rime)
        if (std::string_view("':;").find(letter) == std::string_view::npos) plain += letter;
    const auto add = [&](std::string_view text) {
        const std::vector<std::size_t> bounds = grapheme_bounds(text);
        for (std::size_t i = 0; i + 1 < bounds.size(); ++i) {
            const std::string_view grapheme = text.substr(bounds[i], bounds[i + 1] - bounds[i]);
            const auto marked = std::ranges::find(kMarked, grapheme, &std::pair<std::string_view, Letter>::first);
            syllable.letters.push_back(marked != kMarked.end() ? marked->second : Letter{grapheme[0], 0, 0});
        }
    };
    add(syllable.onset);
    syllable.vowels_begin = syllable.letters.size();
    // The u of qu and the i of gi are vowels while nothing follows.
    if (onset == "qu" || onset == "gi") --syllable.vowels_begin;
    add(plain);
    return syllable;
}

std::vector<Syllable> all_syllables() {
    std::vector<Syllable> syllables;
    const auto add = [&](const std::string& onset, const std::string& rime) {
        const bool is_stopped = rime.ends_with('c') || rime.ends_with("ch") || rime.ends_with('p') || rime.ends_with('t');
        for (int tone = 0; tone < 6; ++tone)
            if (!is_stopped || tone >= 4) syllables.push_back(make(onset, rime, tone));
    };
    for (const std::string& onset : split(kOnsets))
        for (const std::string& rime : split(kRimes)) {
            // gia is gi + a, giu is gi + u; giêng and gì are both.
            if (onset == "g" && (rime == "i'a" || rime == "i'u")) continue;
            add(onset, rime);
        }
    for (const std::string& rime : split(kRimesAfterQu)) add("qu", rime);
    for (const std::string& rime : split(kRimes))
        if (rime[0] != 'i' && rime[0] != 'y') add("gi", rime);
    return syllables;
}

struct ExtraKey {
    char key;
    std::size_t first_slot, last_slot;  // pressed after this letter
};

// Calls `check` with every key sequence of these letters with each extra key in every slot allowed to it.
template <class Check>
void for_each_order(const std::string& bases, const std::vector<ExtraKey>& extras, const Check& check) {
    std::vector<std::size_t> slots;
    for (const ExtraKey& extra : extras) slots.push_back(extra.first_slot);
    for (;;) {
        for (const bool is_reversed : {false, true}) {
            std::string keys;
            for (std::size_t at = 0; at < bases.size(); ++at) {
                keys += bases[at];
                std::string here;
                for (std::size_t i = 0; i < extras.size(); ++i)
                    if (slots[i] == at) here += extras[i].key;
                if (is_reversed) std::ranges::reverse(here);
                keys += here;
            }
            check(keys);
        }
        std::size_t i = 0;
        while (i < extras.size() && ++slots[i] > extras[i].last_slot) {
            slots[i] = extras[i].first_slot;
            ++i;
        }
        if (i == extras.size()) return;
    }
}

// Every accepted way to type the syllable. `knows_telex`: whether the Telex keys count as well.
template <class Check>
void for_each_typing(const Syllable& syllable, bool is_telex, bool knows_telex, const Check& check) {
    std::vector<Letter> letters = syllable.letters;
    // oo is typed ooo in Telex, because oo is ô.
    const auto is_plain_o = [](const Letter& letter) { return letter.base == 'o' && letter.vni_mark == 0; };
    for (std::size_t i = 1; knows_telex && i < letters.size(); ++i)
        if (is_plain_o(letters[i - 1]) && is_plain_o(letters[i])) {
            letters.insert(letters.begin() + static_cast<std::ptrdiff_t>(i), letters[i]);
            break;
        }
    const std::size_t last = letters.size() - 1;
    std::string bases;
    for (const Letter& letter : letters) bases += letter.base;
    std::vector<ExtraKey> tones, marks, horned;
    if (syllable.tone != 0) {
        const std::string_view keys = is_telex ? kTelexTones : kVniTones;
        tones.push_back({keys[static_cast<std::size_t>(syllable.tone)], syllable.vowels_begin, last});
    }
    std::size_t u_of_uo = last + 1;
    for (std::size_t i = 0; i <= last; ++i) {
        const char key = is_telex ? letters[i].telex_mark : letters[i].vni_mark;
        if (key == 0) continue;
        const bool is_horn = letters[i].vni_mark == '7';
        if (is_horn && letters[i].base == 'u' && i < last && letters[i + 1].base == 'o' && letters[i + 1].vni_mark == '7')
            u_of_uo = i;
        // d counts beside the first d at once, later only after a vowel.
        if (letters[i].base == 'd') horned.push_back({key, 0, last});
        else if (!is_horn || (u_of_uo != i && u_of_uo + 1 != i)) marks.push_back({key, i, last});
    }
    const auto run = [&](std::vector<ExtraKey> extras) {
        extras.insert(extras.end(), marks.begin(), marks.end());
        extras.insert(extras.end(), horned.begin(), horned.end());
        extras.insert(extras.end(), tones.begin(), tones.end());
        for_each_order(bases, extras, [&](const std::string& keys) {
            check(keys);
            // In full Telex w alone is ư, where it would be the first vowel.
            const std::size_t u = keys.find('u');
            const bool is_first = u != std::string::npos && keys.find_first_of("aeoy") > u && !syllable.onset.starts_with('q');
            if (is_telex && is_first && keys.compare(u, 2, "uw") == 0) check(std::string(keys).erase(u, 1));
        });
    };
    if (u_of_uo > last) {
        run({});
        return;
    }
    const char horn = is_telex ? 'w' : '7';
    run({{horn, u_of_uo + 1, last}});                               // nguoiw, nguowi
    run({{horn, u_of_uo, u_of_uo}});                                // nguwoi
    run({{horn, u_of_uo, u_of_uo}, {horn, u_of_uo + 1, u_of_uo + 1}});  // nguwowi
}

enum class Keys { telex = 1, vni };

std::size_t count_wrong(TypingMethod method, Keys keys_used, ToneStyle style, std::size_t& typed) {
    std::size_t wrong = 0;
    const bool is_telex = keys_used == Keys::telex;
    for (const Syllable& syllable : all_syllables()) {
        const std::string& expected = syllable.written[style == ToneStyle::old_style ? 0 : 1];
        for_each_typing(syllable, is_telex, method != TypingMethod::vni, [&](const std::string& keys) {
            ++typed;
            const std::string got = type_line(keys, {method, style});
            if (got == expected) return;
            if (++wrong <= 20) UNSCOPED_INFO(keys << " gives " << got << ", not " << expected);
        });
    }
    return wrong;
}

}  // namespace

TEST_CASE("every syllable typed in every accepted order gives itself") {
    std::size_t typed = 0;
    for (const ToneStyle style : {ToneStyle::old_style, ToneStyle::new_style}) {
        CHECK(count_wrong(TypingMethod::telex, Keys::telex, style, typed) == 0);
        CHECK(count_wrong(TypingMethod::vni, Keys::vni, style, typed) == 0);
    }
    CHECK(typed > 100000);
}

TEST_CASE("with both ways at once each gives every syllable, as it does alone") {
    std::size_t typed = 0;
    CHECK(count_wrong(TypingMethod::telex_and_vni, Keys::telex, ToneStyle::old_style, typed) == 0);
    CHECK(count_wrong(TypingMethod::telex_and_vni, Keys::vni, ToneStyle::old_style, typed) == 0);
    CHECK(typed > 50000);
}
