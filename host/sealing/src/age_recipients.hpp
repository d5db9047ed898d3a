// Wrapping a file key for recipients and unwrapping it: the X25519 and scrypt stanzas of the age format.
#pragma once

#include "age_header.hpp"

#include <kiosk/sealing/age_keys.hpp>

namespace kiosk::sealing {

inline constexpr std::size_t kFileKeySize = 16;

// age itself refuses more than 2^22 rounds by default.
inline constexpr int kLargestWorkFactor = 22;

core::Result<Stanza> wrap_for(const AgeRecipient& recipient, const SecretBytes& file_key);
core::Result<Stanza> wrap_with_passphrase(std::string_view passphrase, int work_factor, const SecretBytes& file_key);

// The file key, from the first stanza that one of the keys fits. Stanzas of unknown kinds are passed over; a stanza of
// a known kind but the wrong shape is refused, whichever stanza would fit.
core::Result<SecretBytes> unwrap(const std::vector<Stanza>& stanzas, const AgeKeyring& keys);

HeaderMac header_mac(const SecretBytes& file_key, std::string_view authenticated);

}  // namespace kiosk::sealing
