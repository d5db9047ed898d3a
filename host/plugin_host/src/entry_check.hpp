// Whether the entry object of a loaded library fits this host and agrees with its manifest.
#pragma once

#include <kiosk/abi/entry.h>
#include <kiosk/core/activity.hpp>

#include <vector>

namespace kiosk::plugin_host {

std::vector<core::Error> check_entry(const kiosk_plugin_entry& entry, const core::ActivityInfo& manifest);

}  // namespace kiosk::plugin_host
