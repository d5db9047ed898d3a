#include "collector.hpp"

#include "files.hpp"

#include <kiosk/core/sha256.hpp>
#include <kiosk/exporting/bundle.hpp>

#include <algorithm>
#include <system_error>

namespace kiosk::office {
namespace {

constexpr std::uint64_t kMaximumKeyBytes = 64 * 1024;

bool is_storage_failure(const core::Error& error) { return error.code.starts_with("store."); }

}  // namespace

core::Result<CollectedBundle> Collector::take(const std::filesystem::path& file) {
    CollectedBundle collected;
    collected.file = file;
    auto bundle = read_file(file, exporting::kMaximumBundleBytes);
    if (!bundle) {
        collected.refusal = bundle.error();
        return collected;
    }
    if (auto merged = merge(file, *bundle, collected); !merged) {
        if (is_storage_failure(merged.error())) return merged.error();
        collected.refusal = merged.error();
        const core::Sha256 sha256 = core::sha256_of(*bundle);
        if (auto noted = store_.note_refusal(file.filename().string(), sha256, merged.error().code); !noted)
            return noted.error();
    }
    return collected;
}

core::Result<void> Collector::merge(const std::filesystem::path& file, core::ByteView bundle, CollectedBundle& collected) {
    auto signature = read_file(file.string() + ".minisig", exporting::kMaximumSignatureBytes);
    if (!signature)
        return core::Error{"bundle.no_signature",
                           {"Thiếu tệp chữ ký “" + file.filename().string() + ".minisig”. Hãy chép cả hai tệp từ USB.",
                            "The signature \"" + file.filename().string() + ".minisig\" is missing. Copy both files from the stick."}};
    const std::string minisig = text_of(*signature);
    auto seal = exporting::claimed_seal(minisig);
    if (!seal) return seal.error();
    collected.kiosk = seal->kiosk_id;
    collected.sequence = seal->sequence;
    if (trust_) {
        const std::string claimed = seal->kiosk_id;
        auto verifier = trust_->verifier_of(claimed);
        if (!verifier) return verifier.error();
        seal = exporting::verify_bundle(bundle, minisig, *verifier);
        if (!seal) return seal.error();
        collected.signature_checked = true;
    }
    auto opened = exporting::OpenedBundle::open(bundle, *seal, opener_);
    if (!opened) return opened.error();
    office_store::IncomingBundle incoming;
    incoming.header = opened->header();
    collected.forms = incoming.header.forms;
    incoming.sha256 = seal->sha256;
    incoming.signature_verified = collected.signature_checked;
    for (const exporting::BundledDefinition& definition : opened->definitions())
        incoming.definitions.emplace_back(definition.form, definition.xml);
    incoming.for_each_row = [&](const office_store::TakeRow& take) { return opened->for_each_row(take); };
    auto report = store_.merge(incoming);
    if (!report) return report.error();
    collected.report = *report;
    return {};
}

core::Result<std::vector<std::filesystem::path>> find_bundles(const std::vector<std::filesystem::path>& paths) {
    std::vector<std::filesystem::path> files;
    for (const std::filesystem::path& path : paths) {
        std::error_code error;
        if (!std::filesystem::is_directory(path, error)) {
            files.push_back(path);
            continue;
        }
        for (const auto& entry : std::filesystem::directory_iterator(path, error))
            if (entry.path().extension() == ".kbx") files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
    files.erase(std::unique(files.begin(), files.end()), files.end());
    if (files.empty())
        return core::Error{"collect.nothing", {"Không thấy gói dữ liệu (.kbx) nào ở đây. Hãy kiểm tra USB.",
                                               "There is no bundle (.kbx) here. Check the stick."}};
    return files;
}

core::Result<sealing::AgeOpener> opener_from(const std::vector<std::filesystem::path>& key_files, const std::string& prompt) {
    sealing::AgeKeyring keys;
    for (const std::filesystem::path& key_file : key_files) {
        auto content = read_file(key_file, kMaximumKeyBytes);
        if (!content) return content.error();
        auto identities = sealing::read_identity_file(*content);
        if (!identities) {
            const sealing::SecretBytes passphrase = ask_secret(prompt);
            if (passphrase.empty()) return identities.error();
            identities = sealing::read_identity_file(*content, passphrase.text());
            if (!identities) return identities.error();
        }
        for (sealing::AgeIdentity& identity : *identities) keys.identities.push_back(std::move(identity));
    }
    return sealing::AgeOpener::create(std::move(keys));
}

}  // namespace kiosk::office
