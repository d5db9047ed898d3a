// What is wrong with what a plugin shows: questions that miss one of its languages, words that break the wording rules,
// pages that cannot keep their sizes at the largest text on the smallest screen. For `plugins check`.
#pragma once

#include "composition.hpp"

#include <kiosk/plugin_host/check_plugin.hpp>

#include <filesystem>
#include <vector>

namespace kiosk {

// library: the plugin's .so, in a folder of its own below a folder "plugins"; a folder "forms" beside that one counts as
// well as the forms that are installed. Signed or not: its author asks. Empty: nothing is wrong. Main thread; draws nothing.
std::vector<core::Error> lint_pages(const LaunchOptions& options, const std::filesystem::path& library, const plugin_host::PluginCheck& plugin);

}  // namespace kiosk
