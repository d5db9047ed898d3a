// Reads the files of one plugin, each once, and checks them without running any of its code: signatures, manifest,
// catalogues. What passes is loaded from the bytes read here, never from disk again.
#pragma once

#include <kiosk/core/activity.hpp>
#include <kiosk/core/bytes.hpp>
#include <kiosk/plugin_host/check_plugin.hpp>

#include <filesystem>
#include <set>
#include <string>
#include <vector>

namespace kiosk::plugin_host {

struct PluginFiles {
    core::ActivityInfo activity;         // what could be read of it, at least id and file
    core::Bytes library;
    bool may_load = false;               // the library is there and trusted
    std::set<std::string> messages;      // ids that every language's catalogue has
    Catalogues catalogues;
    std::vector<core::Error> problems;
};

// `library` is FOLDER/ID.so; the manifest and the catalogues lie beside it.
PluginFiles read_plugin_files(const std::filesystem::path& library, const Trust& trust);

}  // namespace kiosk::plugin_host
