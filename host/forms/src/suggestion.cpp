#include "suggestion.hpp"

#include "unicode.hpp"

#include <algorithm>
#include <cstdint>

namespace kiosk::forms {

std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t at_most) {
    const std::size_t gap = a.size() > b.size() ? a.size() - b.size() : b.size() - a.size();
    if (gap > at_most) return at_most + 1;
    std::vector<std::size_t> before(b.size() + 1), last(b.size() + 1), row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        row[0] = i;
        std::size_t least = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t substitution = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
            row[j] = std::min({substitution, last[j] + 1, row[j - 1] + 1});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
                row[j] = std::min(row[j], before[j - 2] + 1);
            }
            least = std::min(least, row[j]);
        }
        if (least > at_most) return at_most + 1;
        std::swap(before, last);
        std::swap(last, row);
    }
    return std::min(last[b.size()], at_most + 1);
}

std::string nearest(std::string_view name, const std::vector<std::string>& candidates) {
    constexpr std::size_t kLongest = 64;  // beyond it a comparison costs more than a hint is worth
    if (name.size() > kLongest) return {};
    const std::string bare = fold(name);
    const std::size_t allowed = std::clamp<std::size_t>(bare.size() / 3, 1, 3);
    std::string best;
    std::size_t best_distance = allowed + 1;
    for (const std::string& candidate : candidates) {
        if (candidate.size() > kLongest) continue;
        const std::size_t distance = edit_distance(bare, fold(candidate), best_distance - 1);
        if (distance < best_distance) {
            best = candidate;
            best_distance = distance;
            if (distance == 0) break;
        }
    }
    return best;
}

}  // namespace kiosk::forms
