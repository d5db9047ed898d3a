// Small files whole: read with a limit, and replaced so that after a power cut either the old or the new one is there.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace kiosk {

// Nothing: not there, not a regular file, not readable, or larger than the limit.
std::optional<std::string> read_small_file(const std::filesystem::path& file, std::uint64_t maximum_bytes = 1 << 20);

// True when it is on the disk under its name.
bool write_durably(const std::filesystem::path& file, std::string_view content);

}  // namespace kiosk
