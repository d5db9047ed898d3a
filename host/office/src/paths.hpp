// Where a clerk's files are, and what a clerk types or drops into a terminal for them.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace kiosk::office {

std::filesystem::path home_folder();

// As a terminal gets it when a file is dropped there: quotes, file:// and blanks at the ends taken off, ~ made the home folder.
std::string typed_path(std::string_view typed);

// A stick that holds bundles, where desktops mount sticks; empty: none.
std::filesystem::path stick_with_bundles();

}  // namespace kiosk::office
