#include <kiosk/sealing/keygen.hpp>

#include "memory_sink.hpp"
#include "refusals.hpp"
#include "sodium.hpp"

#include <kiosk/sealing/age.hpp>
#include <kiosk/sealing/key_words.hpp>
#include <kiosk/sealing/minisign.hpp>

#include <algorithm>
#include <initializer_list>

namespace kiosk::sealing {

namespace {

SecretBytes joined(std::initializer_list<std::string_view> parts) {
    std::size_t size = 0;
    for (const std::string_view part : parts) size += part.size();
    SecretBytes text(size);
    std::byte* next = text.data();
    for (const std::string_view part : parts) next = std::ranges::copy(as_bytes(part), next).out;
    return text;
}

core::Result<SecretBytes> with_passphrase(const SecretBytes& content, const KeygenRequest& request) {
    if (request.passphrase.empty()) return SecretBytes::copy_of(content.view());
    constexpr std::size_t kArmorRoom = 1024;
    MemorySink sealed(content.size() * 2 + kArmorRoom);
    core::Result<AgeEncryptor> encryptor = AgeEncryptor::begin_with_passphrase(
        request.passphrase.text(), request.age_work_factor, AgeFormat::armored, sealed.sink());
    if (!encryptor) return encryptor.error();
    core::Result<void> result = encryptor->write(content.view());
    if (result) result = encryptor->finish();
    if (!result) return result.error();
    return sealed.take();
}

core::Result<SecretBytes> identity_file(const AgeIdentity& identity, const KeygenRequest& request) {
    return with_passphrase(joined({"# ", request.office, ", ", request.date, "\n# public key: ",
                                   identity.recipient().to_string(), "\n", identity.to_text().text(), "\n"}),
                           request);
}

core::Result<SecretBytes> signing_file(const MinisignSecretKey& key, const KeygenRequest& request) {
    if (request.passphrase.empty()) return key.to_file();
    return key.to_file(request.passphrase.text(), request.password_cost);
}

constexpr std::string_view kDemoMark = "# demo: answers sealed to these keys are no secret\n";

std::string recipients_file(const AgeRecipient& office, const AgeRecipient& escrow, bool is_demo) {
    return std::string(is_demo ? kDemoMark : "") + "# office: " + key_words(office) + '\n' + office.to_string() + "\n# escrow: " + key_words(escrow) + '\n' +
           escrow.to_string() + '\n';
}

constexpr std::string_view kSheetVietnamese = R"(
CẤT GIỮ
  office-key.txt   khóa bí mật của cơ quan: hai USB, cất hai nơi, không bao giờ cắm vào kiosk.
  escrow-key.txt   khóa dự phòng: USB riêng trong phong bì niêm phong, người khác giữ.
  office-sign.key  khóa ký gói biểu mẫu và biên nhận: trên máy của cơ quan.
  recipients.txt, office-sign.pub   khóa công khai: chép vào kiosk.
  Khi cài khóa vào kiosk, đọc tám từ ở trên và so với màn hình kiosk. Khác một từ là sai khóa.
  Mất cả hai khóa bí mật thì KHÔNG AI mở được các câu trả lời đã niêm phong.

MỞ GÓI KHI KHÔNG CÓ PHẦN MỀM NÀY (chỉ cần minisign, age, unzip)
  1. minisign -Vm K07-000012.kbx -p K07.pub            (K07.pub: khóa của kiosk, trong thư mục trust)
  2. age -d -i office-key.txt -o goi.zip K07-000012.kbx  (hoặc -i escrow-key.txt)
  3. unzip goi.zip -d goi
  4. Linux:    for f in goi/*/*.age; do age -d -i office-key.txt -o "${f%.age}.xml" "$f"; done
     Windows:  for /r goi %f in (*.age) do age -d -i office-key.txt -o "%~dpnf.xml" "%f"
)";

constexpr std::string_view kSheetEnglish = R"(
KEEPING
  office-key.txt   the office's secret key: two sticks in two places, never in a kiosk.
  escrow-key.txt   the spare secret key: its own stick in a sealed envelope, kept by someone else.
  office-sign.key  signs form packs and receipts: on the office's computer.
  recipients.txt, office-sign.pub   public keys: copied to the kiosks.
  When a kiosk gets the keys, compare the eight words above with its screen. One word different: a wrong key.
  If both secret keys are lost, NOBODY can open the sealed answers.

OPENING A BUNDLE WITHOUT THIS SOFTWARE (minisign, age and unzip are enough)
  1. minisign -Vm K07-000012.kbx -p K07.pub            (K07.pub: the kiosk's key, in the trust folder)
  2. age -d -i office-key.txt -o bundle.zip K07-000012.kbx  (or -i escrow-key.txt)
  3. unzip bundle.zip -d bundle
  4. Linux:    for f in bundle/*/*.age; do age -d -i office-key.txt -o "${f%.age}.xml" "$f"; done
     Windows:  for /r bundle %f in (*.age) do age -d -i office-key.txt -o "%~dpnf.xml" "%f"
)";

std::string sheet(const KeygenRequest& request, const AgeRecipient& office, const AgeRecipient& escrow,
                  const MinisignPublicKey& signing) {
    const auto key = [](std::string_view heading, const std::string& words, const std::string& written) {
        return std::string(heading) + "\n  " + words + "\n  " + written + '\n';
    };
    std::string text = "PHIẾU KHÓA / KEY SHEET\n" + request.office + " – " + request.date + "\n\n";
    text += key("Khóa cơ quan / Office key (age)", key_words(office), office.to_string());
    text += key("Khóa dự phòng / Escrow key (age)", key_words(escrow), escrow.to_string());
    text += key("Khóa ký / Signing key (minisign)", key_words(signing), signing.to_base64());
    return text.append(kSheetVietnamese).append(kSheetEnglish);
}

}  // namespace

bool are_demo_recipients(std::string_view recipients_file) { return recipients_file.starts_with(kDemoMark); }

core::Result<NewKeys> make_keys(const KeygenRequest& request) {
    return guarded([&]() -> core::Result<NewKeys> {
        const AgeIdentity office = AgeIdentity::generate();
        const AgeIdentity escrow = AgeIdentity::generate();
        const MinisignSecretKey signing = MinisignSecretKey::generate();

        NewKeys made;
        made.office_words = key_words(office.recipient());
        made.escrow_words = key_words(escrow.recipient());
        made.signing_words = key_words(signing.public_key());
        const auto add = [&](std::string name, core::Result<SecretBytes> content) -> core::Result<void> {
            if (!content) return content.error();
            made.files.push_back({std::move(name), std::move(content).value(), true});
            return {};
        };
        core::Result<void> result = add("office-key.txt", identity_file(office, request));
        if (result) result = add("escrow-key.txt", identity_file(escrow, request));
        if (result) result = add("office-sign.key", signing_file(signing, request));
        if (!result) return result.error();

        const auto add_public = [&](std::string name, const std::string& text) {
            made.files.push_back({std::move(name), SecretBytes::copy_of(text), false});
        };
        add_public("office-sign.pub", signing.public_key().to_file());
        add_public("recipients.txt", recipients_file(office.recipient(), escrow.recipient(), request.is_demo));
        add_public("key-sheet.txt", sheet(request, office.recipient(), escrow.recipient(), signing.public_key()));
        return made;
    });
}

}  // namespace kiosk::sealing
