#include "cycles.hpp"

#include <algorithm>

namespace kiosk::forms {
namespace {

// Peels off whatever needs nothing that is left; what stays lies on a cycle or leads to one.
class Peeler {
  public:
    explicit Peeler(const std::vector<std::vector<std::uint32_t>>& depends_on)
        : depends_on_(depends_on), needed_by_(depends_on.size()), open_(depends_on.size()), is_gone_(depends_on.size()) {
        for (std::uint32_t i = 0; i < depends_on.size(); ++i) {
            open_[i] = static_cast<std::uint32_t>(depends_on[i].size());
            for (const std::uint32_t need : depends_on[i]) needed_by_[need].push_back(i);
        }
        for (std::uint32_t i = 0; i < depends_on.size(); ++i) {
            if (open_[i] == 0 && !is_gone_[i]) remove(i);
        }
    }

    bool is_gone(std::uint32_t i) const { return is_gone_[i]; }

    void remove(std::uint32_t first) {
        std::vector<std::uint32_t> ready = {first};
        while (!ready.empty()) {
            const std::uint32_t item = ready.back();
            ready.pop_back();
            if (is_gone_[item]) continue;
            is_gone_[item] = true;
            for (const std::uint32_t user : needed_by_[item]) {
                if (--open_[user] == 0 && !is_gone_[user]) ready.push_back(user);
            }
        }
    }

    // From a member that is left, along needs that are left, until one comes round again.
    std::vector<std::uint32_t> cycle_from(std::uint32_t item) const {
        std::vector<std::uint32_t> way;
        for (;;) {
            const auto seen = std::find(way.begin(), way.end(), item);
            if (seen != way.end()) return {seen, way.end()};
            way.push_back(item);
            const auto& needs = depends_on_[item];
            item = *std::find_if(needs.begin(), needs.end(), [&](std::uint32_t need) { return !is_gone_[need]; });
        }
    }

  private:
    const std::vector<std::vector<std::uint32_t>>& depends_on_;
    std::vector<std::vector<std::uint32_t>> needed_by_;
    std::vector<std::uint32_t> open_;
    std::vector<bool> is_gone_;
};

}  // namespace

std::vector<std::vector<std::uint32_t>> find_cycles(const std::vector<std::vector<std::uint32_t>>& depends_on) {
    Peeler peeler(depends_on);
    std::vector<std::vector<std::uint32_t>> cycles;
    for (std::uint32_t i = 0; i < depends_on.size(); ++i) {
        while (!peeler.is_gone(i)) {
            std::vector<std::uint32_t> cycle = peeler.cycle_from(i);
            // Begin where the author meets it first.
            std::rotate(cycle.begin(), std::min_element(cycle.begin(), cycle.end()), cycle.end());
            for (const std::uint32_t member : cycle) peeler.remove(member);
            cycles.push_back(std::move(cycle));
        }
    }
    return cycles;
}

}  // namespace kiosk::forms
