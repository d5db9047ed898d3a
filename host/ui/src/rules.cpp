#include <kiosk/ui/rules.hpp>

#include <kiosk/text/unicode.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <string_view>

namespace kiosk::ui {
namespace {

using app::Look;
using app::Role;

constexpr float kTargetMm = 20, kKeyMm = 12.7F, kGapMm = 2.54F, kTolerance = 0.15F;
constexpr float kTallScreenMm = 300, kReachFromTop = 0.35F;

std::string number(double value) {
    char text[32];
    std::snprintf(text, sizeof text, "%.1f", value);
    return text;
}

std::size_t letters_in(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char byte) { return (static_cast<unsigned char>(byte) & 0xC0) != 0x80; }));
}

class Inspector {
  public:
    Inspector(const Scene& scene, const Fonts& fonts) : scene_(scene), fonts_(fonts) {}

    std::vector<BrokenRule> inspect() && {
        for (const PlacedItem& placed : scene_.items) {
            if (placed.item.is_target()) check_target(placed);
            check_text(placed);
        }
        check_gaps();
        check_lines();
        check_page();
        check_bands();
        check_questions();
        check_focus();
        return std::move(broken_);
    }

  private:
    double mm(float px) const { return scene_.screen.mm(px).value; }

    void report(const char* rule, const PlacedItem* placed, std::string what) {
        broken_.push_back({rule, placed ? placed->item.id : std::string{}, std::move(what)});
    }

    bool is_visible(const PlacedItem& placed) const {
        return !placed.scrolls || (placed.rect.y >= scene_.body.y && placed.rect.bottom() <= scene_.body.bottom());
    }

    void check_target(const PlacedItem& placed) {
        const app::Item& item = placed.item;
        const double width = mm(placed.rect.width), height = mm(placed.rect.height);
        const double least = item.role == Role::key ? kKeyMm : kTargetMm;
        const double least_height = item.look == Look::primary ? 22 : item.look == Look::face ? 36 : least;
        const double least_width = item.look == Look::primary || item.look == Look::tile ? 60 : item.look == Look::face ? 36 : least;
        if (item.look == Look::tile && height < 40 - kTolerance) report("UX-29", &placed, "a tile of " + number(height) + " mm, needs 40");
        if (width < least_width - kTolerance || height < least_height - kTolerance)
            report("UX-08", &placed, number(width) + " × " + number(height) + " mm, needs " + number(least_width) + " × " + number(least_height));
        const Rect& hit = placed.hit;
        const bool holds = hit.x <= placed.rect.x && hit.y <= placed.rect.y && hit.right() >= placed.rect.right() && hit.bottom() >= placed.rect.bottom();
        if (!holds || mm(placed.rect.x - hit.x) > 3 + kTolerance) report("UX-10", &placed, "reacts elsewhere than it is drawn");
        check_words(placed);
        if (item.label.empty() || item.what_is_said().empty()) report("UX-61", &placed, "has no label or nothing to say");
        if (item.needed && !placed.scrolls) check_reach(placed);
        if (!placed.scrolls && (placed.rect.x < 0 || placed.rect.y < 0 || placed.rect.right() > static_cast<float>(scene_.screen.width_px) ||
                                placed.rect.bottom() > static_cast<float>(scene_.screen.height_px)))
            report("UX-06", &placed, "lies off the screen");
    }

    // What is written on a control stays within it, above and below as well as at the sides.
    void check_words(const PlacedItem& placed) {
        if (placed.words.height <= 0) return;
        const double above = mm(placed.rect.y - placed.words.y), below = mm(placed.words.bottom() - placed.rect.bottom());
        const double beside = std::max(mm(placed.rect.x - placed.words.x), mm(placed.words.right() - placed.rect.right()));
        const double most = std::max({above, below, beside});
        if (most > kTolerance + 0.15F) report("UX-19", &placed, "its words reach " + number(most) + " mm out of it");
    }

    void check_reach(const PlacedItem& placed) {
        const float height = static_cast<float>(scene_.screen.height_px);
        const double share = placed.rect.centre_y() / height;
        if (scene_.lowered && placed.rect.y < height / 2 - 1) report("UX-04", &placed, "is above the middle of a lowered page");
        if (scene_.screen.height_mm.value >= kTallScreenMm && scene_.screen.is_portrait() && share < kReachFromTop && !scene_.lowered && has_room_below())
            report("UX-03", &placed, "is at " + number(share * 100) + " % of the height, too high to reach");
    }

    // A page that fills the screen has nowhere lower to go; what its reader cannot reach, "Hạ thấp" brings down.
    bool has_room_below() const {
        float end = 0;
        for (const PlacedItem& placed : scene_.items)
            if (placed.item.zone == app::Zone::body) end = std::max(end, placed.rect.bottom());
        return scene_.body.bottom() - end > scene_.screen.px(core::Millimetres{12});
    }

    void check_text(const PlacedItem& placed) {
        const app::Item& item = placed.item;
        if (item.label.empty()) return;
        if (placed.font_px > 0 && mm(placed.font_px * kCapitalShare) < 4.8 - 0.05)
            report("UX-18", &placed, "capitals of " + number(mm(placed.font_px * kCapitalShare)) + " mm, needs 4.8");
        const double ratio = contrast(placed.fg, placed.bg);
        const bool is_plain = scene_.theme == app::Theme::light;
        const double least = is_plain ? (item.enabled ? 10 : 4.5) : item.look == Look::problem || item.look == Look::link || (item.look == Look::card && item.needed) ? 10 : 20;
        if (ratio < least) report(is_plain ? "UX-23" : "UX-24", &placed, "contrast " + number(ratio) + ", needs " + number(least));
        if (item.id == "action.next" && !item.enabled) report("UX-39", &placed, "is disabled; pressing it must say what is missing");
        if (text::nfc(item.label) != item.label) report("UX-20", &placed, "is not in NFC");
        if (item.look == Look::code && mm(placed.font_px * kCapitalShare) < 8 - 0.05) report("UX-37", &placed, "a code of less than 8 mm capitals");
        if (const std::string_view words = unwelcome_words_in(item.label); !words.empty()) report("UX-43", &placed, "says “" + std::string(words) + "”");
        if (const std::string_view words = unwelcome_words_in(item.detail); !words.empty()) report("UX-43", &placed, "says “" + std::string(words) + "”");
    }

    void check_gaps() {
        std::vector<const PlacedItem*> targets;
        for (const PlacedItem& placed : scene_.items)
            if (placed.item.is_target() && is_visible(placed)) targets.push_back(&placed);
        for (std::size_t one = 0; one < targets.size(); ++one)
            for (std::size_t other = one + 1; other < targets.size(); ++other) {
                const Rect &a = targets[one]->rect, &b = targets[other]->rect;
                const bool covers = targets[one]->scrolls != targets[other]->scrolls;   // a button over the scrolled page
                const double across = mm(std::max(a.x, b.x) - std::min(a.right(), b.right()));
                const double along = mm(std::max(a.y, b.y) - std::min(a.bottom(), b.bottom()));
                const double gap = std::max(across, along);
                const double least = are_opposites(targets[one]->item, targets[other]->item) ? 10 : kGapMm;
                if (gap < least - kTolerance && !covers)
                    report("UX-09", targets[one], number(gap) + " mm from " + targets[other]->item.id + ", needs " + number(least));
            }
    }

    // The way out that loses answers, and the way on.
    static bool are_opposites(const app::Item& one, const app::Item& other) {
        const auto loses = [](const app::Item& item) { return item.id == "action.end" || item.id == "action.remove"; };
        const auto keeps = [](const app::Item& item) { return item.look == Look::primary; };
        return (loses(one) && keeps(other)) || (loses(other) && keeps(one));
    }

    void check_lines() {
        const auto check = [&](const std::vector<Shape>& shapes, bool scrolls) {
            for (const Shape& shape : shapes)
                if (const Line* line = std::get_if<Line>(&shape)) check_line(*line, scrolls);
        };
        check(scene_.fixed, false);
        check(scene_.scrolling, true);
        check(scene_.above, false);
    }

    void check_line(const Line& line, bool scrolls) {
        if (letters_in(line.text) > 75) report("UX-05", nullptr, "a line of " + std::to_string(letters_in(line.text)) + " letters: " + line.text);
        const float right = line.x + fonts_.width(line.text, line.font_px, line.weight);
        if (line.x < -1 || right > static_cast<float>(scene_.screen.width_px) + 1) report("UX-19", nullptr, "runs off the screen: " + line.text);
        for (const PlacedItem& placed : scene_.items) {
            if (!placed.item.is_target() || placed.scrolls != scrolls) continue;
            const bool starts_inside = placed.rect.contains(line.x, line.y + line.font_px / 2);
            if (starts_inside && right > placed.rect.right() + 1) report("UX-19", &placed, "its words are wider than it: " + line.text);
        }
    }

    void check_page() {
        static constexpr std::array<std::string_view, 6> kWholePages{"attract", "welcome", "home", "thanks", "idle", "end"};
        const bool must_fit = scene_.size == app::TextSize::medium && !scene_.lowered &&
                              std::find(kWholePages.begin(), kWholePages.end(), scene_.page) != kWholePages.end();
        // Four tiles of 40 mm are two rows: more than a screen of 136 mm has between its bars.
        const auto tiles = std::count_if(scene_.items.begin(), scene_.items.end(), [](const PlacedItem& placed) { return placed.item.look == Look::tile; });
        if (must_fit && scene_.scroll_max_px > 0 && !(is_low(scene_.screen) && tiles > 3)) report("UX-06", nullptr, "does not fit by " + number(mm(scene_.scroll_max_px)) + " mm");
        const auto titles = std::count_if(scene_.items.begin(), scene_.items.end(), [](const PlacedItem& placed) {
            return placed.item.look == Look::title;
        });
        if (scene_.page == "question" && titles > 1) report("UX-32", nullptr, "has more than one heading");
        if (!is_typing_on_short_screen() && scene_.body.height < static_cast<float>(scene_.screen.px(core::Millimetres{30}))) report("UX-02", nullptr, "leaves no room for its content");
    }

    // The same three verbs at the same three places, within the margins.
    void check_bands() {
        const float margin = scene_.screen.px(core::Millimetres{8}), width = static_cast<float>(scene_.screen.width_px);
        for (const PlacedItem& placed : scene_.items) {
            if (placed.item.zone == app::Zone::aids || placed.item.zone == app::Zone::keyboard || placed.item.look == Look::progress) continue;
            if (placed.rect.x < margin - 2 || placed.rect.right() > width - margin + 2) report("UX-02", &placed, "stands in the margin");
        }
        const bool is_stacked = is_above("action.end", "action.next");
        if (const PlacedItem* back = scene_.find("action.back"); back && back->item.zone == app::Zone::header && std::abs(back->rect.x - margin) > 2)
            report("UX-40", back, "is not at the left");
        if (const PlacedItem* end = scene_.find("action.end"); end && std::abs(end->rect.x - margin) > 2) report("UX-40", end, "is not at the left");
        if (const PlacedItem* next = scene_.find("action.next"); next && !is_stacked)
            for (const PlacedItem& other : scene_.items)
                if (other.item.zone == app::Zone::actions && other.item.is_target() && other.rect.right() > next->rect.right() + 1 && !other.item.id.starts_with("scroll."))
                    report("UX-40", next, "is not the last at the right");
        if (scene_.scroll_max_px > 0 && !scene_.find("scroll.down") && !scene_.find("scroll.up"))
            report("UX-56", nullptr, "scrolls with no button to scroll it");
    }

    bool is_above(std::string_view one, std::string_view other) const {
        const PlacedItem *first = scene_.find(one), *second = scene_.find(other);
        return first && second && std::abs(first->rect.y - second->rect.y) > 2;
    }

    // Then the keys leave a line of the field and its label, and give the rest back when they go (README.md).
    bool is_typing_on_short_screen() const { return scene_.screen.height_mm.value < 220 && is_typing_lying(); }
    bool is_typing_lying() const {
        return !scene_.screen.is_portrait() && std::any_of(scene_.items.begin(), scene_.items.end(), [](const PlacedItem& placed) {
            return placed.item.zone == app::Zone::keyboard;
        });
    }

    void check_questions() {
        int grid_rows = 0;
        bool has_grid = false;
        for (const PlacedItem& placed : scene_.items) {
            const app::Item& item = placed.item;
            if (item.look == Look::grid_head) has_grid = true;
            if (item.look == Look::grid_label) ++grid_rows;
            const bool is_bare = !item.label.empty() && std::all_of(item.label.begin(), item.label.end(), [](char letter) { return letter >= '0' && letter <= '9'; });
            if (item.look == Look::scale && is_bare) report("UX-33", &placed, "a step of a scale without words");
            if (item.look == Look::card && item.value.empty()) report("UX-36", &placed, "a card that does not say what a touch does");
            if (item.look == Look::link && !is_said_by_a_problem(item.label)) report("UX-42", &placed, "says something else than the problem it leads to");
            const float lines = is_typing_lying() ? 1 : 5;   // beside keys that take half of a lying screen (README.md)
            if (item.look == Look::field && item.detail == "multiline" && !is_typing_on_short_screen() && placed.rect.height < lines * placed.font_px) report("UX-50", &placed, "shows fewer than five lines");
            if (item.look == Look::signature && (mm(placed.rect.width) < 120 - kTolerance || mm(placed.rect.height) < 50 - kTolerance)) report("UX-55", &placed, "a pad of " + number(mm(placed.rect.width)) + " × " + number(mm(placed.rect.height)) + " mm, needs 120 × 50");
            if (item.id.starts_with("consent.") && item.id.ends_with(".yes")) check_pair(placed);
        }
        if (has_grid && (scene_.screen.width_mm.value < 300 || grid_rows > 5)) report("UX-34", nullptr, "a grid of " + std::to_string(grid_rows) + " rows");
    }

    bool is_said_by_a_problem(std::string_view words) const {
        return std::any_of(scene_.items.begin(), scene_.items.end(), [&](const PlacedItem& other) { return other.item.look == Look::problem && other.item.label == words; });
    }

    void check_pair(const PlacedItem& yes) {
        const std::string other = yes.item.id.substr(0, yes.item.id.size() - 3) + "no";
        const PlacedItem* no = scene_.find(other);
        const bool are_equal = no && std::abs(no->rect.width - yes.rect.width) < 1 && std::abs(no->rect.height - yes.rect.height) < 1 &&
                               (yes.item.selected || no->item.selected || (no->fg == yes.fg && no->bg == yes.bg));
        if (!are_equal) report("UX-30", &yes, "is not the equal of its opposite");
    }

    // Focus goes through every target once, in reading order, and its ring is seen.
    void check_focus() {
        int next = 0;
        for (const PlacedItem& placed : scene_.items)
            if (placed.item.is_target() && placed.focus_index != next++) report("UX-59", &placed, "is out of the order of focus");
    }

    const Scene& scene_;
    const Fonts& fonts_;
    std::vector<BrokenRule> broken_;
};

}  // namespace

std::string_view unwelcome_words_in(std::string_view sentence) {
    const std::string lower = text::lower(sentence);
    for (const std::string_view words : {"không hợp lệ", "lỗi hệ thống", " bắt buộc", "xin lỗi", "rất tiếc", "vui lòng", "!", "invalid", "sorry", "please"}) {
        const bool is_optional_mark = words == " bắt buộc" && lower.find("không bắt buộc") != std::string::npos;   // how an optional question is marked
        if (lower.find(words) != std::string::npos && !is_optional_mark) return words;
    }
    return {};
}

std::vector<BrokenRule> broken_rules(const Scene& scene, const Fonts& fonts) { return Inspector(scene, fonts).inspect(); }

std::vector<BrokenRule> broken_between(const Scene& one, const Scene& other) {
    std::vector<BrokenRule> broken;
    for (const PlacedItem& placed : one.items) {
        const PlacedItem* same = other.find(placed.item.id);
        if (!same) continue;
        if (placed.item.zone == app::Zone::aids && same->rect != placed.rect)
            broken.push_back({"UX-26", placed.item.id, "stands elsewhere on page " + other.page});
        const bool is_corner = std::abs(same->rect.right() - placed.rect.right()) < 2 && std::abs(same->rect.bottom() - placed.rect.bottom()) < 2;
        if (placed.item.id == "action.next" && !is_corner)
            broken.push_back({"UX-32", placed.item.id, "stands in another corner on page " + other.page});
    }
    return broken;
}

std::vector<BrokenRule> broken_between_layouts(const Scene& standing, const Scene& lying) {
    const auto order = [](const Scene& scene, const Scene& other) {
        std::vector<std::string> ids;
        for (const PlacedItem& placed : scene.items)
            if (placed.item.is_target() && placed.item.zone != app::Zone::aids && other.find(placed.item.id)) ids.push_back(placed.item.id);
        return ids;
    };
    if (order(standing, lying) == order(lying, standing)) return {};
    return {{"UX-07", "", "is read in another order on a lying screen"}};
}

}  // namespace kiosk::ui
