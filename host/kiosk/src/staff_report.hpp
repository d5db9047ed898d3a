// The state of the kiosk in sentences, for staff mode, `doctor` and the readiness report. Each part is gathered on the
// thread that may: machine and plugins on the main thread, the store on its own.
#pragma once

#include "pack_shelf.hpp"

#include <kiosk/app/staff.hpp>
#include <kiosk/core/clock.hpp>
#include <kiosk/core/units.hpp>
#include <kiosk/storage/audit_line.hpp>
#include <kiosk/storage/store.hpp>

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace kiosk {

// "30/11/2026 09:05", in the machine's time zone; and the day, "2026-11-30".
std::string time_words(core::WallTime time);
std::string today(const core::Clock& clock);

app::StaffLine disk_line(const std::filesystem::path& data);
app::StaffLine clock_line(core::WallTime now, core::WallTime last_seen);
app::StaffLine speech_line(bool has_speech);
app::StaffLine printer_line(const std::string& queue);
app::StaffLine screen_line(const std::optional<core::ScreenSize>& configured);
app::StaffLine plugins_line(const std::vector<app::StaffActivity>& activities);
app::StaffLine stick_line(const std::optional<std::filesystem::path>& stick);
app::StaffLine pack_line(const PackShelf& shelf);

// Answers waiting, the last export, keys, damage.
std::vector<app::StaffLine> store_lines(const storage::StoreStatus& status, const std::vector<storage::AuditLine>& log);
std::vector<core::Words> log_words(const std::vector<storage::AuditLine>& log);   // newest first

}  // namespace kiosk
