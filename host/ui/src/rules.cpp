#include <kiosk/ui/rules.hpp>

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
        const double least_width = item.look == Look::primary ? 60 : item.look == Look::face ? 36 : item.look == Look::tile ? 60 : least;
        if (width < least_width - kTolerance || height < least_height - kTolerance)
            report("UX-08", &placed, number(width) + " × " + number(height) + " mm, needs " + number(least_width) + " × " + number(least_height));
        const Rect& hit = placed.hit;
        const bool holds = hit.x <= placed.rect.x && hit.y <= placed.rect.y && hit.right() >= placed.rect.right() && hit.bottom() >= placed.rect.bottom();
        if (!holds || mm(placed.rect.x - hit.x) > 3 + kTolerance) report("UX-10", &placed, "reacts elsewhere than it is drawn");
        if (item.label.empty() || item.what_is_said().empty()) report("UX-61", &placed, "has no label or nothing to say");
        if (item.needed && !placed.scrolls) check_reach(placed);
        if (!placed.scrolls && (placed.rect.x < 0 || placed.rect.y < 0 || placed.rect.right() > static_cast<float>(scene_.screen.width_px) ||
                                placed.rect.bottom() > static_cast<float>(scene_.screen.height_px)))
            report("UX-06", &placed, "lies off the screen");
    }

    void check_reach(const PlacedItem& placed) {
        const float height = static_cast<float>(scene_.screen.height_px);
        const double share = placed.rect.centre_y() / height;
        if (scene_.lowered && placed.rect.y < height / 2 - 1) report("UX-04", &placed, "is above the middle of a lowered page");
        if (scene_.screen.height_mm.value >= kTallScreenMm && scene_.screen.is_portrait() && share < kReachFromTop && !scene_.lowered)
            report("UX-03", &placed, "is at " + number(share * 100) + " % of the height, too high to reach");
    }

    void check_text(const PlacedItem& placed) {
        const app::Item& item = placed.item;
        if (item.label.empty()) return;
        if (placed.font_px > 0 && mm(placed.font_px * kCapitalShare) < 4.8 - 0.05)
            report("UX-18", &placed, "capitals of " + number(mm(placed.font_px * kCapitalShare)) + " mm, needs 4.8");
        const double ratio = contrast(placed.fg, placed.bg);
        const bool is_plain = scene_.theme == app::Theme::light;
        const double least = is_plain ? (item.enabled ? 10 : 4.5) : item.look == Look::problem ? 10 : 20;
        if (ratio < least) report(is_plain ? "UX-23" : "UX-24", &placed, "contrast " + number(ratio) + ", needs " + number(least));
        if (item.id == "action.next" && !item.enabled) report("UX-39", &placed, "is disabled; pressing it must say what is missing");
        for (const std::string_view banned : {"không hợp lệ", "lỗi hệ thống", "bắt buộc", "xin lỗi", "rất tiếc", "vui lòng", "!"})
            if (item.label.find(banned) != std::string::npos) report("UX-43", &placed, "says “" + std::string(banned) + "”");
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
                if (gap < kGapMm - kTolerance && !covers)
                    report("UX-09", targets[one], number(gap) + " mm from " + targets[other]->item.id + ", needs 2.54");
            }
    }

    void check_lines() {
        const auto check = [&](const std::vector<Shape>& shapes) {
            for (const Shape& shape : shapes)
                if (const Line* line = std::get_if<Line>(&shape)) check_line(*line);
        };
        check(scene_.fixed);
        check(scene_.scrolling);
        check(scene_.above);
    }

    void check_line(const Line& line) {
        if (letters_in(line.text) > 75) report("UX-05", nullptr, "a line of " + std::to_string(letters_in(line.text)) + " letters: " + line.text);
        const float right = line.x + fonts_.width(line.text, line.font_px, line.weight);
        if (line.x < -1 || right > static_cast<float>(scene_.screen.width_px) + 1) report("UX-19", nullptr, "runs off the screen: " + line.text);
        for (const PlacedItem& placed : scene_.items) {
            if (!placed.item.is_target()) continue;
            const bool starts_inside = placed.rect.contains(line.x, line.y + line.font_px / 2);
            if (starts_inside && right > placed.rect.right() + 1) report("UX-19", &placed, "its words are wider than it: " + line.text);
        }
    }

    void check_page() {
        static constexpr std::array<std::string_view, 6> kWholePages{"attract", "welcome", "home", "thanks", "idle", "end"};
        const bool must_fit = scene_.size == app::TextSize::medium && !scene_.lowered &&
                              std::find(kWholePages.begin(), kWholePages.end(), scene_.page) != kWholePages.end();
        if (must_fit && scene_.scroll_max_px > 0) report("UX-06", nullptr, "does not fit by " + number(mm(scene_.scroll_max_px)) + " mm");
        const auto titles = std::count_if(scene_.items.begin(), scene_.items.end(), [](const PlacedItem& placed) {
            return placed.item.look == Look::title;
        });
        if (scene_.page == "question" && titles > 1) report("UX-32", nullptr, "has more than one heading");
        if (scene_.body.height < static_cast<float>(scene_.screen.px(core::Millimetres{30}))) report("UX-02", nullptr, "leaves no room for its content");
    }

    const Scene& scene_;
    const Fonts& fonts_;
    std::vector<BrokenRule> broken_;
};

}  // namespace

std::vector<BrokenRule> broken_rules(const Scene& scene, const Fonts& fonts) { return Inspector(scene, fonts).inspect(); }

std::vector<BrokenRule> broken_between(const Scene& one, const Scene& other) {
    std::vector<BrokenRule> broken;
    for (const PlacedItem& placed : one.items) {
        if (placed.item.zone != app::Zone::aids) continue;
        const PlacedItem* same = other.find(placed.item.id);
        if (same && same->rect != placed.rect) broken.push_back({"UX-26", placed.item.id, "stands elsewhere on page " + other.page});
    }
    return broken;
}

}  // namespace kiosk::ui
