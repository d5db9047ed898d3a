#include "refusals.hpp"

#include <iterator>

namespace kiosk::sealing {

namespace {

struct Entry {
    Refusal refusal;
    const char* code;
    const char* vi;
    const char* en;
};

constexpr Entry kEntries[] = {
    {Refusal::memory, "sealing.memory", "Máy hết bộ nhớ. Đóng các chương trình khác rồi làm lại.",
     "The machine is out of memory. Close other programs and do it again."},

    {Refusal::age_no_recipient, "age.no_recipient", "Chưa có khóa công khai nào để niêm phong. Thêm khóa của cơ quan.",
     "There is no public key to seal to. Add the office's key."},
    {Refusal::age_recipient_twice, "age.recipient_twice", "Một khóa công khai được ghi hai lần. Xóa bớt một dòng.",
     "A public key is listed twice. Remove one of the lines."},
    {Refusal::age_recipient_weak, "age.recipient_weak",
     "Khóa công khai này không bảo vệ được gì. Lấy lại khóa từ phiếu khóa của cơ quan.",
     "This public key protects nothing. Take the key from the office's key sheet again."},
    {Refusal::age_no_identity, "age.no_identity", "Chưa có khóa bí mật hay mật khẩu để mở. Cắm USB chứa khóa của cơ quan.",
     "There is no secret key or passphrase to open with. Insert the stick with the office's key."},
    {Refusal::age_recipient_malformed, "age.recipient_malformed",
     "Đây không phải là khóa công khai (age1…), hoặc chép sai chữ. Chép lại cả dòng từ phiếu khóa.",
     "This is no public key (age1…), or it was copied wrongly. Copy the whole line from the key sheet again."},
    {Refusal::age_identity_malformed, "age.identity_malformed",
     "Đây không phải là khóa bí mật (AGE-SECRET-KEY-1…), hoặc chép sai chữ. Chép lại cả dòng từ phiếu khóa.",
     "This is no secret key (AGE-SECRET-KEY-1…), or it was copied wrongly. Copy the whole line from the key sheet again."},
    {Refusal::age_identity_given_as_recipient, "age.identity_given_as_recipient",
     "Đây là khóa BÍ MẬT; ở đây cần khóa công khai (age1…). Cất ngay khóa bí mật, không để trên kiosk.",
     "This is the SECRET key; the public key (age1…) is needed here. Put the secret key away, never on the kiosk."},
    {Refusal::age_recipient_given_as_identity, "age.recipient_given_as_identity",
     "Đây là khóa công khai; muốn mở thì cần khóa bí mật (AGE-SECRET-KEY-1…).",
     "This is the public key; opening needs the secret key (AGE-SECRET-KEY-1…)."},
    {Refusal::age_keys_empty, "age.keys_empty", "Tệp khóa không có khóa nào. Chọn đúng tệp khóa.",
     "The key file holds no key. Choose the right key file."},

    {Refusal::age_not_age, "age.not_age", "Tệp này không phải là tệp niêm phong (age). Chọn đúng tệp .kbx hoặc .age.",
     "This is not a sealed (age) file. Choose the right .kbx or .age file."},
    {Refusal::age_version, "age.version", "Tệp niêm phong theo phiên bản age chưa được hỗ trợ. Cập nhật chương trình.",
     "The file is sealed in a version of age that is not supported. Update the program."},
    {Refusal::age_header_cut, "age.header_cut", "Tệp bị cắt ngay trong phần đầu. Chép lại tệp từ nguồn.",
     "The file is cut off inside its header. Copy it from its source again."},
    {Refusal::age_header_too_large, "age.header_too_large", "Phần đầu của tệp dài bất thường. Chép lại tệp từ nguồn.",
     "The file's header is longer than any should be. Copy it from its source again."},
    {Refusal::age_stanza_start, "age.stanza_start", "Phần đầu của tệp có dòng lạ. Tệp đã hỏng; chép lại từ nguồn.",
     "The file's header has a line that does not belong. It is damaged; copy it from its source again."},
    {Refusal::age_stanza_arguments, "age.stanza_arguments",
     "Phần đầu của tệp có mục khóa viết sai. Tệp đã hỏng; chép lại từ nguồn.",
     "The file's header has a key entry with malformed arguments. It is damaged; copy it from its source again."},
    {Refusal::age_stanza_body, "age.stanza_body",
     "Phần đầu của tệp có nội dung khóa mã hóa sai cách. Tệp đã hỏng; chép lại từ nguồn.",
     "The file's header has a key entry with a malformed body. It is damaged; copy it from its source again."},
    {Refusal::age_no_stanza, "age.no_stanza", "Phần đầu của tệp không có khóa nào. Tệp đã hỏng; chép lại từ nguồn.",
     "The file's header has no key entry at all. It is damaged; copy it from its source again."},
    {Refusal::age_mac_line, "age.mac_line", "Dòng kiểm tra ở phần đầu của tệp viết sai. Tệp đã hỏng; chép lại từ nguồn.",
     "The check line of the file's header is malformed. It is damaged; copy it from its source again."},
    {Refusal::age_x25519_stanza, "age.x25519_stanza",
     "Phần đầu của tệp có mục khóa X25519 sai cấu trúc. Tệp đã hỏng; chép lại từ nguồn.",
     "The file's header has an X25519 entry of the wrong shape. It is damaged; copy it from its source again."},
    {Refusal::age_weak_share, "age.weak_share",
     "Tệp chứa khóa trao đổi yếu, có thể bị giả mạo. Không dùng tệp này; báo cho người quản lý.",
     "The file holds a weak key share and may be forged. Do not use it; tell the person in charge."},
    {Refusal::age_scrypt_stanza, "age.scrypt_stanza",
     "Phần đầu của tệp có mục mật khẩu sai cấu trúc. Tệp đã hỏng; chép lại từ nguồn.",
     "The file's header has a passphrase entry of the wrong shape. It is damaged; copy it from its source again."},
    {Refusal::age_scrypt_not_alone, "age.scrypt_not_alone",
     "Tệp vừa có mật khẩu vừa có khóa khác, trái quy định của age. Không dùng tệp này.",
     "The file has a passphrase entry beside others, which age forbids. Do not use it."},
    {Refusal::age_scrypt_work, "age.scrypt_work",
     "Mật khẩu của tệp đòi máy tính toán quá lâu. Niêm phong lại tệp bằng chương trình này.",
     "The file's passphrase asks for too much work from this machine. Seal it again with this program."},
    {Refusal::age_passphrase_needed, "age.passphrase_needed", "Tệp này cần mật khẩu. Nhập mật khẩu rồi làm lại.",
     "This file needs a passphrase. Enter it and do it again."},
    {Refusal::age_passphrase_wrong, "age.passphrase_wrong", "Mật khẩu không đúng. Kiểm tra phím Caps Lock rồi nhập lại.",
     "The passphrase is wrong. Check Caps Lock and enter it again."},
    {Refusal::age_no_match, "age.no_match",
     "Khóa này không mở được tệp: tệp niêm phong cho khóa khác. Dùng khóa của cơ quan ghi trên phiếu khóa.",
     "This key does not open the file: it is sealed to other keys. Use the key named on the office's key sheet."},
    {Refusal::age_header_mac, "age.header_mac",
     "Phần đầu của tệp đã bị thay đổi sau khi niêm phong. Chép lại tệp từ nguồn; nếu vẫn vậy, báo người quản lý.",
     "The file's header was changed after sealing. Copy it again; if it stays so, tell the person in charge."},

    {Refusal::age_nonce_cut, "age.nonce_cut", "Tệp bị cắt ngay sau phần đầu. Chép lại tệp từ nguồn.",
     "The file is cut off right after its header. Copy it from its source again."},
    {Refusal::age_payload_cut, "age.payload_cut", "Tệp thiếu phần cuối. Chép lại tệp từ nguồn.",
     "The end of the file is missing. Copy it from its source again."},
    {Refusal::age_payload_damaged, "age.payload_damaged", "Nội dung tệp đã hỏng hoặc bị sửa. Chép lại tệp từ nguồn.",
     "The file's content is damaged or was changed. Copy it from its source again."},
    {Refusal::age_payload_end, "age.payload_end", "Đoạn cuối của tệp đã hỏng hoặc bị cắt. Chép lại tệp từ nguồn.",
     "The last part of the file is damaged or cut. Copy it from its source again."},
    {Refusal::age_payload_reordered, "age.payload_reordered",
     "Các đoạn của tệp không nằm đúng thứ tự. Không dùng tệp này; chép lại từ nguồn.",
     "The parts of the file are not in their order. Do not use it; copy it from its source again."},
    {Refusal::age_payload_trailing, "age.payload_trailing", "Sau phần cuối của tệp còn dữ liệu lạ. Chép lại tệp từ nguồn.",
     "There is foreign data after the end of the file. Copy it from its source again."},
    {Refusal::age_payload_empty_chunk, "age.payload_empty_chunk",
     "Tệp kết thúc bằng một đoạn rỗng, trái quy định của age. Không dùng tệp này.",
     "The file ends with an empty part, which age forbids. Do not use it."},

    {Refusal::armor_begin, "armor.begin", "Không thấy dòng BEGIN AGE ENCRYPTED FILE. Chép lại toàn bộ văn bản.",
     "The line BEGIN AGE ENCRYPTED FILE is missing. Copy the whole text again."},
    {Refusal::armor_line, "armor.line", "Văn bản niêm phong có dòng dài hoặc ngắn bất thường. Chép lại toàn bộ văn bản.",
     "The sealed text has a line that is too long or too short. Copy the whole text again."},
    {Refusal::armor_base64, "armor.base64", "Văn bản niêm phong có chữ sai. Chép lại toàn bộ văn bản.",
     "The sealed text has wrong characters. Copy the whole text again."},
    {Refusal::armor_end, "armor.end", "Không thấy dòng END AGE ENCRYPTED FILE. Chép lại toàn bộ văn bản.",
     "The line END AGE ENCRYPTED FILE is missing. Copy the whole text again."},
    {Refusal::armor_trailing, "armor.trailing", "Sau dòng END còn chữ khác. Xóa phần thừa rồi làm lại.",
     "There is more text after the END line. Remove it and do it again."},

    {Refusal::minisign_public_key, "minisign.public_key",
     "Đây không phải là khóa kiểm chữ ký (minisign), hoặc chép sai chữ. Chép lại tệp .pub.",
     "This is no minisign public key, or it was copied wrongly. Copy the .pub file again."},
    {Refusal::minisign_secret_key, "minisign.secret_key",
     "Đây không phải là khóa ký (minisign), hoặc tệp đã hỏng. Chọn đúng tệp khóa.",
     "This is no minisign secret key, or the file is damaged. Choose the right key file."},
    {Refusal::minisign_password_needed, "minisign.password_needed", "Khóa ký này cần mật khẩu. Nhập mật khẩu rồi làm lại.",
     "This signing key needs its password. Enter it and do it again."},
    {Refusal::minisign_password_wrong, "minisign.password_wrong",
     "Mật khẩu của khóa ký không đúng. Kiểm tra phím Caps Lock rồi nhập lại.",
     "The signing key's password is wrong. Check Caps Lock and enter it again."},
    {Refusal::minisign_cost, "minisign.cost", "Khóa ký đòi nhiều bộ nhớ hơn mức cho phép. Tạo lại khóa bằng chương trình này.",
     "The signing key asks for more memory than is allowed. Make a new key with this program."},
    {Refusal::minisign_no_trusted_key, "minisign.no_trusted_key",
     "Chưa tin khóa kiểm chữ ký nào. Đăng ký kiosk trước (feedback-office kiosk add).",
     "No key is trusted yet. Enrol the kiosk first (feedback-office kiosk add)."},
    {Refusal::minisign_comment_text, "minisign.comment_text", "Ghi chú của chữ ký phải là một dòng, không quá 8.000 byte.",
     "A signature's comment must be one line of at most 8,000 bytes."},
    {Refusal::minisign_form, "minisign.form", "Tệp chữ ký .minisig đã hỏng hoặc không phải chữ ký. Chép lại từ nguồn.",
     "The .minisig file is damaged or is no signature. Copy it from its source again."},
    {Refusal::minisign_algorithm, "minisign.algorithm", "Chữ ký dùng cách ký chưa được hỗ trợ. Ký lại bằng minisign.",
     "The signature uses a method that is not supported. Sign again with minisign."},
    {Refusal::minisign_trailing, "minisign.trailing", "Sau chữ ký còn dữ liệu lạ. Chép lại tệp .minisig từ nguồn.",
     "There is foreign data after the signature. Copy the .minisig file from its source again."},
    {Refusal::minisign_unknown_signer, "minisign.unknown_signer",
     "Tệp do một khóa chưa được tin ký. Kiểm tra có đúng kiosk không; nếu đúng, đăng ký kiosk đó.",
     "The file is signed by a key that is not trusted. Check that it is the right kiosk; if so, enrol that kiosk."},
    {Refusal::minisign_message, "minisign.message", "Nội dung tệp không khớp chữ ký. Chép lại; nếu vẫn vậy, báo người quản lý.",
     "The file does not match its signature. Copy it again; if it stays so, tell the person in charge."},
    {Refusal::minisign_comment, "minisign.comment", "Ghi chú của chữ ký đã bị sửa. Chép lại tệp .minisig từ nguồn.",
     "The signature's comment was changed. Copy the .minisig file from its source again."},
    {Refusal::minisign_legacy_stream, "minisign.legacy_stream",
     "Chữ ký kiểu cũ không kiểm được cho tệp lớn. Ký lại bằng minisign từ bản 0.9.",
     "A signature of the older form cannot be checked over a large file. Sign again with minisign 0.9 or newer."},

    {Refusal::file_exists, "keys.file_exists", "Thư mục đã có tệp khóa; không ghi đè. Chọn thư mục trống.",
     "The folder already has a key file; it is never overwritten. Choose an empty folder."},
    {Refusal::file_not_written, "keys.file_not_written", "Không ghi được tệp khóa. Kiểm tra chỗ trống và quyền ghi của thư mục.",
     "A key file could not be written. Check free space and that the folder may be written to."},
};

static_assert(std::size(kEntries) == static_cast<std::size_t>(Refusal::count_) - 1);

constexpr bool in_order() {
    for (std::size_t i = 0; i < std::size(kEntries); ++i)
        if (static_cast<std::size_t>(kEntries[i].refusal) != i + 1) return false;
    return true;
}
static_assert(in_order());

const Entry& entry(Refusal refusal) { return kEntries[static_cast<std::size_t>(refusal) - 1]; }

}  // namespace

core::Error refuse(Refusal refusal) {
    return {entry(refusal).code, {entry(refusal).vi, entry(refusal).en}};
}

std::string_view code_of(Refusal refusal) { return entry(refusal).code; }

}  // namespace kiosk::sealing
