// Bech32 (BIP 173) of a 32-byte key, as age writes keys: without the length limit of 90, checksum constant 1.
#pragma once

#include <kiosk/core/bytes.hpp>
#include <kiosk/sealing/secret_bytes.hpp>

#include <optional>
#include <string_view>

namespace kiosk::sealing {

inline char lower_ascii(char letter) {
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}

// Lower case. Both directions work in secret memory, because secret keys pass through here.
SecretBytes to_bech32(std::string_view prefix, core::ByteView key);

// The key, if `text` is well-formed Bech32 in one case, has this prefix (given in lower case) and holds 32 bytes.
std::optional<SecretBytes> from_bech32(std::string_view prefix, std::string_view text);

}  // namespace kiosk::sealing
