#include <kiosk/exporting/receipt.hpp>

#include "text_lines.hpp"

#include <kiosk/core/sha256.hpp>

#include <algorithm>

namespace kiosk::exporting {
namespace {

core::Error malformed() {
    return {"receipt.malformed", {"Tệp biên nhận không đúng dạng. Hãy chép lại tệp từ máy văn phòng.",
                                  "The receipt is not well formed. Copy it from the office's computer again."}};
}

core::Error for_another_kiosk(const std::string& id) {
    return {"receipt.other_kiosk", {"Biên nhận này là của kiosk " + id + ", không phải của máy này.",
                                    "This receipt is for kiosk " + id + ", not for this one."}};
}

// A word of a result line: names of forms, questions and choices hold no blanks.
std::string word(std::string text) {
    std::replace(text.begin(), text.end(), ' ', '_');
    return text.empty() ? "-" : text;
}

}  // namespace

std::string write_receipt(const Receipt& receipt) {
    std::string text = std::string(kReceiptLine) + "\nkiosk: " + receipt.kiosk_id + "\n";
    for (const Receipt::Bundle& bundle : receipt.bundles)
        text += "bundle: " + std::to_string(bundle.sequence) + " " + core::to_hex(bundle.sha256) + "\n";
    for (const PublishedCount& result : receipt.results)
        text += "result: " + word(result.form) + " " + word(result.version) + " " + word(result.question) + " " +
                word(result.choice) + " " + std::to_string(result.count) + "\n";
    return text;
}

core::Result<Receipt> read_receipt(std::string_view text) {
    if (text.size() > kMaximumReceiptBytes) return malformed();
    const auto lines = read_lines(text, kReceiptLine);
    if (!lines) return malformed();
    Receipt receipt;
    for (const auto& [name, value] : *lines) {
        const auto words = split_words(value);
        if (name == "kiosk" && receipt.kiosk_id.empty() && is_plain_id(value)) {
            receipt.kiosk_id = value;
        } else if (name == "bundle" && words.size() == 2) {
            const auto sequence = whole_number(words[0]);
            const auto hash = core::sha256_from_hex(words[1]);
            if (!sequence || *sequence == 0 || !hash) return malformed();
            receipt.bundles.push_back({*sequence, *hash});
        } else if (name == "result" && words.size() == 5) {
            const auto count = whole_number(words[4]);
            if (!count || std::any_of(words.begin(), words.end(), [](std::string_view one) { return one.empty(); })) return malformed();
            receipt.results.push_back(
                {std::string(words[0]), std::string(words[1]), std::string(words[2]), std::string(words[3]), *count});
        } else {
            return malformed();
        }
    }
    if (receipt.kiosk_id.empty()) return malformed();
    return receipt;
}

core::Result<std::string> issue_receipt(const Receipt& receipt, const core::Signer& signer, Folder& folder) {
    const std::string text = write_receipt(receipt), name = receipt.kiosk_id + ".receipt";
    const auto bytes = std::as_bytes(std::span(text.data(), text.size()));
    auto signature = signer.sign(bytes, "receipt kiosk=" + receipt.kiosk_id + " sha256=" + core::to_hex(core::sha256_of(text)));
    if (!signature) return signature.error();
    const auto signature_bytes = std::as_bytes(std::span(signature->data(), signature->size()));
    if (auto written = publish(folder, {{name + ".minisig", signature_bytes}, {name, bytes}}); !written)
        return written.error();
    return name;
}

core::Result<Receipt> accept_receipt(core::ByteView bytes, std::string_view minisig, const core::Verifier& verifier,
                                     std::string_view kiosk_id, core::BundleLedger& ledger) {
    auto comment = verifier.verify(bytes, minisig);
    if (!comment) return comment.error();
    // The office signs other things with the same key: the comment says that this one is meant as a receipt.
    if (!comment->starts_with("receipt ")) return malformed();
    auto receipt = read_receipt({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
    if (!receipt) return receipt;
    if (receipt->kiosk_id != kiosk_id) return for_another_kiosk(receipt->kiosk_id);
    // The office lists all it has ever had: also a bundle made anew because its delivery could not be noted, and those of a
    // machine that this one replaced under the same id. The ledger wipes nothing for them, and the rest still counts.
    for (const Receipt::Bundle& bundle : receipt->bundles)
        if (auto noted = ledger.receipt(bundle.sequence, bundle.sha256);
            !noted && noted.error().code != core::kNoSuchBundle && noted.error().code != core::kOtherBundle)
            return noted.error();
    return receipt;
}

}  // namespace kiosk::exporting
