#include "receipts.hpp"

#include "files.hpp"

#include <kiosk/exporting/receipt.hpp>
#include <kiosk/sealing/minisign.hpp>

#include <map>

namespace kiosk::office {

core::Result<sealing::MinisignSigner> signer_in(const std::filesystem::path& folder, const Console& console) {
    auto content = read_file(folder / "office-sign.key", 64 * 1024);
    if (!content)
        return core::Error{"sign.no_key",
                           {"Không có office-sign.key trong “" + folder.string() + "” (cạnh khóa văn phòng), nên không ký được.",
                            "There is no office-sign.key in \"" + folder.string() + "\" (beside the office's key), so nothing can be signed."}};
    const std::string file = text_of(*content);
    auto protected_by_password = sealing::MinisignSecretKey::needs_password(file);
    if (!protected_by_password) return protected_by_password.error();
    sealing::SecretBytes password;
    if (*protected_by_password)
        password = ask_secret(console.language() == "vi" ? "Mật khẩu của khóa ký: " : "Password of the signing key: ");
    auto key = sealing::MinisignSecretKey::parse(file, password.text());
    if (!key) return key.error();
    return sealing::MinisignSigner(std::move(*key));
}

core::Result<void> issue_receipts(office_store::OfficeStore& store, const std::filesystem::path& office_key,
                                  const std::filesystem::path& folder, const Console& console) {
    auto bundles = store.bundles();
    if (!bundles) return bundles.error();
    auto signer = signer_in(office_key.parent_path(), console);
    if (!signer) return signer.error();
    auto target = exporting::DiskFolder::open(folder);
    if (!target) return target.error();
    auto published = store.publish_results();
    if (!published) return published.error();
    std::vector<exporting::PublishedCount> results;
    for (const office_store::PublishedCount& one : *published)
        results.push_back({one.form, one.version, one.question, one.choice, one.count});
    std::map<std::string, exporting::Receipt> receipts;
    for (const office_store::MergedBundle& bundle : *bundles) {
        exporting::Receipt& receipt = receipts[bundle.kiosk];
        receipt.kiosk_id = bundle.kiosk;
        receipt.bundles.push_back({bundle.sequence, bundle.sha256});
    }
    for (auto& [kiosk, receipt] : receipts) {
        receipt.results = results;
        auto issued = exporting::issue_receipt(receipt, *signer, *target);
        if (!issued) return issued.error();
        console.say({"Đã viết biên nhận " + *issued, "Wrote receipt " + *issued});
    }
    return {};
}

}  // namespace kiosk::office
