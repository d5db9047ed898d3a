// Suggestions: words of a shipped list that a visitor may mean, found without tones: hong → Hồng, Hông, Hỏng.
//
// Immutable once made; any thread. Never learns: what one visitor typed is nothing to the next.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace kiosk::text {

class Suggestions {
  public:
    // In the list's order, the likeliest first.
    explicit Suggestions(const std::vector<std::string>& words);

    // At most `most` words, each in the capitals of what was typed. Whole words before beginnings, and of each the
    // likeliest first; none for what was typed with its tones and stands in the list already.
    std::vector<std::string> suggest(std::string_view typed, std::size_t most = 3) const;

  private:
    struct Entry {
        std::string folded;
        std::size_t rank;
        std::string word;
    };

    std::vector<Entry> entries_;  // by folded, then rank
};

}  // namespace kiosk::text
