#include <kiosk/documents/document.hpp>

#include "filling.hpp"
#include "page_writer.hpp"

#include <algorithm>
#include <numeric>
#include <optional>

namespace kiosk::documents {
namespace {

constexpr double kTextSize = 13, kRoomBelowHeading = 96, kRoomOfSignature = 150;   // points

std::vector<std::string> parts_of(std::string_view text) {
    std::vector<std::string> parts;
    int depth = 0;
    std::string part;
    const auto add = [&] {
        const std::size_t first = part.find_first_not_of(' '), last = part.find_last_not_of(' ');
        parts.push_back(first == std::string::npos ? std::string() : part.substr(first, last - first + 1));
        part.clear();
    };
    for (const char letter : text) {   // a bar in braces belongs to them
        depth += letter == '{' ? 1 : letter == '}' ? -1 : 0;
        if (letter == '|' && depth == 0) add();
        else part += letter;
    }
    add();
    return parts;
}

std::string name_in_braces(std::string_view text) {
    const std::size_t open = text.find('{'), close = text.find('}', open == std::string_view::npos ? 0 : open);
    if (open == std::string_view::npos || close == std::string_view::npos) return {};
    return std::string(text.substr(open + 1, close - open - 1));
}

// Carries out the blocks one after the other.
class Typesetter {
  public:
    Typesetter(const Layout& layout, const Answers& answers, const std::vector<Slip>& slips)
        : layout_(layout), answers_(answers), slips_(slips),
          pages_({layout.margins_mm, escaped(layout.footer), escaped(layout.draft)}) {}

    core::Result<core::Bytes> run() {
        set(0, layout_.blocks.size(), answers_.whole());
        put_header();
        return pages_.finish();
    }

  private:
    using Scope = Answers::Scope;

    void set(std::size_t first, std::size_t end, Scope scope) {
        for (std::size_t i = first; i < end; ++i) {
            const Block& block = layout_.blocks[i];
            if (block.kind != BlockKind::left && block.kind != BlockKind::right) put_header();
            if (block.kind == BlockKind::condition || block.kind == BlockKind::each) {
                const std::size_t closed = end_of(i);
                if (block.kind == BlockKind::each) {
                    for (const Scope& instance : answers_.instances(block.text)) set(i + 1, closed, instance);
                } else if (answers_.holds(block.text, scope)) {
                    set(i + 1, closed, scope);
                }
                i = closed;
            } else {
                if (const double room = room_to_signature(i); room > 0) pages_.keep_together(room);
                set(block, scope);
            }
        }
    }

    // A signature never stands on a page of its own, nor a heading without what is signed below it: what the two blocks
    // before the signature, their heading and itself take; 0: none follows.
    double room_to_signature(std::size_t first) const {
        double room = 0;
        const std::size_t blocks = layout_.blocks[first].kind == BlockKind::heading ? 4 : 3;
        for (std::size_t i = first; i < std::min(first + blocks, layout_.blocks.size()); ++i) {
            const Block& block = layout_.blocks[i];
            switch (block.kind) {
                case BlockKind::sign: case BlockKind::sign_left: return i == first ? 0 : room + kRoomOfSignature;
                case BlockKind::heading: case BlockKind::line: case BlockKind::text: room += 26; break;
                case BlockKind::choices: room += 44; break;
                case BlockKind::ruled: case BlockKind::long_answer: room += 22 + 22.0 * std::max(1, block.number); break;
                default: return 0;
            }
        }
        return 0;
    }

    std::size_t end_of(std::size_t open) const {
        int depth = 0;
        for (std::size_t i = open; i < layout_.blocks.size(); ++i) {
            const BlockKind kind = layout_.blocks[i].kind;
            if (kind == BlockKind::condition || kind == BlockKind::each) ++depth;
            if (kind == BlockKind::end && --depth == 0) return i;
        }
        return layout_.blocks.size();
    }

    void set(const Block& block, Scope scope) {
        const auto markup = [&](std::string_view text) { return answers_.markup(text, scope); };
        switch (block.kind) {
            case BlockKind::left: left_.push_back(markup(block.text)); return;
            case BlockKind::right: right_.push_back(markup(block.text)); return;
            case BlockKind::title: return pages_.paragraph(markup(block.text), {15, Align::centre, 0, 2, true, false});
            case BlockKind::subtitle: return pages_.paragraph(markup(block.text), {kTextSize, Align::centre, 0, 10, false, true});
            case BlockKind::heading:
                pages_.keep_together(kRoomBelowHeading);
                return pages_.paragraph(markup(block.text), {kTextSize, Align::left, 0, 4, true, false});
            case BlockKind::text: return pages_.paragraph(markup(block.text), {kTextSize, Align::justified, 28, 4, false, false});
            case BlockKind::line: return pages_.paragraph(markup(block.text), {kTextSize, Align::left, 0, 4, false, false});
            case BlockKind::note: return pages_.paragraph(markup(block.text), {11, Align::left, 0, 4, false, true});
            case BlockKind::long_answer: return set_long(block, scope);
            case BlockKind::choices: return set_choices(block, scope);
            case BlockKind::ruled:
                if (!block.text.empty()) pages_.paragraph(markup(block.text), {kTextSize, Align::left, 0, 0, true, false});
                return pages_.ruled(std::max(1, block.number));
            case BlockKind::sign: case BlockKind::sign_left: {
                std::vector<std::string> lines;
                for (const std::string& part : parts_of(block.text)) lines.push_back(markup(part));
                return pages_.signature(lines, block.kind == BlockKind::sign_left);
            }
            case BlockKind::columns: return set_columns(block);
            case BlockKind::row: case BlockKind::row_head: {
                std::vector<std::string> cells;
                for (const std::string& part : parts_of(block.text)) cells.push_back(markup(part));
                return pages_.row(cells, columns_, block.kind == BlockKind::row_head);
            }
            case BlockKind::space: return pages_.space(points(block.number));
            case BlockKind::new_page: return pages_.new_page();
            case BlockKind::codes: return set_codes();
            case BlockKind::condition: case BlockKind::each: case BlockKind::end: return;
        }
    }

    void set_long(const Block& block, Scope scope) {
        const std::string text = answers_.value(name_in_braces(block.text), scope);
        if (text.empty()) return pages_.ruled(std::max(1, block.number));
        for (std::size_t first = 0; first <= text.size();) {
            const std::size_t end = std::min(text.find('\n', first), text.size());
            pages_.paragraph(escaped(std::string_view(text).substr(first, end - first)), {kTextSize, Align::justified, 28, 4, false, false});
            first = end + 1;
        }
    }

    void set_choices(const Block& block, Scope scope) {
        const std::string name = name_in_braces(block.text), chosen = answers_.value(name, scope);
        std::vector<std::pair<std::string, bool>> boxes;
        for (const auto& [choice, label] : answers_.choices(name)) boxes.emplace_back(escaped(label), choice == chosen);
        pages_.boxes(boxes, 12);
    }

    void set_columns(const Block& block) {
        columns_.clear();
        for (std::size_t first = 0; first < block.text.size();) {
            const std::size_t end = std::min(block.text.find(' ', first), block.text.size());
            const int share = std::atoi(block.text.substr(first, end - first).c_str());
            if (share > 0) columns_.push_back(share);
            first = end + 1;
        }
        const double total = std::accumulate(columns_.begin(), columns_.end(), 0.0);
        for (double& share : columns_) share /= total;
    }

    void set_codes() {
        for (const Slip& slip : slips_)
            pages_.paragraph((slip.who.empty() ? "" : escaped(slip.who) + ": ") + "<b><tt>" + escaped(slip.code) + "</tt></b>",
                             {14, Align::left, 0, 6, false, false});
    }

    void put_header() {
        if (!left_.empty() || !right_.empty()) pages_.side_by_side(left_, right_);
        left_.clear();
        right_.clear();
    }

    const Layout& layout_;
    const Answers& answers_;
    const std::vector<Slip>& slips_;
    PageWriter pages_;
    std::vector<std::string> left_, right_;
    std::vector<double> columns_{1.0};
};

}  // namespace

core::Result<core::Bytes> make_pdf(const Layout& layout, const Filling& filling) {
    auto answers = Answers::read(filling);
    if (!answers) return answers.error();
    return Typesetter(layout, *answers, filling.slips).run();
}

}  // namespace kiosk::documents
