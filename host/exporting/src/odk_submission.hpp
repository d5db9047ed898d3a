// What is left out of an ODK submission before it is handed on. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace kiosk::exporting {

// The submission with the elements at these paths ("/data/start") emptied. Takes well-formed XML as forms writes it.
std::string without_values(std::string_view xml, const std::vector<std::string>& paths);

}  // namespace kiosk::exporting
