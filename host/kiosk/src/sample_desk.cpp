// A StaffDesk for pictures: an example of every sentence, and no effect.
#include "staff_desk.hpp"

namespace kiosk {
namespace {

using app::Mark;

app::StaffReport example() {
    app::StaffReport report;
    report.kiosk_id = "K07";
    report.state = {
        {"answers", Mark::good, {"Có 214 phiếu chưa xuất.", "214 answers wait to be exported."}},
        {"export", Mark::good, {"Xuất lần cuối: 23/11/2026 16:40, gói số 11.", "Last export: 23/11/2026 16:40, bundle 11."}},
        {"receipt", Mark::attention, {"Cơ quan chưa gửi biên nhận gói số 11.", "The office has sent no receipt for bundle 11."}},
        {"clock", Mark::good, {"Giờ của máy: 30/11/2026 09:05. So với đồng hồ của ông/bà.", "The clock says 30/11/2026 09:05. Compare it with yours."}},
        {"pack", Mark::good, {"Gói biểu mẫu: Quảng Nam 2026, bản 3.", "Form pack: Quảng Nam 2026, version 3."}},
        {"rules", Mark::good, {"Quy định, biểu mẫu: Chính quyền hai cấp, Đà Nẵng, 2025–2026, từ 31/10/2025.", "Rules and forms: Two-level government, Đà Nẵng, 2025–2026, from 31/10/2025."}},
        {"plugins", Mark::fault, {"Đang tạm dừng vì lỗi: Tự đánh giá.", "Paused by a fault: Self-assessment."}},
        {"disk", Mark::good, {"Ổ đĩa còn 96,2 GB trống.", "The disk has 96.2 GB free."}},
        {"speech", Mark::good, {"Máy đọc được thành tiếng.", "Pages can be read aloud."}},
        {"printer", Mark::good, {"Máy in: CUPS. Giấy và mực: nhìn trên máy in.", "Printer: CUPS. For paper and ink look at it."}},
        {"screen", Mark::good, {"Màn hình 1080 × 1920 điểm, 268 × 476 mm.", "The screen is 1080 × 1920 pixels, 268 × 476 mm."}},
        {"stick", Mark::good, {"Đã thấy USB.", "A stick is in."}},
    };
    report.state.push_back({"self_test", Mark::good, {"Tự kiểm tra 30/11/2026 07:28: mọi thứ tốt.", "Self-test of 30/11/2026 07:28: all is well."}});
    report.local_time = "2026-11-30T09:05";
    report.has_printer = true;
    report.waiting = 214;
    report.has_stick = true;
    report.files = {
        {"K07.receipt", {"Biên nhận của cơ quan cho máy này. Máy sẽ xóa câu trả lời mà cơ quan đã nhận, sau thời gian lưu.",
                         "The office's receipt for this kiosk. Answers the office holds will be wiped here after the retention time."}, {}},
        {"quang-nam-4.kpk", {"Gói “Quảng Nam 2026”, bản 4, có 3 biểu mẫu: portal_poll, self_assessment, candidate_referral.",
                             "Pack \"Quảng Nam 2026\", version 4, with 3 forms: portal_poll, self_assessment, candidate_referral."}, {}},
    };
    report.activities = {
        {"opinion_poll", {"Góp ý cổng thông tin", "Rate the portal"}, false, false, {}, "1.0.0", "", "", {}},
        {"form:portal_poll", {"Đánh giá cổng thông tin", "Rate this portal"}, false, false, {}, "2026112401", "2026-12-01", "2026-12-31",
         {"từ 01/12/2026 đến 31/12/2026", "from 01/12/2026 to 31/12/2026"}},
        {"self_assessment", {"Tự đánh giá", "Self-assessment"}, false, true,
         core::Error{"plugin.set_aside", {"đã hai lần làm máy dừng, nên được để riêng.", "brought the kiosk down twice and was set aside."}}, "1.0.0", "", "", {}},
        {"candidate_referral", {"Giới thiệu quần chúng ưu tú", "Refer a candidate"}, true, false, {}, "1.0.0", "", "", {}},
    };
    report.log = {
        {"30/11/2026 09:05 · Nhân viên mở bằng mã PIN", "30/11/2026 09:05 · Staff entered by PIN"},
        {"30/11/2026 09:04 · Nhập sai mã PIN", "30/11/2026 09:04 · A wrong PIN"},
        {"30/11/2026 07:28 · Máy khởi động", "30/11/2026 07:28 · The kiosk started"},
        {"23/11/2026 16:40 · Đã xuất gói dữ liệu số 11 ra USB", "23/11/2026 16:40 · Bundle 11 delivered to a stick"},
    };
    report.previous_pack = core::Words{"Bỏ gói “Quảng Nam 2026” bản 3, dùng lại bản 2. Câu trả lời đã lưu không mất.",
                                       "Drop the pack \"Quảng Nam 2026\" version 3 and use version 2 again. No answer is lost."};
    return report;
}

// PINs that show what a refusal looks like; every other one is right.
app::PinAnswer verdict_on(const std::string& pin) {
    using Verdict = app::PinAnswer::Verdict;
    if (pin == "000001") return {Verdict::wrong, 9, {}, {}, {}};
    if (pin == "000002") return {Verdict::wrong, 5, core::SteadyTime(60'000), {}, {}};
    if (pin == "000003") return {Verdict::locked, 0, {}, "KX7P2MQ4RT", {}};
    return {Verdict::right, 10, {}, {}, {}};
}

core::Words outcome_of(app::StaffAct act) {
    switch (act) {
        case app::StaffAct::export_answers: return {"Đã xuất 214 phiếu vào tệp K07-000012.kbx.", "214 answers are in the file K07-000012.kbx."};
        case app::StaffAct::new_pin:
        case app::StaffAct::unlock: return {"Mã PIN mới: 482 913. Ghi lại trước khi bấm Xong.", "The new PIN: 482 913. Write it down before you press Done."};
        case app::StaffAct::eject: return {"USB đã sẵn sàng để rút.", "The stick is ready to be pulled."};
        default: return {"Đã xong.", "Done."};
    }
}

class SampleDesk final : public StaffDesk {
  public:
    void look_at_pin(Answer answer) override { answer(app::PinLooked{verdict_on("")}); }
    void check_pin(std::string pin, Answer answer) override { answer(app::PinChecked{verdict_on(pin)}); }
    void carry_out(app::StaffAct act, std::string, Answer answer) override {
        if (act == app::StaffAct::look) return answer(app::StaffReported{example()});
        answer(app::StaffDone{act, outcome_of(act)});
    }
    void drain() override {}
    std::optional<core::Error> closed(std::string_view) const override { return std::nullopt; }
    void apply_settings(app::Policies&) const override {}
    std::optional<core::Error> out_of_service() const override { return std::nullopt; }
    std::optional<core::SteadyTime> next_change() const override { return std::nullopt; }
};

}  // namespace

std::unique_ptr<StaffDesk> make_sample_desk() { return std::make_unique<SampleDesk>(); }

}  // namespace kiosk
