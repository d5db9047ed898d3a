// What passes between this kiosk and its office besides answers: the office's public keys come in, this kiosk's go out, and
// receipts come in. All by files that someone carries. Keys lie in DATA/keys: recipients.txt and office-sign.pub are the
// office's, kiosk.key is this kiosk's own.
//
// Main thread, while no kiosk serves on the same data. Failure: codes enrolment.*, receipt.*, stick.*; nothing was changed.
#pragma once

#include <kiosk/core/bundle_ledger.hpp>
#include <kiosk/core/result.hpp>
#include <kiosk/exporting/folder.hpp>
#include <kiosk/exporting/receipt.hpp>
#include <kiosk/sealing/minisign.hpp>

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kiosk {

// The words of the keys now in place, for someone to compare with the office's key sheet.
struct OfficeWords {
    std::vector<std::string> recipients;
    std::string signing;
    bool changed = false;             // false: these very keys were here before
};

// Puts the office's keys in place. The first time they are taken as they come, for there is nothing to check them against
// but the words. Other keys later are taken if the office whose keys are here signed the change, or if `replaces`: someone
// with the right to do so says that the old keys are lost.
core::Result<OfficeWords> take_office_keys(std::string_view enrolment, const std::optional<std::string>& minisig,
                                           const std::filesystem::path& data, bool replaces);

// Tells the ledger which bundles the office holds, and keeps the results it published as DATA/office.receipt.
core::Result<exporting::Receipt> take_receipt(core::ByteView receipt, std::string_view minisig, const std::filesystem::path& data,
                                              std::string_view kiosk_id, core::BundleLedger& ledger);

// The results the office published, as the last receipt brought them; empty: none came.
std::vector<exporting::PublishedCount> published_results(const std::filesystem::path& data);

// This kiosk's own signing key, made the first time it is needed. It opens nothing; it only vouches for bundles.
core::Result<sealing::MinisignSecretKey> kiosk_signing_key(const std::filesystem::path& data);

// Writes KIOSK.enrolment; gives the words of the key. Refused where the folder holds another kiosk's under the same id.
core::Result<std::string> write_kiosk_enrolment(const std::filesystem::path& data, const std::string& kiosk_id,
                                                const std::string& place, exporting::Folder& folder);

}  // namespace kiosk
