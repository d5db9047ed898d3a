#include "doctor_machine.hpp"

#include "durable_file.hpp"
#include "pack_shelf.hpp"
#include "pin_guard.hpp"
#include "staff_report.hpp"
#include "stick.hpp"
#include "store_notes.hpp"

#include <kiosk/platform/system.hpp>
#include <kiosk/storage/store.hpp>

#include <cstdlib>
#include <linux/magic.h>
#include <optional>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <system_error>
#include <unistd.h>

namespace kiosk {
namespace {

namespace fs = std::filesystem;
using app::Mark;
using app::StaffLine;

StaffLine data_line(const fs::path& data) {
    const std::string name = data.string();
    struct stat status{};
    if (stat(data.c_str(), &status) != 0)
        return {"data", Mark::attention, {"Chưa có thư mục dữ liệu " + name + "; lần chạy đầu sẽ tạo.", "There is no data folder " + name + " yet; the first run makes it."}};
    if (geteuid() == 0 && status.st_uid != 0)
        return {"data", Mark::attention, {"Thư mục dữ liệu là của người dùng khác. Chạy lại: sudo -u feedback-kiosk feedback-kiosk doctor …",
                                          "The data folder is another user's. Run again: sudo -u feedback-kiosk feedback-kiosk doctor …"}};
    if (access(data.c_str(), R_OK | W_OK | X_OK) != 0)
        return {"data", Mark::fault, {"Không ghi được thư mục dữ liệu " + name + ". Sửa: chown -R feedback-kiosk: " + name,
                                      "The data folder " + name + " cannot be written. Mend it: chown -R feedback-kiosk: " + name}};
    if ((status.st_mode & 077) != 0)
        return {"data", Mark::attention, {"Người dùng khác xem được thư mục dữ liệu. Sửa: chmod 700 " + name, "Other users can look into the data folder. Mend it: chmod 700 " + name}};
    return {"data", Mark::good, {"Thư mục dữ liệu " + name + " dùng được.", "The data folder " + name + " can be used."}};
}

StaffLine pin_line(const fs::path& data, const core::Clock& clock) {
    const StaffLine none{"pin", Mark::attention, {"Chưa có mã PIN của nhân viên. Tạo: feedback-kiosk pin (hoặc sudo feedback-kiosk-setup pin).",
                                                  "There is no staff PIN. Make one: feedback-kiosk pin (or sudo feedback-kiosk-setup pin)."}};
    struct stat status{};
    if (stat((data / "state.db").c_str(), &status) != 0) return none;
    if (status.st_uid != geteuid())   // opening it as somebody else would leave files that the kiosk cannot write
        return {"pin", Mark::attention, {"Không xem mã PIN được với người dùng này.", "Whether there is a PIN cannot be seen as this user."}};
    platform::SystemRandom random;
    auto store = storage::Store::open(data.string(), nullptr, clock, random, {});
    if (!store) return {"pin", Mark::attention, store.error().message};
    StoreNotes notes(**store);
    const auto is_set = PinGuard::is_set(notes);
    if (!is_set) return {"pin", Mark::fault, is_set.error().message};
    if (!*is_set) return none;
    return {"pin", Mark::good, {"Có mã PIN của nhân viên.", "There is a staff PIN."}};
}

StaffLine signing_line(const fs::path& data) {
    const auto verifier = trusted_verifier(data);
    if (!verifier) return {"office_signing_key", Mark::attention, verifier.error().message};
    return {"office_signing_key", Mark::good, {"Có khóa kiểm chữ ký của cơ quan: nhận được gói và biên nhận.", "The office's public signing key is here: packs and receipts can be taken."}};
}

StaffLine loose_files_line(const Config& config) {
    if (!config.takes_loose_files) return {"loose_files", Mark::good, {"Chỉ nhận biểu mẫu do cơ quan ký.", "Only forms the office signed are taken."}};
    return {"loose_files", Mark::attention, {"Nhận cả biểu mẫu chưa ký (takes_loose_files = true): chỉ để chạy thử.", "Unsigned forms are taken too (takes_loose_files = true): for trying out only."}};
}

// INPUT_PROP_DIRECT: what is touched is what is shown. A mouse or touchpad lacks it.
StaffLine touch_line() {
    std::error_code error;
    for (const auto& entry : fs::directory_iterator("/sys/class/input", error)) {
        const auto properties = read_small_file(entry.path() / "device/properties");
        if (properties && (std::strtoul(properties->c_str(), nullptr, 16) & 2UL) != 0)
            return {"touch", Mark::good, {"Có màn hình cảm ứng.", "There is a touchscreen."}};
    }
    return {"touch", Mark::attention, {"Không thấy màn hình cảm ứng. Cắm cáp USB của màn hình, rồi vào trang Thử cảm ứng.",
                                       "No touchscreen is seen. Connect the screen's USB cable, then open the touch test."}};
}

StaffLine session_line() {
    std::error_code error;
    const fs::path chosen = fs::read_symlink("/etc/systemd/system/default.target", error);
    if (chosen.filename() == "feedback-kiosk.target") return {"session", Mark::good, {"Máy khởi động thẳng vào kiosk.", "The machine boots into the kiosk."}};
    return {"session", Mark::attention, {"Máy chưa khởi động thẳng vào kiosk. Chạy: sudo feedback-kiosk-setup", "The machine does not boot into the kiosk. Run: sudo feedback-kiosk-setup"}};
}

// "Print and wipe" must hold for the spooler too.
std::optional<StaffLine> spooler_line(const Config& config) {
    const std::string& queue = config.print_queue;
    const auto settings = read_small_file("/etc/cups/cupsd.conf");
    if (queue == "none" || queue.starts_with("folder:") || !settings) return std::nullopt;
    struct statfs spool{};
    const bool is_in_memory = statfs("/var/spool/cups", &spool) == 0 && spool.f_type == TMPFS_MAGIC;
    const bool keeps_no_jobs = settings->find("PreserveJobHistory No") != std::string::npos && settings->find("PreserveJobFiles No") != std::string::npos;
    if (is_in_memory && keeps_no_jobs) return StaffLine{"spooler", Mark::good, {"CUPS không giữ lại bản in.", "CUPS keeps nothing that was printed."}};
    return StaffLine{"spooler", Mark::attention, {"CUPS có thể giữ lại bản in trên đĩa. Chạy: sudo feedback-kiosk-setup printer",
                                                  "CUPS may keep what was printed on the disk. Run: sudo feedback-kiosk-setup printer"}};
}

StaffLine sticks_line() {
    std::error_code error;
    if (fs::is_directory(fs::path(kSticks), error)) return {"sticks", Mark::good, {"USB cắm vào sẽ được nhận.", "A stick that is put in will be seen."}};
    return {"sticks", Mark::attention, {"Chưa có chỗ nhận USB (" + std::string(kSticks) + "). Cài gói feedback-kiosk, hoặc chạy với --stick THƯ_MỤC.",
                                        "There is no place for sticks (" + std::string(kSticks) + "). Install the package feedback-kiosk, or run with --stick FOLDER."}};
}

}  // namespace

std::vector<StaffLine> look_at_machine(const Places& places, const Config& config, const core::Clock& clock) {
    std::vector<StaffLine> lines{data_line(places.data)};
    std::error_code error;
    if (fs::exists(places.data, error)) {
        lines.push_back(disk_line(places.data));
        lines.push_back(pin_line(places.data, clock));
    }
    lines.push_back(signing_line(places.data));
    lines.push_back(loose_files_line(config));
    const auto shelf = PackShelf::open(places.data);
    lines.push_back(shelf ? pack_line(*shelf, today(clock)) : StaffLine{"pack", Mark::fault, shelf.error().message});
    if (!config.rules.name.vi.empty()) lines.push_back(rules_line(config.rules, today(clock)));
    lines.push_back(screen_line(config.screen));
    lines.push_back(touch_line());
    lines.push_back(clock_line(clock.wall_now(), {}));
    if (auto spooler = spooler_line(config)) lines.push_back(std::move(*spooler));
    lines.push_back(sticks_line());
    lines.push_back(session_line());
    return lines;
}

}  // namespace kiosk
