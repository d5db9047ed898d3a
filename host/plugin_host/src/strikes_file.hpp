// The strikes of every plugin as JSON: {"opinion_poll": 2}. Replaced whole and durably; a damaged file reads as empty.
#pragma once

#include <kiosk/core/result.hpp>

#include <filesystem>
#include <map>
#include <string>

namespace kiosk::plugin_host {

using Strikes = std::map<std::string, int, std::less<>>;

Strikes read_strikes(const std::filesystem::path& file);
core::Result<void> write_strikes(const std::filesystem::path& file, const Strikes& strikes);

}  // namespace kiosk::plugin_host
