// The UX rules that one laid-out page can be held to by a program (numbers UX-03 to UX-61).
// Used by `gallery`, by `plugins check` and by tests. Pure but for measuring text; the fonts' context must be current.
#pragma once

#include <kiosk/ui/fonts.hpp>
#include <kiosk/ui/scene.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace kiosk::ui {

struct BrokenRule {
    std::string rule;    // "UX-08"
    std::string item;    // id, or empty for the page
    std::string what;    // in English, with the number that is wrong

    bool operator==(const BrokenRule&) const = default;
};

// What a sentence says that no visitor should read (UX-43): blame, pleading, exclamation. Empty: nothing of the kind.
std::string_view unwelcome_words_in(std::string_view sentence);

std::vector<BrokenRule> broken_rules(const Scene& scene, const Fonts& fonts);

// Rules between pages of one screen, size and language: the aids stand at the same place (UX-26), the way on in the same
// corner (UX-32).
std::vector<BrokenRule> broken_between(const Scene& one, const Scene& other);
// One page on two screens: read, and walked with keys, in the same order (UX-07).
std::vector<BrokenRule> broken_between_layouts(const Scene& standing, const Scene& lying);

}  // namespace kiosk::ui
