#include "commands.hpp"
#include "files.hpp"
#include "trust.hpp"

#include <kiosk/exporting/enrolment.hpp>
#include <kiosk/sealing/key_words.hpp>
#include <kiosk/sealing/keygen.hpp>
#include <kiosk/sealing/minisign.hpp>

#include <algorithm>
#include <ctime>
#include <system_error>

namespace kiosk::office {
namespace {

std::string today() {
    const std::time_t now = std::time(nullptr);
    std::tm local{};
    localtime_r(&now, &local);
    char text[16];
    std::strftime(text, sizeof text, "%d/%m/%Y", &local);
    return text;
}

const sealing::KeyFile* find(const sealing::NewKeys& keys, std::string_view name) {
    const auto found = std::find_if(keys.files.begin(), keys.files.end(), [&](const auto& file) { return file.name == name; });
    return found == keys.files.end() ? nullptr : &*found;
}

// What a kiosk needs of the office, in one file.
core::Result<sealing::KeyFile> office_enrolment(const sealing::NewKeys& keys) {
    const sealing::KeyFile* recipients = find(keys, "recipients.txt");
    const sealing::KeyFile* signing = find(keys, "office-sign.pub");
    KIOSK_ASSERT(recipients != nullptr && signing != nullptr);
    auto parsed = sealing::parse_recipients(recipients->content.text());
    if (!parsed) return parsed.error();
    auto key = sealing::MinisignPublicKey::parse(signing->content.text());
    if (!key) return key.error();
    exporting::OfficeEnrolment office;
    for (const sealing::AgeRecipient& recipient : *parsed) office.recipients.push_back(recipient.to_string());
    office.signing_key = key->to_base64();
    return sealing::KeyFile{"office.enrolment", sealing::SecretBytes::copy_of(std::string_view(write_enrolment(office))), false};
}

bool same(const sealing::SecretBytes& a, const sealing::SecretBytes& b) { return a.text() == b.text(); }

}  // namespace

int keygen(const KeygenOptions& options, const Console& console) {
    const bool vietnamese = console.language() == "vi";
    sealing::KeygenRequest request;
    request.office = options.office;
    request.date = today();
    request.is_demo = options.is_demo;
    request.passphrase = ask_secret(vietnamese ? "Mật khẩu bảo vệ khóa (để trống: không đặt): " : "Passphrase for the keys (empty: none): ");
    if (!request.passphrase.empty() && !same(request.passphrase, ask_secret(vietnamese ? "Nhập lại mật khẩu: " : "Again: ")))
        return console.refuse({"keygen.passphrases_differ", {"Hai lần nhập mật khẩu khác nhau. Chưa tạo khóa nào; hãy làm lại.",
                                                             "The two passphrases differ. No key was made; try again."}});
    auto keys = sealing::make_keys(request);
    if (!keys) return console.refuse(keys.error());
    auto enrolment = office_enrolment(*keys);
    if (!enrolment) return console.refuse(enrolment.error());
    keys->files.push_back(std::move(*enrolment));
    std::error_code ignored;
    std::filesystem::create_directories(options.out, ignored);
    if (auto written = sealing::write_key_files(options.out, keys->files); !written) return console.refuse(written.error());
    const std::string folder = options.out.string();
    console.say({"Đã tạo khóa trong “" + folder + "”. Hãy in key-sheet.txt, cất khóa dự phòng ở nơi khác, chép office.enrolment vào kiosk.",
                 "The keys are in \"" + folder + "\". Print key-sheet.txt, keep the escrow key elsewhere, take office.enrolment to the kiosk."});
    console.say({"Từ nhận dạng: " + keys->office_words, "Words of the office key: " + keys->office_words});
    return kDone;
}

int add_kiosk(const AddKioskOptions& options, const Console& console) {
    auto content = read_file(options.enrolment, 64 * 1024);
    if (!content) return console.refuse(content.error());
    auto kiosk = exporting::read_kiosk_enrolment(text_of(*content));
    if (!kiosk) return console.refuse(kiosk.error());
    auto key = sealing::MinisignPublicKey::parse(kiosk->signing_key);
    if (!key) return console.refuse(key.error());
    std::error_code ignored;
    std::filesystem::create_directories(options.trust, ignored);
    const std::filesystem::path path = options.trust / (kiosk->kiosk_id + ".pub");
    if (std::filesystem::exists(path, ignored)) {
        auto known = read_file(path, 4096);
        if (!known) return console.refuse(known.error());
        if (text_of(*known) != key->to_file())
            return console.refuse({"enrolment.other_key",
                                   {"Kiosk “" + kiosk->kiosk_id + "” đã đăng ký với khóa khác. Nếu máy được thay, hãy xóa “" + path.string() + "” trước.",
                                    "Kiosk \"" + kiosk->kiosk_id + "\" is enrolled with another key. If it was replaced, delete \"" + path.string() + "\" first."}});
    } else {
        std::vector<sealing::KeyFile> files;
        files.push_back({kiosk->kiosk_id + ".pub", sealing::SecretBytes::copy_of(std::string_view(key->to_file())), false});
        if (auto written = sealing::write_key_files(options.trust, files); !written) return console.refuse(written.error());
    }
    const std::string words = sealing::key_words(*key);
    console.say({"Đã đăng ký kiosk " + kiosk->kiosk_id + (kiosk->name.empty() ? "" : " (" + kiosk->name + ")") + ". So với màn hình kiosk: " + words,
                 "Kiosk " + kiosk->kiosk_id + " is enrolled. Compare with the kiosk's screen: " + words});
    return kDone;
}

}  // namespace kiosk::office
