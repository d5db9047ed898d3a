// Reads compiled gettext catalogues (.mo) far enough to tell whether every language has every message.
#pragma once

#include <kiosk/core/bytes.hpp>

#include <map>
#include <optional>
#include <string>

namespace kiosk::plugin_host {

// msgid → msgstr, the header left out; nothing if the bytes are no catalogue. Plural forms keep their first.
std::optional<std::map<std::string, std::string>> read_catalogue(core::ByteView bytes);

}  // namespace kiosk::plugin_host
