#include "marked_text.hpp"

#include <algorithm>
#include <utility>

namespace kiosk::ui {
namespace {

using Word = std::vector<MarkedRun>;   // "**Nhà**," is one word of two runs

// One line of the source, as words.
class LineReader {
  public:
    explicit LineReader(std::string_view line) : rest_(line) {}

    std::vector<Word> words() && {
        read_start();
        while (!rest_.empty()) read_one();
        end_word();
        return std::move(words_);
    }

  private:
    void read_start() {
        while (rest_.starts_with(' ')) rest_.remove_prefix(1);
        const std::size_t signs = std::min(rest_.find_first_not_of('#'), rest_.size());
        if (signs > 0 && rest_.substr(signs).starts_with(' ')) {
            rest_.remove_prefix(signs + 1);
            is_strong_ = is_heading_ = true;
        } else if (rest_.starts_with("- ") || rest_.starts_with("* ")) {
            rest_.remove_prefix(2);
            add("•");
            end_word();
        }
    }

    void read_one() {
        const char letter = rest_.front();
        if (letter == '\\' && rest_.size() > 1) {
            add(rest_.substr(1, 1));
            rest_.remove_prefix(2);
        } else if (letter == ' ') {
            end_word();
            rest_.remove_prefix(1);
        } else if (letter == '*' || (letter == '_' && is_at_word_edge())) {
            rest_.remove_prefix(std::min({rest_.find_first_not_of(letter), rest_.size(), std::size_t{2}}));
            is_strong_ = is_heading_ || !is_strong_;
        } else if (letter == '<' && rest_.find('>') != std::string_view::npos) {
            rest_.remove_prefix(rest_.find('>') + 1);
        } else if (letter == '[' && rest_.find("](") != std::string_view::npos) {
            rest_.remove_prefix(1);
            link_end_ = true;
        } else if (letter == ']' && std::exchange(link_end_, false)) {
            rest_.remove_prefix(std::min(rest_.find(')'), rest_.size() - 1) + 1);
        } else {
            add(rest_.substr(0, 1));
            rest_.remove_prefix(1);
        }
        was_letter_ = letter != ' ' && letter != '*' && letter != '_';
    }

    bool is_at_word_edge() const { return !was_letter_ || rest_.size() == 1 || rest_[1] == ' ' || is_strong_; }

    void add(std::string_view text) {
        const Weight weight = is_strong_ ? Weight::bold : Weight::regular;
        if (word_.empty() || word_.back().weight != weight) word_.push_back({0, {}, weight});
        word_.back().text.append(text);
    }
    void end_word() {
        if (!word_.empty()) words_.push_back(std::exchange(word_, {}));
    }

    std::string_view rest_;
    std::vector<Word> words_;
    Word word_;
    bool is_strong_ = false, is_heading_ = false, link_end_ = false, was_letter_ = false;
};

}  // namespace

std::vector<MarkedLine> wrap_marked(std::string_view marked, const Fonts& fonts, float font_px, float width_px) {
    std::vector<MarkedLine> lines;
    const float space = fonts.width(" ", font_px, Weight::regular);
    while (!marked.empty()) {
        const std::size_t end = std::min(marked.find('\n'), marked.size());
        MarkedLine line;
        float x = 0;
        for (Word& word : LineReader(marked.substr(0, end)).words()) {
            float width = 0;
            for (const MarkedRun& run : word) width += fonts.width(run.text, font_px, run.weight);
            if (x > 0 && x + width > width_px) {
                lines.push_back(std::exchange(line, {}));
                x = 0;
            }
            for (MarkedRun& run : word) {
                run.x = x;
                x += fonts.width(run.text, font_px, run.weight);
                line.push_back(std::move(run));
            }
            x += space;
        }
        if (!line.empty()) lines.push_back(std::move(line));
        marked.remove_prefix(std::min(end + 1, marked.size()));
    }
    return lines;
}

}  // namespace kiosk::ui
