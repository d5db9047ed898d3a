// The office's signing key, for receipts, form packs and unlock files. Private to feedback-office.
#pragma once

#include "console.hpp"

#include <kiosk/core/result.hpp>
#include <kiosk/sealing/minisign.hpp>

#include <filesystem>

namespace kiosk::office {

// Asks for its password where it has one.
core::Result<sealing::MinisignSigner> read_signer(const std::filesystem::path& key, const Console& console);

}  // namespace kiosk::office
