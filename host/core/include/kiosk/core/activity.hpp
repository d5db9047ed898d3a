// ActivityInfo: what a plugin's manifest says of its activity, as the host shows, lists and obeys it.
#pragma once

#include <kiosk/core/result.hpp>
#include <kiosk/sdk/storage_policy.hpp>

#include <optional>
#include <string>
#include <vector>

namespace kiosk::core {

enum class PluginState { loaded = 1, refused = 2, quarantined = 3 };

struct ActivityInfo {
    std::string id;                      // "opinion_poll"; also the catalogue domain of its messages
    Words name;                          // on the tile
    Words reader;                        // who reads the answers, in one plain sentence
    std::string version;                 // of the plugin, "1.0.0"
    std::string abi;                     // "1.0"
    std::string file;                    // absolute path of the shared library
    StoragePolicy storage = StoragePolicy::anonymous;
    int retention_days = 0;              // after the office's receipt; 0: wiped at once
    int minutes = 1;                     // shown on the tile
    std::string icon;                    // name in assets/icons
    std::vector<std::string> forms;      // ids of the XLSForms it shows
    std::vector<std::string> languages;  // "vi", "en", …
    std::vector<std::string> export_columns;  // questions in the order of an export; empty: the form's

    bool operator==(const ActivityInfo&) const = default;
};

struct PluginStatus {
    ActivityInfo activity;               // what could be read of it, if it was refused
    PluginState state = PluginState::loaded;
    std::optional<Error> reason;         // why it was refused or set aside

    bool operator==(const PluginStatus&) const = default;
};

}  // namespace kiosk::core
