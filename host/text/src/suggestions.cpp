#include <kiosk/text/suggestions.hpp>

#include <kiosk/text/unicode.hpp>

#include <algorithm>
#include <tuple>

namespace kiosk::text {

namespace {

std::string first_grapheme(std::string_view text) { return std::string(text.substr(0, grapheme_bounds(text)[1])); }

// The word with the capitals of what was typed: hong → Hồng where Hong, HỒNG where HONG stood.
std::string in_capitals_of(std::string_view typed, std::string_view word) {
    const bool has_capital = lower(first_grapheme(typed)) != first_grapheme(typed);
    if (!has_capital) return std::string(word);
    if (grapheme_count(typed) > 1 && upper(typed) == typed) return upper(word);
    const std::string first = first_grapheme(word);
    return upper(first) + std::string(word.substr(first.size()));
}

// Whether `word` has every mark that was typed: hô may be hông and hồng, not hong.
bool keeps_marks(std::string_view typed, std::string_view word) {
    const std::string small = lower(nfc(typed));
    if (small == fold(small)) return true;
    return lower(word).starts_with(small);
}

}  // namespace

Suggestions::Suggestions(const std::vector<std::string>& words) {
    entries_.reserve(words.size());
    for (const std::string& word : words)
        if (!word.empty()) entries_.push_back({fold(word), entries_.size(), nfc(word)});
    std::ranges::sort(entries_, {}, [](const Entry& entry) { return std::tie(entry.folded, entry.rank); });
}

std::vector<std::string> Suggestions::suggest(std::string_view typed, std::size_t most) const {
    const std::string key = fold(typed);
    if (key.empty()) return {};
    std::vector<const Entry*> found;
    auto entry = std::ranges::lower_bound(entries_, key, {}, &Entry::folded);
    for (; entry != entries_.end() && entry->folded.starts_with(key); ++entry)
        if (keeps_marks(typed, entry->word)) found.push_back(&*entry);
    std::ranges::sort(found, {}, [&](const Entry* one) { return std::tuple(one->folded != key, one->rank); });

    std::vector<std::string> suggestions;
    for (const Entry* one : found) {
        if (suggestions.size() == most) break;
        std::string word = in_capitals_of(typed, one->word);
        const bool is_typed = word == nfc(typed);
        if (!is_typed && std::ranges::find(suggestions, word) == suggestions.end())
            suggestions.push_back(std::move(word));
    }
    return suggestions;
}

}  // namespace kiosk::text
