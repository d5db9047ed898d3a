#include "commands.hpp"
#include "files.hpp"
#include "receipts.hpp"
#include "trust.hpp"

#include <kiosk/exporting/enrolment.hpp>
#include <kiosk/sealing/key_words.hpp>
#include <kiosk/sealing/keygen.hpp>
#include <kiosk/sealing/minisign.hpp>

#include <algorithm>
#include <system_error>

namespace kiosk::office {
namespace {

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

// The old signing key's word for the new keys.
core::Result<sealing::KeyFile> signed_change(std::string_view enrolment, const std::filesystem::path& old_keys, const Console& console) {
    auto signer = signer_in(old_keys, console);
    if (!signer) return signer.error();
    auto signature = signer->sign(std::as_bytes(std::span(enrolment.data(), enrolment.size())), exporting::kNewOfficeKeysComment);
    if (!signature) return signature.error();
    return sealing::KeyFile{"office.enrolment.minisig", sealing::SecretBytes::copy_of(std::string_view(*signature)), false};
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
    if (!options.replaces.empty()) {
        auto signature = signed_change(enrolment->content.text(), options.replaces, console);
        if (!signature) return console.refuse(signature.error());
        keys->files.push_back(std::move(*signature));
    }
    keys->files.push_back(std::move(*enrolment));
    std::error_code ignored;
    std::filesystem::create_directories(options.out, ignored);
    if (auto written = sealing::write_key_files(options.out, keys->files); !written) return console.refuse(written.error());
    const std::string folder = options.out.string();
    console.say({"Đã tạo khóa trong “" + folder + "”. Hãy in key-sheet.txt, cất khóa dự phòng ở nơi khác, chép office.enrolment vào kiosk.",
                 "The keys are in \"" + folder + "\". Print key-sheet.txt, keep the escrow key elsewhere, take office.enrolment to the kiosk."});
    if (!options.replaces.empty())
        console.say(core::Words{"Khóa cũ đã ký cho khóa mới: chép cả office.enrolment và office.enrolment.minisig vào từng kiosk. Giữ khóa cũ để mở các gói cũ (--key hai lần).",
                     "The old key vouches for the new ones: take office.enrolment and office.enrolment.minisig to every kiosk. Keep the old key to open old bundles (--key twice)."});
    console.say({"Từ nhận dạng, niêm phong: " + keys->office_words + "\nTừ nhận dạng, dự phòng: " + keys->escrow_words + "\nTừ nhận dạng, ký: " + keys->signing_words,
                 "Words of the office key: " + keys->office_words + "\nWords of the escrow key: " + keys->escrow_words + "\nWords of the signing key: " + keys->signing_words});
    return kDone;
}

int add_kiosk(const AddKioskOptions& options, const Console& console) {
    auto content = read_file(options.enrolment, 64 * 1024);
    if (!content) return console.refuse(content.error());
    auto kiosk = exporting::read_kiosk_enrolment(text_of(*content));
    if (!kiosk) return console.refuse(kiosk.error());
    auto key = sealing::MinisignPublicKey::parse(kiosk->signing_key);
    if (!key) return console.refuse(key.error());
    auto added = Trust::add(options.trust, kiosk->kiosk_id, *key, options.replaces);
    if (!added) return console.refuse(added.error());
    const std::string words = sealing::key_words(*key);
    console.say({"Đã đăng ký kiosk " + kiosk->kiosk_id + (kiosk->name.empty() ? "" : " (" + kiosk->name + ")") + ". So với màn hình kiosk: " + words,
                 "Kiosk " + kiosk->kiosk_id + " is enrolled. Compare with the kiosk's screen: " + words});
    return kDone;
}

}  // namespace kiosk::office
