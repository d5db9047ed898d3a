// A public key as eight easy Vietnamese words, shown on the office's screen and on the kiosk's so that two people can
// see that both hold the same key.
//
// Each word stands for one byte of SHA-256 over the key as it is written, so eight words carry 64 bits: finding another
// key with the same words takes about 2^64 tries. No two words of the list are alike without their tones and marks.
#pragma once

#include <kiosk/sealing/age_keys.hpp>
#include <kiosk/sealing/minisign.hpp>

#include <array>
#include <string>
#include <string_view>

namespace kiosk::sealing {

inline constexpr std::size_t kKeyWordCount = 8;

const std::array<std::string_view, 256>& key_word_list();

std::string key_words(const AgeRecipient& key);         // "mèo giếng cam …", single spaces
std::string key_words(const MinisignPublicKey& key);

}  // namespace kiosk::sealing
