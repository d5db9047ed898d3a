// Unlock: the office's leave for one kiosk, once, to be given a new PIN. Its staff read the code off the kiosk's screen to
// the office; the office signs it into KIOSK.unlock. The code changes with every PIN, so an old file opens nothing.
//
//     feedback-kiosk unlock 1
//     kiosk: K07
//     code: KX7P2MQ4RT
//
// Pure but for the functions that take a Folder. Reading is strict. Codes: unlock.*.
#pragma once

#include <kiosk/core/bytes.hpp>
#include <kiosk/core/result.hpp>
#include <kiosk/core/sealer.hpp>
#include <kiosk/exporting/folder.hpp>

#include <string>
#include <string_view>

namespace kiosk::exporting {

inline constexpr std::uint64_t kMaximumUnlockBytes = 4096;

// Signs it and writes KIOSK.unlock.minisig and KIOSK.unlock; gives the file's name.
core::Result<std::string> issue_unlock(std::string_view kiosk_id, std::string_view code, const core::Signer& signer, Folder& folder);

// Fails unless the office signed exactly this kiosk's present code.
core::Result<void> accept_unlock(core::ByteView file, std::string_view minisig, const core::Verifier& verifier,
                                 std::string_view kiosk_id, std::string_view code);

}  // namespace kiosk::exporting
