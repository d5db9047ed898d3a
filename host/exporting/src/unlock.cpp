#include <kiosk/exporting/unlock.hpp>

#include "text_lines.hpp"

#include <algorithm>
#include <cctype>

namespace kiosk::exporting {
namespace {

constexpr std::string_view kFirstLine = "feedback-kiosk unlock 1";

core::Error refused(std::string code, std::string vi, std::string en) { return {std::move(code), {std::move(vi), std::move(en)}}; }

// As people write it down: "kx7p 2mq4-rt".
std::string plain_code(std::string_view code) {
    std::string plain;
    for (const char letter : code)
        if (std::isalnum(static_cast<unsigned char>(letter)) != 0) plain += static_cast<char>(std::toupper(static_cast<unsigned char>(letter)));
    return plain;
}

}  // namespace

core::Result<std::string> issue_unlock(std::string_view kiosk_id, std::string_view code, const core::Signer& signer, Folder& folder) {
    const std::string plain = plain_code(code);
    if (!is_plain_id(kiosk_id)) return refused("unlock.bad_kiosk", "Mã kiosk chỉ gồm chữ không dấu, số, - và _.", "A kiosk's id holds letters, digits, - and _ only.");
    if (plain.size() != 10) return refused("unlock.bad_code", "Mã mở khóa gồm 10 chữ và số; đọc lại trên màn hình kiosk.", "The unlock code has 10 letters and digits; read it on the kiosk's screen again.");
    const std::string name = std::string(kiosk_id) + ".unlock";
    const std::string text = std::string(kFirstLine) + "\nkiosk: " + std::string(kiosk_id) + "\ncode: " + plain + "\n";
    const auto bytes = std::as_bytes(std::span(text.data(), text.size()));
    auto signature = signer.sign(bytes, "unlock kiosk=" + std::string(kiosk_id));
    if (!signature) return signature.error();
    if (auto written = publish(folder, {{name + ".minisig", std::as_bytes(std::span(signature->data(), signature->size()))}, {name, bytes}}); !written)
        return written.error();
    return name;
}

core::Result<void> accept_unlock(core::ByteView file, std::string_view minisig, const core::Verifier& verifier,
                                 std::string_view kiosk_id, std::string_view code) {
    auto comment = verifier.verify(file, minisig);
    if (!comment) return comment.error();
    const auto lines = read_lines({reinterpret_cast<const char*>(file.data()), file.size()}, kFirstLine);
    if (!comment->starts_with("unlock ") || !lines || lines->size() != 2 || lines->at(0).first != "kiosk" || lines->at(1).first != "code")
        return refused("unlock.malformed", "Tệp mở khóa không đúng dạng. Hãy chép lại tệp từ máy văn phòng.", "The unlock file is not well formed. Copy it from the office's computer again.");
    if (lines->at(0).second != kiosk_id)
        return refused("unlock.other_kiosk", "Tệp mở khóa này là của kiosk khác.", "This unlock file is for another kiosk.");
    if (lines->at(1).second != code)
        return refused("unlock.other_code", "Tệp mở khóa này là của một lần khóa khác. Đọc mã đang hiện trên màn hình cho văn phòng.",
                       "This unlock file is for another time. Read the code now on the screen to the office.");
    return {};
}

}  // namespace kiosk::exporting
