// Loads a shared library from bytes already read and verified, so that what runs is what was checked. The bytes go into
// a memory file sealed against every change, which is then loaded and never unloaded (unloading C++ code is not safe).
// Its descriptor stays open for the life of the process: were it closed, the next library would get the same
// /proc/self/fd path and the dynamic loader would answer with the first. The only file that knows Boost.DLL.
#pragma once

#include <kiosk/abi/entry.h>
#include <kiosk/core/bytes.hpp>
#include <kiosk/core/result.hpp>

#include <string>

namespace kiosk::plugin_host {

// The entry object of the library; it lives as long as the process. `name` is for messages and debuggers.
// Runs the library's static constructors.
core::Result<const kiosk_plugin_entry*> load_sealed_library(const std::string& name, core::ByteView bytes);

}  // namespace kiosk::plugin_host
