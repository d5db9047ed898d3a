// Receipt: the office's word to one kiosk that it holds certain bundles, so that the kiosk may let their answers go; with
// it come the office's published poll results for the kiosk to show. A text file, KIOSK.receipt, and its minisign
// signature beside it:
//
//     feedback-kiosk receipt 1
//     kiosk: K07
//     bundle: 12 9f86…
//     result: portal_poll 3 rating tot 120
//
// Pure but for the functions that take a Folder or a ledger. Reading is strict. Codes: receipt.*.
#pragma once

#include <kiosk/core/bundle_ledger.hpp>
#include <kiosk/core/sealer.hpp>
#include <kiosk/exporting/folder.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace kiosk::exporting {

inline constexpr std::string_view kReceiptLine = "feedback-kiosk receipt 1";  // how one begins
inline constexpr std::uint64_t kMaximumReceiptBytes = 16 << 20;

// One bar of a published result. Small numbers were suppressed before they came here.
struct PublishedCount {
    std::string form, version, question, choice;
    std::uint64_t count = 0;

    bool operator==(const PublishedCount&) const = default;
};

struct Receipt {
    struct Bundle {
        std::uint64_t sequence = 0;
        core::Sha256 sha256{};
        bool operator==(const Bundle&) const = default;
    };
    std::string kiosk_id;
    std::vector<Bundle> bundles;
    std::vector<PublishedCount> results;

    bool operator==(const Receipt&) const = default;
};

std::string write_receipt(const Receipt& receipt);
core::Result<Receipt> read_receipt(std::string_view text);

// Signs it and writes KIOSK.receipt.minisig and KIOSK.receipt.
core::Result<std::string> issue_receipt(const Receipt& receipt, const core::Signer& signer, Folder& folder);

// For `feedback-kiosk import`: verifies, checks that it is for this kiosk, and tells the ledger of each bundle.
core::Result<Receipt> accept_receipt(core::ByteView receipt, std::string_view minisig, const core::Verifier& verifier,
                                     std::string_view kiosk_id, core::BundleLedger& ledger);

}  // namespace kiosk::exporting
