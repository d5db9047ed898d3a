// `feedback-kiosk plugins` and `feedback-kiosk plugins check`: what is installed and what is wrong with it, for people
// or (as COMMANDS says) as one JSON document. Words go to `out`; with JSON, people's words go to `notes`.
#pragma once

#include <kiosk/core/activity.hpp>
#include <kiosk/plugin_host/check_plugin.hpp>
#include <kiosk/plugin_host/trust.hpp>

#include <filesystem>
#include <functional>
#include <iosfwd>
#include <string>
#include <vector>

namespace kiosk::commands {

struct PluginCommandOutput {
    std::ostream& out;
    std::ostream& notes;
    std::string language;                // "vi" or "en"
    bool is_json = false;
};

// Returns the exit status: 0, whatever state the plugins are in.
int list_plugins(const std::vector<core::PluginStatus>& plugins, const PluginCommandOutput& output);

// What is wrong with the words and pages of a plugin that loads; see page_lint.hpp.
using PageLint = std::function<std::vector<core::Error>(const plugin_host::PluginCheck& plugin)>;

// Returns the exit status: 0 the kiosk would take the plugin and its pages keep the rules, 1 not.
int check_plugin_file(const std::filesystem::path& library, const plugin_host::Trust& trust,
                      const PluginCommandOutput& output, const PageLint& lint = {});

}  // namespace kiosk::commands
