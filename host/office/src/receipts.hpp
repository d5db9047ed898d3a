// Receipts for every kiosk whose bundles the store holds, signed with the office's signing key.
#pragma once

#include "console.hpp"

#include <kiosk/office_store/office_store.hpp>
#include <kiosk/sealing/minisign.hpp>

#include <filesystem>

namespace kiosk::office {

// The signing key is office-sign.key in the folder of the office's key.
core::Result<void> issue_receipts(office_store::OfficeStore& store, const std::filesystem::path& office_key,
                                  const std::filesystem::path& folder, const Console& console);

// The office's signing key, office-sign.key in that folder; its password is asked for where it has one.
core::Result<sealing::MinisignSigner> signer_in(const std::filesystem::path& folder, const Console& console);

}  // namespace kiosk::office
