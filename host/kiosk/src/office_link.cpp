#include "office_link.hpp"

#include <kiosk/exporting/enrolment.hpp>
#include <kiosk/sealing/age_keys.hpp>
#include <kiosk/sealing/key_words.hpp>
#include <kiosk/sealing/keygen.hpp>

#include <system_error>

namespace kiosk {
namespace {

constexpr std::uint64_t kLargestKeyFile = 64 * 1024;
constexpr std::string_view kRecipients = "recipients.txt", kOfficeSigning = "office-sign.pub", kKioskKey = "kiosk.key",
                           kOfficeReceipt = "office.receipt";

std::filesystem::path keys_in(const std::filesystem::path& data) { return data / "keys"; }

core::Result<exporting::DiskFolder> keys_folder(const std::filesystem::path& data) {
    std::error_code ignored;
    std::filesystem::create_directories(keys_in(data), ignored);
    return exporting::DiskFolder::open(keys_in(data));
}

std::string text_of(core::ByteView bytes) { return {reinterpret_cast<const char*>(bytes.data()), bytes.size()}; }

core::Result<std::optional<std::string>> read_if_there(exporting::DiskFolder& folder, std::string_view name) {
    std::error_code ignored;
    if (!std::filesystem::exists(folder.path() / name, ignored)) return std::optional<std::string>();
    auto bytes = folder.read(name, kLargestKeyFile);
    if (!bytes) return bytes.error();
    return std::optional(text_of(*bytes));
}

struct Office {
    std::vector<sealing::AgeRecipient> recipients;
    sealing::MinisignPublicKey signing;

    OfficeWords words(bool changed) const {
        OfficeWords told{{}, sealing::key_words(signing), changed};
        for (const sealing::AgeRecipient& recipient : recipients) told.recipients.push_back(sealing::key_words(recipient));
        return told;
    }
    std::string recipients_file() const {
        std::string text;
        for (const sealing::AgeRecipient& recipient : recipients)
            text += "# " + sealing::key_words(recipient) + "\n" + recipient.to_string() + "\n";
        return text;
    }
};

core::Result<Office> read_office(std::string_view enrolment) {
    auto office = exporting::read_office_enrolment(enrolment);
    if (!office) return office.error();
    std::string lines;
    for (const std::string& recipient : office->recipients) lines += recipient + "\n";
    auto recipients = sealing::parse_recipients(lines);
    if (!recipients) return recipients.error();
    auto signing = sealing::MinisignPublicKey::parse(office->signing_key);
    if (!signing) return signing.error();
    return Office{std::move(*recipients), *signing};
}

core::Error other_office() {
    return {"enrolment.other_office",
            {"Máy này đang dùng khóa khác của cơ quan, và tệp này không có chữ ký của khóa đó. Nếu cơ quan đổi khóa: chép cả office.enrolment và "
             "office.enrolment.minisig. Nếu khóa cũ đã mất: so tám từ với phiếu khóa rồi chạy lại với --replace.",
             "This kiosk has other keys of the office, and this file is not signed with them. If the office changed its keys, copy both "
             "office.enrolment and office.enrolment.minisig. If the old key is lost, compare the eight words with the key sheet and run again with --replace."}};
}

// Whether the office whose signing key is `known` signed these new keys.
bool is_signed_change(std::string_view enrolment, const std::optional<std::string>& minisig, const sealing::MinisignPublicKey& known) {
    if (!minisig) return false;
    const auto verifier = sealing::MinisignVerifier::create({known});
    if (!verifier) return false;
    const auto comment = verifier->verify(std::as_bytes(std::span(enrolment.data(), enrolment.size())), *minisig);
    return comment && comment->starts_with(exporting::kNewOfficeKeysComment);
}

core::Error same_id(const std::string& kiosk_id) {
    return {"enrolment.same_id",
            {"USB này đã có dữ liệu của một máy khác cũng mang mã “" + kiosk_id + "”. Hãy đặt kiosk_id khác cho một trong hai máy, hoặc dùng USB khác.",
             "This stick holds data of another kiosk that also calls itself \"" + kiosk_id + "\". Give one of the two another kiosk_id, or use another stick."}};
}

}  // namespace

core::Result<OfficeWords> take_office_keys(std::string_view enrolment, const std::optional<std::string>& minisig,
                                           const std::filesystem::path& data, bool replaces) {
    auto office = read_office(enrolment);
    if (!office) return office.error();
    auto folder = keys_folder(data);
    if (!folder) return folder.error();
    auto known_recipients = read_if_there(*folder, kRecipients);
    if (!known_recipients) return known_recipients.error();
    auto known_signing = read_if_there(*folder, kOfficeSigning);
    if (!known_signing) return known_signing.error();

    std::optional<sealing::MinisignPublicKey> signing;
    if (*known_signing) {
        auto parsed = sealing::MinisignPublicKey::parse(**known_signing);
        if (parsed) signing = *parsed;
    }
    std::vector<sealing::AgeRecipient> recipients;
    if (*known_recipients)
        if (auto parsed = sealing::parse_recipients(**known_recipients)) recipients = std::move(*parsed);
    const bool same_recipients = recipients == office->recipients;
    if (same_recipients && signing == office->signing) return office->words(false);
    const bool is_first = !*known_signing && (!*known_recipients || same_recipients);
    if (!is_first && !replaces && !(signing && is_signed_change(enrolment, minisig, *signing))) return other_office();

    const std::string recipients_text = office->recipients_file(), signing_text = office->signing.to_file();
    // The signing key last: interrupted before it, the same file is still accepted by the old one.
    auto published = exporting::publish(*folder, {{std::string(kRecipients), std::as_bytes(std::span(recipients_text))},
                                                  {std::string(kOfficeSigning), std::as_bytes(std::span(signing_text))}});
    if (!published) return published.error();
    return office->words(true);
}

core::Result<exporting::Receipt> take_receipt(core::ByteView receipt, std::string_view minisig, const std::filesystem::path& data,
                                              std::string_view kiosk_id, core::BundleLedger& ledger) {
    auto folder = keys_folder(data);
    if (!folder) return folder.error();
    auto signing = read_if_there(*folder, kOfficeSigning);
    if (!signing) return signing.error();
    if (!*signing)
        return core::Error{"receipt.no_office_key",
                           {"Máy chưa có khóa ký của cơ quan nên không kiểm được biên nhận. Hãy nhập office.enrolment trước.",
                            "This kiosk lacks the office's signing key and cannot check the receipt. Import office.enrolment first."}};
    auto key = sealing::MinisignPublicKey::parse(**signing);
    if (!key) return key.error();
    auto verifier = sealing::MinisignVerifier::create({*key});
    if (!verifier) return verifier.error();
    auto accepted = exporting::accept_receipt(receipt, minisig, *verifier, kiosk_id, ledger);
    if (!accepted) return accepted;
    auto home = exporting::DiskFolder::open(data);
    if (!home) return home.error();
    if (auto kept = exporting::publish(*home, {{std::string(kOfficeReceipt), receipt}}); !kept) return kept.error();
    return accepted;
}

std::vector<exporting::PublishedCount> published_results(const std::filesystem::path& data) {
    auto folder = exporting::DiskFolder::open(data);
    if (!folder) return {};
    auto text = folder->read(kOfficeReceipt, exporting::kMaximumReceiptBytes);
    auto receipt = text ? exporting::read_receipt(text_of(*text)) : text.error();
    return receipt ? std::move(receipt->results) : std::vector<exporting::PublishedCount>();
}

core::Result<sealing::MinisignSecretKey> kiosk_signing_key(const std::filesystem::path& data) {
    auto folder = keys_folder(data);
    if (!folder) return folder.error();
    auto known = read_if_there(*folder, kKioskKey);
    if (!known) return known.error();
    if (*known) return sealing::MinisignSecretKey::parse(**known);
    auto key = sealing::MinisignSecretKey::generate();
    auto content = key.to_file();
    if (!content) return content.error();
    std::vector<sealing::KeyFile> files;
    files.push_back({std::string(kKioskKey), std::move(*content), true});
    if (auto written = sealing::write_key_files(keys_in(data), files); !written) return written.error();
    return key;
}

core::Result<std::string> write_kiosk_enrolment(const std::filesystem::path& data, const std::string& kiosk_id,
                                                const std::string& place, exporting::Folder& folder) {
    auto key = kiosk_signing_key(data);
    if (!key) return key.error();
    const std::string name = kiosk_id + ".enrolment";
    const exporting::KioskEnrolment own{kiosk_id, place, key->public_key().to_base64()};
    if (auto there = folder.read(name, kLargestKeyFile))
        if (auto other = exporting::read_kiosk_enrolment(text_of(*there)); other && other->signing_key != own.signing_key)
            return same_id(kiosk_id);
    const std::string text = exporting::write_enrolment(own);
    if (auto written = exporting::publish(folder, {{name, std::as_bytes(std::span(text))}}); !written) return written.error();
    return sealing::key_words(key->public_key());
}

}  // namespace kiosk
