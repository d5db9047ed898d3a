#include <kiosk/text/order.hpp>

#include "letter.hpp"

#include <kiosk/text/unicode.hpp>

#include <algorithm>

namespace kiosk::text {

namespace {

// Bytes of a key, in their order: ends sort before everything, so that a shorter word comes first.
constexpr char kEndOfSyllables = 0, kEndOfPart = 1, kNumber = 2;
constexpr unsigned char kFirstLetter = 0x10, kOtherLetter = 0xf0;

constexpr std::u32string_view kAlphabet = U"aăâbcdđeêfghijklmnoôơpqrstuưvwxyz";

char32_t plain_letter(const Letter& letter) {
    switch (letter.mark) {
        case Mark::circumflex: return letter.base == U'a' ? U'â' : letter.base == U'e' ? U'ê' : letter.base == U'o' ? U'ô' : letter.base;
        case Mark::breve: return U'ă';
        case Mark::horn: return letter.base == U'o' ? U'ơ' : letter.base == U'u' ? U'ư' : letter.base;
        case Mark::stroke: return U'đ';
        case Mark::none: break;
    }
    return letter.base;
}

void add_letter(std::string& key, const Letter& letter) {
    const std::size_t place = kAlphabet.find(plain_letter(letter));
    if (place == std::u32string_view::npos) {
        key += static_cast<char>(kOtherLetter);
        append_utf8(key, letter.base);
        return;
    }
    // A short ơ̆ of Cơ Tu comes right after its ơ.
    key += static_cast<char>(kFirstLetter + 2 * place + (letter.has_short_sign ? 1 : 0));
}

bool is_digit(const Letter& letter) { return letter.base >= U'0' && letter.base <= U'9'; }

// Leading zeros aside, a number with more digits is the larger one.
std::size_t add_number(std::string& key, const Letters& letters, std::size_t at) {
    while (at + 1 < letters.size() && letters[at].base == U'0' && is_digit(letters[at + 1])) ++at;
    std::string digits;
    for (; at < letters.size() && is_digit(letters[at]) && digits.size() < 200; ++at)
        digits += static_cast<char>(letters[at].base);
    key += kNumber;
    key += static_cast<char>(digits.size() + kNumber);
    key += digits;
    return at;
}

bool is_within_syllable(const Letter& letter) { return is_digit(letter) || is_word_part(letter.base); }

bool is_apostrophe(const Letter& letter) {
    return letter.base == U'\'' || letter.base == U'\u2019' || letter.base == U'\u02bc';
}

// The key of the syllable that begins at `at`; returns where it ends.
std::size_t add_syllable(std::string& key, const Letters& letters, std::size_t at) {
    Tone tone = Tone::level;
    while (at < letters.size() && (is_within_syllable(letters[at]) || is_apostrophe(letters[at]))) {
        if (letters[at].tone != Tone::level) tone = letters[at].tone;  // wherever it stands: hòa is hoà
        if (is_digit(letters[at])) {
            at = add_number(key, letters, at);
            continue;
        }
        if (!is_apostrophe(letters[at])) add_letter(key, letters[at]);
        ++at;
    }
    key += kEndOfPart;
    key += static_cast<char>(static_cast<int>(tone) + kNumber);
    return at;
}

}  // namespace

std::string sort_key(std::string_view text) {
    const std::string composed = nfc(text);
    const Letters letters = take_apart(composed);
    std::string key;
    for (std::size_t at = 0; at < letters.size();) {
        if (is_within_syllable(letters[at])) at = add_syllable(key, letters, at);
        else ++at;
    }
    key += kEndOfSyllables;
    for (const Letter& letter : letters) key += letter.is_upper ? '1' : '0';
    return key + kEndOfSyllables + composed;
}

std::string person_sort_key(std::string_view full_name) {
    constexpr std::string_view kBlank = " \t";
    const std::size_t end = full_name.find_last_not_of(kBlank);
    if (end == std::string_view::npos) return sort_key({});
    full_name = full_name.substr(0, end + 1);
    full_name.remove_prefix(full_name.find_first_not_of(kBlank));
    const std::size_t last_space = full_name.find_last_of(kBlank);
    if (last_space == std::string_view::npos) return sort_key(full_name);
    const std::string_view given = full_name.substr(last_space + 1);
    const std::size_t first_space = full_name.find_first_of(kBlank);
    const std::string_view family = full_name.substr(0, first_space);
    const std::string_view middle = full_name.substr(first_space, last_space - first_space);
    // Three keys: the whole given name decides before any middle name does.
    return sort_key(given) + kEndOfSyllables + sort_key(middle) + kEndOfSyllables + sort_key(family);
}

bool comes_before(std::string_view left, std::string_view right) { return sort_key(left) < sort_key(right); }

}  // namespace kiosk::text
