#include "staff_report.hpp"

#include "open_days.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <sys/statvfs.h>

namespace kiosk {
namespace {

using app::Mark;
using app::StaffLine;

constexpr std::size_t kLogLinesShown = 60;

std::tm local_time(core::WallTime time) {
    const std::time_t seconds = std::chrono::floor<std::chrono::seconds>(time).time_since_epoch().count();
    std::tm local{};
    localtime_r(&seconds, &local);
    return local;
}

core::WallTime wall_time(std::int64_t unix_s) { return core::WallTime(std::chrono::seconds(unix_s)); }

std::string numbers(const std::vector<std::uint64_t>& values) {
    std::string list;
    for (const std::uint64_t value : values) list += (list.empty() ? "" : ", ") + std::to_string(value);
    return list;
}

std::string gigabytes(double bytes) {
    char text[32];
    std::snprintf(text, sizeof text, "%.1f", bytes / 1e9);
    return text;
}

std::string with_comma(std::string number) {   // as Vietnamese writes it
    std::replace(number.begin(), number.end(), '.', ',');
    return number;
}

struct EventWords { std::string_view event, vi, en; };
constexpr std::array<EventWords, 24> kEvents{{
    {"store.opened", "Máy khởi động", "The kiosk started"},
    {"export.prepared", "Chuẩn bị gói dữ liệu số {}", "Bundle {} prepared"},
    {"export.delivered", "Đã xuất gói dữ liệu số {} ra USB", "Bundle {} delivered to a stick"},
    {"export.receipted", "Cơ quan đã nhận gói số {}", "The office has received bundle {}"},
    {"export.again", "Xếp lại gói số {} để xuất lần nữa", "Bundle {} is to be exported again"},
    {"bundle.wiped", "Đã xóa câu trả lời của gói số {}", "Answers of bundle {} wiped"},
    {"withdrawal", "Một người xin rút câu trả lời", "Someone withdrew an answer"},
    {"database.set_aside", "Tệp dữ liệu {} hỏng, đã cất riêng", "The damaged file {} was set aside"},
    {"database.missing", "Thiếu tệp dữ liệu {}", "The file {} was missing"},
    {"staff.opened", "Nhân viên mở bằng mã PIN", "Staff entered by PIN"},
    {"staff.wrong_pin", "Nhập sai mã PIN", "A wrong PIN"},
    {"staff.locked", "Khóa vì nhập sai mã PIN quá nhiều", "Locked after too many wrong PINs"},
    {"staff.new_pin", "Đã đặt mã PIN mới", "A new PIN was set"},
    {"staff.pack", "Đã nhận gói biểu mẫu {}", "Form pack {} taken"},
    {"staff.previous_pack", "Quay lại gói biểu mẫu {}", "Back to form pack {}"},
    {"staff.activity_open", "Mở hoạt động {}", "Activity {} opened"},
    {"staff.activity_closed", "Đóng hoạt động {}", "Activity {} closed"},
    {"staff.released", "Cho plugin {} chạy lại", "Plugin {} released"},
    {"staff.setting", "Đổi cài đặt hiển thị: {}", "Display setting changed: {}"},
    {"staff.off", "Tắt máy", "Shut down"},
    {"staff.days", "Đặt ngày mở, đóng: {}", "First and last day set: {}"},
    {"staff.clock", "Đặt giờ của máy: {}", "Clock set: {}"},
    {"staff.printed", "In thử {}", "Test page printed {}"},
    {"self_test", "Tự kiểm tra, số lỗi: {}", "Self-test, faults: {}"},
}};

std::string fill(std::string_view words, const std::string& detail) {
    std::string text(words);
    if (const std::size_t place = text.find("{}"); place != std::string::npos) text.replace(place, 2, detail);
    return text;
}

}  // namespace

std::string time_words(core::WallTime time) {
    const std::tm local = local_time(time);
    char text[32];
    std::strftime(text, sizeof text, "%d/%m/%Y %H:%M", &local);
    return text;
}

std::string today(const core::Clock& clock) {
    const std::tm local = local_time(clock.wall_now());
    char text[16];
    std::strftime(text, sizeof text, "%Y-%m-%d", &local);
    return text;
}

std::string local_time_text(core::WallTime time) {
    const std::tm local = local_time(time);
    char text[32];
    std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M", &local);
    return text;
}

std::string self_test_day(std::string_view note) {
    const auto seconds = std::strtoll(std::string(note).c_str(), nullptr, 10);
    return seconds == 0 ? std::string{} : local_time_text(wall_time(seconds)).substr(0, 10);
}

StaffLine self_test_line(std::string_view note, const core::Clock& clock) {
    const std::string what(kSelfTestNote);
    const std::size_t space = note.find(' ');
    const auto seconds = std::strtoll(std::string(note.substr(0, space)).c_str(), nullptr, 10);
    if (seconds == 0 || space == std::string_view::npos)
        return {what, Mark::attention, {"Máy chưa tự kiểm tra lần nào.", "The kiosk has not checked itself yet."}};
    const std::string when = time_words(wall_time(seconds)), faults(note.substr(space + 1));
    if (faults != "0")
        return {what, Mark::fault, {"Tự kiểm tra " + when + ": có " + faults + " lỗi.", "Self-test of " + when + ": " + faults + " faults."}};
    if (self_test_day(note) != today(clock))
        return {what, Mark::attention, {"Tự kiểm tra lần cuối " + when + ": tốt. Hôm nay chưa kiểm tra.", "Last self-test " + when + ": good. Not checked today."}};
    return {what, Mark::good, {"Tự kiểm tra " + when + ": mọi thứ tốt.", "Self-test of " + when + ": all is well."}};
}

StaffLine disk_line(const std::filesystem::path& data) {
    struct statvfs disk{};
    if (statvfs(data.c_str(), &disk) != 0 || disk.f_blocks == 0)
        return {"disk", Mark::fault, {"Không xem được ổ đĩa. Gọi kỹ thuật viên.", "The disk cannot be looked at. Call the technician."}};
    const double free = static_cast<double>(disk.f_bavail) * static_cast<double>(disk.f_frsize);
    const double share = static_cast<double>(disk.f_bavail) / static_cast<double>(disk.f_blocks);
    const bool is_tight = free < 500e6 || share < 0.05;
    if (is_tight)
        return {"disk", Mark::attention, {"Ổ đĩa sắp đầy: còn " + with_comma(gigabytes(free)) + " GB. Xuất dữ liệu rồi gọi kỹ thuật viên.",
                                          "The disk is nearly full: " + gigabytes(free) + " GB left. Export, then call the technician."}};
    return {"disk", Mark::good, {"Ổ đĩa còn " + with_comma(gigabytes(free)) + " GB trống.", "The disk has " + gigabytes(free) + " GB free."}};
}

StaffLine clock_line(core::WallTime now, core::WallTime last_seen) {
    if (now + std::chrono::minutes(5) < last_seen)
        return {"clock", Mark::fault, {"Đồng hồ chạy lùi: đang là " + time_words(now) + ", nhật ký đã có " + time_words(last_seen) + ". Chỉnh giờ của máy; pin đồng hồ có thể đã hết.",
                                       "The clock went back: it is " + time_words(now) + ", the log already has " + time_words(last_seen) + ". Set the clock; its battery may be flat."}};
    return {"clock", Mark::good, {"Giờ của máy: " + time_words(now) + ". So với đồng hồ của ông/bà.", "The clock says " + time_words(now) + ". Compare it with yours."}};
}

StaffLine speech_line(bool has_speech) {
    if (has_speech) return {"speech", Mark::good, {"Máy đọc được thành tiếng.", "Pages can be read aloud."}};
    return {"speech", Mark::attention, {"Máy không đọc được thành tiếng; khách vẫn dùng được. Cài speech-dispatcher và espeak-ng.",
                                        "Pages cannot be read aloud; visitors can still use the kiosk. Install speech-dispatcher and espeak-ng."}};
}

StaffLine printer_line(const std::string& queue) {
    if (queue == "none") return {"printer", Mark::good, {"Máy này không dùng máy in.", "This kiosk uses no printer."}};
    if (queue.starts_with("folder:")) return {"printer", Mark::good, {"Phiếu in được ghi vào thư mục " + queue.substr(7) + ".", "Slips are written to the folder " + queue.substr(7) + "."}};
    std::error_code error;
    if (!std::filesystem::exists("/usr/bin/lp", error))
        return {"printer", Mark::attention, {"Chưa có chương trình in. Cài cups-client, hoặc ghi queue = \"none\" ở mục [printing].", "There is no printing program. Install cups-client, or write queue = \"none\" in [printing]."}};
    const std::string name = queue.empty() ? "CUPS" : queue;
    return {"printer", Mark::good, {"Máy in: " + name + ". Giấy và mực: nhìn trên máy in.", "Printer: " + name + ". For paper and ink look at it."}};
}

StaffLine screen_line(const std::optional<core::ScreenSize>& configured) {
    if (!configured)
        return {"screen", Mark::attention, {"Chưa ghi kích thước màn hình. Đo bằng thước rồi ghi mục screen trong config.toml.",
                                            "The size of the screen is not configured. Measure it and write screen in config.toml."}};
    const auto side = [](core::Millimetres length) { return std::to_string(static_cast<int>(length.value + 0.5F)); };
    const std::string px = std::to_string(configured->width_px) + " × " + std::to_string(configured->height_px);
    const std::string mm = side(configured->width_mm) + " × " + side(configured->height_mm) + " mm";
    return {"screen", Mark::good, {"Màn hình " + px + " điểm, " + mm + ".", "The screen is " + px + " pixels, " + mm + "."}};
}

StaffLine plugins_line(const std::vector<app::StaffActivity>& activities) {
    core::Words faulty, closed;
    std::size_t open = 0;
    const auto add = [](core::Words& list, const core::Words& name) {
        list.vi += (list.vi.empty() ? "" : ", ") + name.vi;
        list.en += (list.en.empty() ? "" : ", ") + name.en;
    };
    for (const app::StaffActivity& activity : activities) {
        if (activity.fault) add(faulty, activity.name);
        else if (activity.is_closed) add(closed, activity.name);
        else ++open;
    }
    if (!faulty.vi.empty()) return {"plugins", Mark::fault, {"Đang tạm dừng vì lỗi: " + faulty.vi + ".", "Paused by a fault: " + faulty.en + "."}};
    if (open == 0) return {"plugins", Mark::attention, {"Chưa mở hoạt động nào cho khách.", "No activity is open to visitors."}};
    core::Words words{"Khách dùng được " + std::to_string(open) + " hoạt động.", "Visitors can use " + std::to_string(open) + (open == 1 ? " activity." : " activities.")};
    if (!closed.vi.empty()) words = {words.vi + " Đang đóng: " + closed.vi + ".", words.en + " Closed: " + closed.en + "."};
    return {"plugins", Mark::good, words};
}

StaffLine stick_line(const std::optional<std::filesystem::path>& stick) {
    if (!stick) return {"stick", Mark::attention, {"Chưa cắm USB.", "No stick is in."}};
    return {"stick", Mark::good, {"Đã thấy USB.", "A stick is in."}};
}

StaffLine rules_line(const Pack& rules, const std::string& today) {
    const core::Words days = in_words(Days{rules.effective_from, rules.effective_to});
    const bool is_over = !rules.effective_to.empty() && rules.effective_to < today, is_early = rules.effective_from > today;
    if (is_over || is_early)
        return {"rules", Mark::attention, {"Quy định, biểu mẫu “" + rules.name.vi + "” có hiệu lực " + days.vi + ". Đổi mục pack trong config.toml.",
                                           "The rules and forms \"" + rules.name.en + "\" are in force " + days.en + ". Change `pack` in config.toml."}};
    return {"rules", Mark::good, {"Quy định, biểu mẫu: " + rules.name.vi + ", " + days.vi + ".", "Rules and forms: " + rules.name.en + ", " + days.en + "."}};
}

StaffLine pack_line(const PackShelf& shelf, const std::string& today) {
    const auto& current = shelf.current();
    if (!current) return {"pack", Mark::good, {"Dùng các biểu mẫu đi kèm máy.", "The forms that came with the kiosk are in use."}};
    const std::string version = std::to_string(current->version);
    core::Words words{"Gói biểu mẫu: " + current->title.vi + ", bản " + version + ".", "Form pack: " + current->title.en + ", version " + version + "."};
    if (shelf.next()) {
        words.vi += " Từ " + shelf.next()->effective_from + ": bản " + std::to_string(shelf.next()->version) + ".";
        words.en += " From " + shelf.next()->effective_from + ": version " + std::to_string(shelf.next()->version) + ".";
    }
    if (!current->effective_to.empty() && current->effective_to < today) {
        words.vi += " Đã hết hiệu lực ngày " + current->effective_to + ": xin cơ quan gói mới.";
        words.en += " It was in force until " + current->effective_to + ": ask the office for a new one.";
        return {"pack", Mark::attention, words};
    }
    return {"pack", Mark::good, words};
}

std::vector<StaffLine> store_lines(const storage::StoreStatus& status, const std::vector<storage::AuditLine>& log) {
    std::vector<StaffLine> lines;
    const std::string waiting = std::to_string(status.answers_waiting + status.polls_waiting);
    lines.push_back({"answers", Mark::good, {"Có " + waiting + " phiếu chưa xuất.", waiting + " answers wait to be exported."}});
    const auto exported = std::find_if(log.rbegin(), log.rend(), [](const storage::AuditLine& line) { return line.event == "export.delivered"; });
    if (exported == log.rend())
        lines.push_back({"export", Mark::attention, {"Chưa xuất dữ liệu lần nào.", "Nothing has been exported yet."}});
    else
        lines.push_back({"export", Mark::good, {"Xuất lần cuối: " + time_words(wall_time(exported->unix_s)) + ", gói số " + exported->detail + ".",
                                                "Last export: " + time_words(wall_time(exported->unix_s)) + ", bundle " + exported->detail + "."}});
    if (!status.without_receipt.empty())
        lines.push_back({"receipt", Mark::attention, {"Cơ quan chưa gửi biên nhận gói số " + numbers(status.without_receipt) + ".",
                                                      "The office has sent no receipt for bundle " + numbers(status.without_receipt) + "."}});
    if (!status.has_keys)
        lines.push_back({"keys", Mark::fault, {"Chưa có khóa của cơ quan: máy không nhận câu trả lời nào.", "The office's key is missing: no answer is taken."}});
    if (!status.has_reserve)
        lines.push_back({"reserve", Mark::fault, {"Ổ đĩa đang hoặc đã từng đầy. Xuất dữ liệu rồi gọi kỹ thuật viên.", "The disk is or was full. Export, then call the technician."}});
    if (!status.set_aside.empty())
        lines.push_back({"damage", Mark::fault, {"Một tệp dữ liệu hỏng đã được cất trong thư mục damaged. Gọi kỹ thuật viên.", "A damaged file was put into the folder damaged. Call the technician."}});
    return lines;
}

std::vector<core::Words> log_words(const std::vector<storage::AuditLine>& log) {
    std::vector<core::Words> shown;
    for (auto line = log.rbegin(); line != log.rend() && shown.size() < kLogLinesShown; ++line) {
        const std::string when = time_words(wall_time(line->unix_s)) + " · ";
        const auto known = std::find_if(kEvents.begin(), kEvents.end(), [&](const EventWords& words) { return words.event == line->event; });
        if (known == kEvents.end())
            shown.push_back({when + line->event + " " + line->detail, when + line->event + " " + line->detail});
        else
            shown.push_back({when + fill(known->vi, line->detail), when + fill(known->en, line->detail)});
    }
    return shown;
}

}  // namespace kiosk
