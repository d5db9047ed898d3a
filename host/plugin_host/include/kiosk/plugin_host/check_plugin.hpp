// check_plugin: everything that is wrong with one plugin, for its author and for `plugins check`.
//
// Reads its files, loads it, and runs the contract every plugin must keep: begin and destroy in any state, a describe()
// that changes nothing and names only messages its catalogues have, a submit() that survives answers it did not ask for.
// Runs the plugin's code in this process: a crash here is the plugin's. Main thread only.
#pragma once

#include <kiosk/core/activity.hpp>
#include <kiosk/plugin_host/trust.hpp>

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace kiosk::plugin_host {

// Words of the plugin's messages, by language and id.
using Catalogues = std::map<std::string, std::map<std::string, std::string>>;

struct PluginCheck {
    core::ActivityInfo activity;
    Catalogues catalogues;
    std::vector<core::Error> problems;   // empty: the kiosk would take it
};

PluginCheck check_plugin(const std::filesystem::path& library, const Trust& trust);

}  // namespace kiosk::plugin_host
