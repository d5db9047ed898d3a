#include "receipts.hpp"

#include "files.hpp"

#include <kiosk/exporting/receipt.hpp>
#include <kiosk/office_store/suppression.hpp>
#include <kiosk/sealing/minisign.hpp>

#include <map>

namespace kiosk::office {
namespace {

core::Result<sealing::MinisignSigner> signer_beside(const std::filesystem::path& office_key, const Console& console) {
    auto content = read_file(office_key.parent_path() / "office-sign.key", 64 * 1024);
    if (!content)
        return core::Error{"receipt.no_signing_key",
                           {"Không thấy office-sign.key cạnh khóa văn phòng, nên không viết được biên nhận.",
                            "There is no office-sign.key beside the office's key, so no receipt can be written."}};
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

// What anyone may read on the kiosk's screen: the poll's counts, with the small ones held back.
std::vector<exporting::PublishedCount> published(const office_store::StoreSummary& summary) {
    std::vector<exporting::PublishedCount> results;
    for (const office_store::ActivitySummary& activity : summary.activities)
        for (const office_store::FormSummary& form : activity.forms) {
            if (form.storage != StoragePolicy::anonymous) continue;
            for (const office_store::QuestionSummary& question : form.questions) {
                const office_store::ToldQuestion told = office_store::told(form, question);
                for (std::size_t i = 0; i < told.counts.size(); ++i)
                    if (told.counts[i])
                        results.push_back({form.id, form.version, question.name, question.counts[i].first.name, *told.counts[i]});
            }
        }
    return results;
}

}  // namespace

core::Result<void> issue_receipts(const office_store::OfficeStore& store, const std::filesystem::path& office_key,
                                  const std::filesystem::path& folder, const Console& console) {
    auto bundles = store.bundles();
    if (!bundles) return bundles.error();
    auto summary = store.summary();
    if (!summary) return summary.error();
    auto signer = signer_beside(office_key, console);
    if (!signer) return signer.error();
    auto target = exporting::DiskFolder::open(folder);
    if (!target) return target.error();
    std::map<std::string, exporting::Receipt> receipts;
    for (const office_store::MergedBundle& bundle : *bundles) {
        exporting::Receipt& receipt = receipts[bundle.kiosk];
        receipt.kiosk_id = bundle.kiosk;
        receipt.bundles.push_back({bundle.sequence, bundle.sha256});
    }
    for (auto& [kiosk, receipt] : receipts) {
        receipt.results = published(*summary);
        auto issued = exporting::issue_receipt(receipt, *signer, *target);
        if (!issued) return issued.error();
        console.say({"Đã viết biên nhận " + *issued, "Wrote receipt " + *issued});
    }
    return {};
}

}  // namespace kiosk::office
