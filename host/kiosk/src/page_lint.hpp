// What is wrong with an activity's pages: questions that miss one of its languages, words that break the wording rules,
// pages that cannot keep their sizes at the largest text on the smallest screen. For `plugins check`.
#pragma once

#include "composition.hpp"

#include <kiosk/core/activity.hpp>

#include <filesystem>
#include <vector>

namespace kiosk {

// library: the plugin's .so, in a folder of its own below a folder "plugins"; a folder "forms" beside that one counts as
// well as the forms that are installed. Empty: nothing is wrong. Main thread; draws nothing.
std::vector<core::Error> lint_pages(const LaunchOptions& options, const std::filesystem::path& library, const core::ActivityInfo& activity);

}  // namespace kiosk
