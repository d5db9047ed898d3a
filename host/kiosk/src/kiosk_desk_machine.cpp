// The acts about the machine itself: its clock, its printer, and whether it is well.
#include "kiosk_desk.hpp"
#include "staff_report.hpp"
#include "stick.hpp"

#include <kiosk/forms/read_form.hpp>
#include <kiosk/storage/store.hpp>

#include <algorithm>
#include <cctype>
#include <ctime>
#include <span>

namespace kiosk {
namespace {

using app::StaffAct;

// A layout needs a form to fill it in from; this page has nothing to fill in.
std::shared_ptr<const forms::Form> form_without_questions() {
    return forms::read_form_folder([](std::string_view name) -> std::optional<core::Bytes> {
        const std::string_view text = name == "survey.csv" ? "type,name,label\nnote,a,A\n" : "form_id\nreport\n";
        if (name != "survey.csv" && name != "settings.csv") return std::nullopt;
        const auto bytes = std::as_bytes(std::span(text.data(), text.size()));
        return core::Bytes(bytes.begin(), bytes.end());
    }, "report").form;
}

std::string without_marks(std::string text) {
    std::erase_if(text, [](char letter) { return letter == '{' || letter == '}' || letter == '*' || letter == '_'; });
    return text;
}

}  // namespace

void KioskDesk::print_report(Answer answer) {
    parts_.keeper.run([this, answer, report = machine_report()](storage::Store& store) mutable -> std::function<void()> {
        return [this, answer, gathered = with_store(std::move(report), store)] { print(gathered, answer); };
    });
}

// The letters at the end show that every Vietnamese letter comes out, the last line that nothing is cut off.
void KioskDesk::print(const app::StaffReport& report, const Answer& answer) {
    std::string layout = "page: 20 15 20 20\ntitle: BÁO CÁO TÌNH TRẠNG KIOSK\nsubtitle: Bản in thử\n";
    std::string text = readiness(report);
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        if (end > at) layout += "line: " + without_marks(text.substr(at, end - at)) + "\n";
        at = end + 1;
    }
    layout += "space 6:\nline: Ắ Ằ Ẳ Ẵ Ặ ấ ầ ẩ ẫ ậ ế ề ể ễ ệ ố ồ ổ ỗ ộ ớ ờ ở ỡ ợ ứ ừ ử ữ ự đ Đ 0123456789\nruled 1: Người kiểm tra ký\n";
    parts_.printer.print({layout, "<report id=\"report\"><a/></report>", form_without_questions(), {}}, [this, answer](core::Result<void> printed) {
        audit("staff.printed", printed ? "" : printed.error().code);
        if (!printed) return answer_with(answer, StaffAct::print_report, printed.error());
        answer_with(answer, StaffAct::print_report, core::Words{"Đã gửi trang thử đến máy in. Xem chữ có dấu và hai lề có đủ không.",
                                                                "A test page was sent to the printer. See that all letters and both margins are there."});
    });
}

// Every day and on demand: every database is read from end to end, and every line of the state is looked at.
void KioskDesk::test_itself(Answer answer) {
    tested_on_ = today(parts_.clock);
    parts_.keeper.run([this, answer = std::move(answer), report = machine_report()](storage::Store& store) mutable -> std::function<void()> {
        const auto verified = store.verify();
        const app::StaffReport gathered = with_store(std::move(report), store);
        auto faults = std::count_if(gathered.state.begin(), gathered.state.end(), [](const app::StaffLine& line) {
            return line.mark == app::Mark::fault && line.what != kSelfTestNote;
        });
        if (!verified) ++faults;
        const std::string found = std::to_string(faults);
        const auto now = std::chrono::floor<std::chrono::seconds>(parts_.clock.wall_now()).time_since_epoch().count();
        static_cast<void>(store.set_note(kSelfTestNote, std::to_string(now) + " " + found));
        static_cast<void>(store.audit("self_test", found));
        return [this, answer, verified, found, faults] {
            if (!answer) return;
            if (!verified) answer_with(answer, StaffAct::self_test, verified.error());
            else if (faults == 0) answer_with(answer, StaffAct::self_test, core::Words{"Đã kiểm tra: mọi thứ tốt.", "Checked: all is well."});
            else answer_with(answer, StaffAct::self_test, core::Words{"Đã kiểm tra: có " + found + " lỗi, là các dòng ✕ ở trang nhân viên.", "Checked: " + found + " faults, the lines with ✕ on the staff page."});
        };
    });
}

void KioskDesk::test_itself_daily() {
    if (is_settled_ && tested_on_ != today(parts_.clock)) test_itself({});
}

void KioskDesk::set_clock(const std::string& local_time, Answer answer) {   // "2026-11-30T09:05"
    std::string digits;
    for (const char letter : local_time)
        if (std::isdigit(static_cast<unsigned char>(letter)) != 0) digits += letter;
    if (digits.size() != 12) digits = "000000000000";   // the helper refuses it
    audit("staff.clock", local_time);
    if (request("settime-" + digits.substr(0, 8) + "T" + digits.substr(8)))
        return answer_with(answer, StaffAct::set_clock, core::Words{"Đã đặt giờ. Xem lại dòng giờ của máy ở trang nhân viên.", "The clock is set. See the line about it on the staff page."});
    const std::string command = "sudo timedatectl set-time '" + local_time.substr(0, 10) + " " + local_time.substr(std::min<std::size_t>(11, local_time.size())) + ":00'";
    answer_with(answer, StaffAct::set_clock,
                core::Error{"staff.no_helper", {"Phiên này không đặt được giờ. Kỹ thuật viên gõ: " + command, "This session cannot set the clock. A technician types: " + command}});
}

}  // namespace kiosk
