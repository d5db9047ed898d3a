// The state of the kiosk in sentences, for staff mode, `doctor` and the readiness report. Each part is gathered on the
// thread that may: machine and plugins on the main thread, the store on its own.
#pragma once

#include "config.hpp"
#include "pack_shelf.hpp"

#include <kiosk/app/staff.hpp>
#include <kiosk/core/clock.hpp>
#include <kiosk/core/units.hpp>
#include <kiosk/storage/audit_line.hpp>
#include <kiosk/storage/store.hpp>

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kiosk {

// "30/11/2026 09:05", in the machine's time zone; and the day, "2026-11-30".
std::string time_words(core::WallTime time);
std::string today(const core::Clock& clock);
std::string local_time_text(core::WallTime time);   // "2026-11-30T09:05"

// The store's note of the last self-test: when, and how many faults it found.
inline constexpr std::string_view kSelfTestNote = "self_test";
std::string self_test_day(std::string_view note);   // empty: never
app::StaffLine self_test_line(std::string_view note, const core::Clock& clock);

app::StaffLine disk_line(const std::filesystem::path& data);
app::StaffLine clock_line(core::WallTime now, core::WallTime last_seen);
app::StaffLine speech_line(bool has_speech);
app::StaffLine printer_line(const std::string& queue);
app::StaffLine screen_line(const std::optional<core::ScreenSize>& configured);
app::StaffLine plugins_line(const std::vector<app::StaffActivity>& activities);
app::StaffLine stick_line(const std::optional<std::filesystem::path>& stick);
// today: what is no longer in force, or not yet, is told.
app::StaffLine pack_line(const PackShelf& shelf, const std::string& today);
app::StaffLine rules_line(const Pack& rules, const std::string& today);

// Answers waiting, the last export, keys, damage.
std::vector<app::StaffLine> store_lines(const storage::StoreStatus& status, const std::vector<storage::AuditLine>& log);
std::vector<core::Words> log_words(const std::vector<storage::AuditLine>& log);   // newest first

}  // namespace kiosk
