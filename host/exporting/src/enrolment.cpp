#include <kiosk/exporting/enrolment.hpp>

#include "text_lines.hpp"

namespace kiosk::exporting {
namespace {

constexpr std::string_view kKioskLine = "feedback-kiosk enrolment 1";
constexpr std::size_t kLongestFile = 16 * 1024, kLongestName = 200;

core::Error malformed() {
    return {"enrolment.malformed", {"Tệp đăng ký không đúng dạng. Hãy chép lại tệp từ máy đã tạo ra nó.",
                                    "The enrolment file is not well formed. Copy it again from the machine that made it."}};
}

}  // namespace

std::string write_enrolment(const KioskEnrolment& kiosk) {
    std::string text = std::string(kKioskLine) + "\nkiosk: " + kiosk.kiosk_id + "\n";
    if (!kiosk.name.empty()) text += "name: " + kiosk.name + "\n";
    return text + "key: " + kiosk.signing_key + "\n";
}

std::string write_enrolment(const OfficeEnrolment& office) {
    std::string text = std::string(kOfficeEnrolmentLine) + "\n";
    for (const std::string& recipient : office.recipients) text += "recipient: " + recipient + "\n";
    return text + "signing: " + office.signing_key + "\n";
}

core::Result<KioskEnrolment> read_kiosk_enrolment(std::string_view text) {
    const auto lines = text.size() <= kLongestFile ? read_lines(text, kKioskLine) : std::nullopt;
    if (!lines) return malformed();
    KioskEnrolment kiosk;
    for (const auto& [name, value] : *lines) {
        if (name == "kiosk" && kiosk.kiosk_id.empty()) kiosk.kiosk_id = value;
        else if (name == "name" && kiosk.name.empty() && value.size() <= kLongestName) kiosk.name = value;
        else if (name == "key" && kiosk.signing_key.empty()) kiosk.signing_key = value;
        else return malformed();
    }
    if (!is_plain_id(kiosk.kiosk_id) || kiosk.signing_key.empty()) return malformed();
    return kiosk;
}

core::Result<OfficeEnrolment> read_office_enrolment(std::string_view text) {
    const auto lines = text.size() <= kLongestFile ? read_lines(text, kOfficeEnrolmentLine) : std::nullopt;
    if (!lines) return malformed();
    OfficeEnrolment office;
    for (const auto& [name, value] : *lines) {
        if (name == "recipient") office.recipients.emplace_back(value);
        else if (name == "signing" && office.signing_key.empty()) office.signing_key = value;
        else return malformed();
    }
    if (office.recipients.empty() || office.signing_key.empty()) return malformed();
    return office;
}

}  // namespace kiosk::exporting
