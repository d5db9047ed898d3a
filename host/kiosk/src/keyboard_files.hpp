// Reads what a visitor types with: every keyboard file and the words to suggest, from the folders of assets. A fault in
// one file is refused with its line; without any file a visitor can still type on a hardware keyboard.
#pragma once

#include <kiosk/app/keyboards.hpp>
#include <kiosk/core/result.hpp>

#include <filesystem>

namespace kiosk {

core::Result<app::Keyboards> read_keyboards(const std::filesystem::path& keyboards, const std::filesystem::path& words);

}  // namespace kiosk
