#include "typed_word.hpp"

#include <kiosk/text/unicode.hpp>

#include <algorithm>

namespace kiosk::text {

namespace {

char32_t small_of(char32_t key) { return key >= U'A' && key <= U'Z' ? key + 32 : key; }

bool is_combining(char32_t key) { return key >= 0x300 && key < 0x370; }

// No vowel yet, or none but the i of gi: giw is giư.
bool may_begin_nucleus(const Letters& letters) {
    const std::size_t size = letters.size();
    const bool ends_in_gi = size >= 2 && letters[size - 1].base == U'i' && letters[size - 2].base == U'g';
    return ends_in_gi || last_nucleus(letters).empty();
}

// The run of vowels that ends where the nucleus ends, the u of qu and the i of gi included.
std::size_t run_begin(const Letters& letters, const Nucleus& nucleus) {
    std::size_t begin = nucleus.end;
    while (begin > 0 && letters[begin - 1].is_vowel()) --begin;
    return begin;
}

}  // namespace

void TypedWord::clear() {
    // What a visitor typed is overwritten, not only forgotten.
    std::ranges::fill(letters_, Letter{});
    std::ranges::fill(text_, '\0');
    letters_.clear();
    text_.clear();
    is_tone_undone_ = false;
    undone_keys_.clear();
}

void TypedWord::adopt(std::string_view word) {
    clear();
    letters_ = take_apart(word);
    text_ = word;
}

bool TypedWord::type(char32_t typed) {
    const Key key{typed, small_of(typed)};
    bool is_taken = false;
    switch (options_.method) {
        case TypingMethod::telex:
        case TypingMethod::simple_telex: is_taken = type_telex(key); break;
        case TypingMethod::vni: is_taken = type_vni(key); break;
        case TypingMethod::telex_and_vni: is_taken = type_telex(key) || type_vni(key); break;
        case TypingMethod::none: break;
    }
    if (!is_taken) {
        if (!is_word_part(typed)) return false;
        append(typed);
    }
    rewrite();
    return true;
}

bool TypedWord::type_telex(Key key) {
    switch (key.small) {
        case U's': return type_tone(Tone::acute, key);
        case U'f': return type_tone(Tone::grave, key);
        case U'r': return type_tone(Tone::hook, key);
        case U'x': return type_tone(Tone::tilde, key);
        case U'j': return type_tone(Tone::dot, key);
        case U'z': return type_tone(Tone::level, key);
        case U'a': case U'e': case U'o': return type_doubled_vowel(key);
        case U'd': return type_stroke(key);
        case U'w':
            if (type_horn_or_breve(key, true, true)) return true;
            return may_begin_nucleus(letters_) && type_whole_letter(key, U'u', key.typed == U'W');
        case U'[': case U'{': return type_whole_letter(key, U'o', key.typed == U'{');
        case U']': case U'}': return type_whole_letter(key, U'u', key.typed == U'}');
        default: return false;
    }
}

bool TypedWord::type_vni(Key key) {
    switch (key.small) {
        case U'1': return type_tone(Tone::acute, key);
        case U'2': return type_tone(Tone::grave, key);
        case U'3': return type_tone(Tone::hook, key);
        case U'4': return type_tone(Tone::tilde, key);
        case U'5': return type_tone(Tone::dot, key);
        case U'0': return type_tone(Tone::level, key);
        case U'6': return type_circumflex(key);
        case U'7': return type_horn_or_breve(key, true, false);
        case U'8': return type_horn_or_breve(key, false, true);
        case U'9': return type_stroke(key);
        default: return false;
    }
}

bool TypedWord::type_tone(Tone wanted, Key key) {
    if (last_nucleus(letters_).empty() || is_tone_undone_) return false;
    const bool is_there = tone() == wanted;
    if (is_there && wanted == Tone::level) return false;
    place(is_there ? Tone::level : wanted);
    if (is_there) {
        append(key.typed);
        is_tone_undone_ = true;
    }
    return true;
}

// Telex aa ee oo. Right after its vowel the key always counts; further on (tuan+a, tieng+e) only where it makes a
// Vietnamese rhyme, because there it may as well be a letter of its own (oao, Alang).
bool TypedWord::type_doubled_vowel(Key key) {
    if (letters_.empty() || is_undone(key)) return false;
    if (letters_.back().base == key.small) return put_circumflex(letters_.size() - 1, key);
    const Nucleus nucleus = last_nucleus(letters_);
    for (std::size_t i = nucleus.begin; i < nucleus.end; ++i)
        if (letters_[i].base == key.small && would_be_known_with_circumflex(nucleus, i)) return put_circumflex(i, key);
    return false;
}

// VNI 6: the vowel it fits best, else the last that can bear it.
bool TypedWord::type_circumflex(Key key) {
    if (is_undone(key)) return false;
    const Nucleus nucleus = last_nucleus(letters_);
    std::size_t chosen = nucleus.end;
    for (std::size_t i = nucleus.begin; i < nucleus.end; ++i) {
        const char32_t base = letters_[i].base;
        if (base != U'a' && base != U'e' && base != U'o') continue;
        chosen = i;
        if (would_be_known_with_circumflex(nucleus, i)) break;
    }
    return chosen != nucleus.end && put_circumflex(chosen, key);
}

bool TypedWord::would_be_known_with_circumflex(const Nucleus& nucleus, std::size_t at) const {
    if (!has_known_final(letters_, nucleus)) return false;
    Letters changed(letters_.begin() + static_cast<std::ptrdiff_t>(nucleus.begin),
                    letters_.begin() + static_cast<std::ptrdiff_t>(nucleus.end));
    for (Letter& letter : changed) {
        letter.tone = Tone::level;
        letter.is_upper = false;
        if (letter.base == U'u') letter.mark = Mark::none;
    }
    changed[at - nucleus.begin].mark = Mark::circumflex;
    return is_known_with_circumflex(put_together(changed), nucleus.end < letters_.size());
}

bool TypedWord::put_circumflex(std::size_t at, Key key) {
    Letter& letter = letters_[at];
    if (letter.mark == Mark::circumflex) {
        letter.mark = Mark::none;
        undo(key);
        return true;
    }
    letter.mark = Mark::circumflex;
    const bool is_after_horned_u = at > 0 && letters_[at - 1].base == U'u' && letters_[at - 1].mark == Mark::horn;
    if (letter.base == U'o' && is_after_horned_u) letters_[at - 1].mark = Mark::none;  // ươ becomes uô
    place(tone());
    return true;
}

// Which letters of the nucleus a w (or VNI 7, 8) changes.
std::vector<std::size_t> TypedWord::horned_or_breved(bool may_horn, bool may_breve) const {
    const Nucleus nucleus = last_nucleus(letters_);
    const auto last = [&](char32_t base) {
        std::size_t i = nucleus.end;
        while (i > nucleus.begin && letters_[i - 1].base != base) --i;
        return i;  // one past it, or the nucleus's begin
    };
    const std::size_t past_a = last(U'a'), past_o = last(U'o');
    const bool has_a = past_a > nucleus.begin, has_o = past_o > nucleus.begin;
    const bool is_open = nucleus.end == letters_.size();

    if (may_horn && has_o && past_o > nucleus.begin + 1 && letters_[past_o - 2].base == U'u') {
        // uo at the word's end is uơ so far (thuở, huơ); it becomes ươ when something follows.
        const bool is_only_o = past_o == letters_.size() && letters_[past_o - 2].mark != Mark::horn;
        if (is_only_o) return {past_o - 1};
        return {past_o - 2, past_o - 1};
    }
    const bool is_open_ua = is_open && nucleus.size() == 2 && has_a && letters_[nucleus.begin].base == U'u' &&
                            letters_[nucleus.end - 1].mark == Mark::none;
    if (may_horn && is_open_ua) return {nucleus.begin};
    if (may_breve && has_a) return {past_a - 1};
    if (may_horn && has_o) return {past_o - 1};
    if (!may_horn) return {};
    for (std::size_t i = nucleus.begin; i < nucleus.end; ++i)
        if (letters_[i].base == U'u') return {i};
    return {};
}

bool TypedWord::type_horn_or_breve(Key key, bool may_horn, bool may_breve) {
    if (is_undone(key)) return false;
    const std::vector<std::size_t> targets = horned_or_breved(may_horn, may_breve);
    if (targets.empty()) return false;
    const auto mark_for = [&](std::size_t i) { return letters_[i].base == U'a' ? Mark::breve : Mark::horn; };
    const bool is_there = std::ranges::all_of(targets, [&](std::size_t i) { return letters_[i].mark == mark_for(i); });
    if (is_there && letters_[targets.front()].is_from_key) return type_whole_letter(key, U'u', false);  // ww
    for (const std::size_t i : targets) letters_[i].mark = is_there ? Mark::none : mark_for(i);
    if (is_there) undo(key);
    else place(tone());
    return true;
}

// dd, and d further on in a word that begins with d: dangd.
bool TypedWord::type_stroke(Key key) {
    if (letters_.empty() || is_undone(key)) return false;
    const bool is_at_start = letters_.front().base == U'd' && !last_nucleus(letters_).empty();
    if (letters_.back().base != U'd' && !is_at_start) return false;
    Letter& letter = letters_.back().base == U'd' ? letters_.back() : letters_.front();
    const bool is_there = letter.mark == Mark::stroke;
    letter.mark = is_there ? Mark::none : Mark::stroke;
    if (is_there) undo(key);
    return true;
}

// w for ư, [ for ơ, ] for ư, and their undoing by the same key.
bool TypedWord::type_whole_letter(Key key, char32_t base, bool is_upper) {
    if (is_undone(key)) return false;
    if (!letters_.empty() && letters_.back().is_from_key && letters_.back().base == base) {
        letters_.pop_back();
        undo(key);
        return true;
    }
    if (options_.method == TypingMethod::simple_telex) return false;
    Letter letter;
    letter.base = base;
    letter.mark = Mark::horn;
    letter.is_upper = is_upper;
    letter.is_from_key = true;
    letters_.push_back(letter);
    place(tone());
    return true;
}

bool TypedWord::is_undone(Key key) const { return undone_keys_.find(key.small) != std::u32string::npos; }

void TypedWord::undo(Key key) {
    append(key.typed);
    undone_keys_ += key.small;
}

void TypedWord::append(char32_t code_point) {
    std::string written;
    append_utf8(written, code_point);
    if (is_combining(code_point) && !letters_.empty()) {
        const bool was_tone_undone = is_tone_undone_;
        adopt(text_ + written);
        is_tone_undone_ = was_tone_undone;
        return;
    }
    const Letters added = take_apart(written);
    const bool begins_nucleus = added.front().is_vowel() && (letters_.empty() || !letters_.back().is_vowel());
    if (begins_nucleus) {
        // A new syllable: what was undone in the one before no longer counts. The d may belong to this one.
        is_tone_undone_ = false;
        std::erase_if(undone_keys_, [](char32_t key) { return key != U'd' && key != U'9'; });
    }
    const Tone before = begins_nucleus ? Tone::level : tone();
    const Tone given = added.front().tone;
    letters_.insert(letters_.end(), added.begin(), added.end());
    if (options_.method != TypingMethod::none) complete_uo();
    place(given != Tone::level ? given : begins_nucleus ? tone() : before);
}

// uơ and ưo exist only at a word's end: with a letter after them they are ươ.
void TypedWord::complete_uo() {
    if (letters_.size() < 3) return;
    Letter& u = letters_[letters_.size() - 3];
    Letter& o = letters_[letters_.size() - 2];
    if (u.base != U'u' || o.base != U'o' || last_nucleus(letters_).begin > letters_.size() - 3) return;
    const bool is_half = (u.mark == Mark::horn && o.mark == Mark::none) || (u.mark == Mark::none && o.mark == Mark::horn);
    if (is_half) u.mark = o.mark = Mark::horn;
}

void TypedWord::toggle_tone(Tone wanted) {
    if (last_nucleus(letters_).empty()) return;
    place(tone() == wanted ? Tone::level : wanted);
    rewrite();
}

void TypedWord::toggle_short_sign() {
    const Nucleus nucleus = last_nucleus(letters_);
    if (nucleus.empty()) return;
    // On the vowel that bears the mark or would bear the tone; a plain a becomes ă, which is that sign already.
    Letter& letter = letters_[tone_place(letters_, nucleus, options_.tone_style)];
    if (letter.base == U'a' && letter.mark == Mark::breve) letter.mark = Mark::none;
    else if (letter.base == U'a' && letter.mark == Mark::none) letter.mark = Mark::breve;
    else letter.has_short_sign = !letter.has_short_sign;
    rewrite();
}

void TypedWord::remove_last_letter() {
    letters_.pop_back();
    is_tone_undone_ = false;
    undone_keys_.clear();
    rewrite();
}

Tone TypedWord::tone() const {
    const Nucleus nucleus = last_nucleus(letters_);
    for (std::size_t i = run_begin(letters_, nucleus); i < nucleus.end; ++i)
        if (letters_[i].tone != Tone::level) return letters_[i].tone;
    return Tone::level;
}

void TypedWord::place(Tone tone) {
    const Nucleus nucleus = last_nucleus(letters_);
    if (nucleus.empty()) return;
    for (std::size_t i = run_begin(letters_, nucleus); i < nucleus.end; ++i) letters_[i].tone = Tone::level;
    letters_[tone_place(letters_, nucleus, options_.tone_style)].tone = tone;
}

void TypedWord::rewrite() { text_ = put_together(letters_); }

}  // namespace kiosk::text
