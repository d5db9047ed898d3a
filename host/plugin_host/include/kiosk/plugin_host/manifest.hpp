// The manifest of a plugin: manifest.json beside its library, read before any of its code is loaded.
// Pure: takes the text, gives a value and every problem found. Any thread.
#pragma once

#include <kiosk/core/activity.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace kiosk::plugin_host {

struct ManifestReading {
    core::ActivityInfo activity;         // what could be read; `file` is not the manifest's
    std::vector<core::Error> problems;   // empty: the manifest is good
};

ManifestReading read_manifest(std::string_view json);

std::string_view storage_name(StoragePolicy storage);  // "anonymous", "sealed", "not_stored"

}  // namespace kiosk::plugin_host
