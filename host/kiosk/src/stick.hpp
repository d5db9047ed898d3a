// The USB stick that is in, if one is: a file system mounted below the folder that the session's udev rule mounts sticks
// in, or a folder named on the command line. And what on it this kiosk understands.
#pragma once

#include <kiosk/app/staff.hpp>
#include <kiosk/core/result.hpp>

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kiosk {

inline constexpr std::string_view kSticks = "/run/feedback-kiosk/sticks";
inline constexpr std::string_view kRequests = "/run/feedback-kiosk/requests";

// named: from --stick; taken as it is. A folder below kSticks counts only while something is mounted on it: nobody must
// believe that answers are on a stick when they lie on the kiosk's own disk.
std::optional<std::filesystem::path> find_stick(const std::filesystem::path& named);

core::Error no_stick();

enum class StickKind { pack = 1, receipt };
struct StickEntry { std::filesystem::path file; StickKind kind = StickKind::pack; };
// Packs, and the receipt for this kiosk; by name, at most fifty.
std::vector<StickEntry> files_on(const std::filesystem::path& stick, std::string_view kiosk_id);

// Asks the session's helper, which has the rights this program lacks, by a file with the word's name. False: there is none.
bool request(std::string_view word);

}  // namespace kiosk
