#include "bech32.hpp"

#include "sodium.hpp"

#include <array>
#include <cstdint>

namespace kiosk::sealing {

namespace {

constexpr std::string_view kAlphabet = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
constexpr std::size_t kKeyLetters = 52;  // 32 bytes in groups of five bits
constexpr std::size_t kChecksumLetters = 6;

class Checksum {
  public:
    explicit Checksum(std::string_view prefix) {
        for (const char letter : prefix) add(static_cast<std::uint32_t>(letter) >> 5);
        add(0);
        for (const char letter : prefix) add(static_cast<std::uint32_t>(letter) & 31);
    }

    void add(std::uint32_t value) {
        constexpr std::array<std::uint32_t, 5> kGenerator{0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3};
        const std::uint32_t top = state_ >> 25;
        state_ = ((state_ & 0x1ffffff) << 5) ^ value;
        for (std::size_t i = 0; i < kGenerator.size(); ++i) state_ ^= (0 - ((top >> i) & 1)) & kGenerator[i];
    }

    std::uint32_t state() const { return state_; }

  private:
    std::uint32_t state_ = 1;
};

}  // namespace

SecretBytes to_bech32(std::string_view prefix, core::ByteView key) {
    SecretBytes text(prefix.size() + 1 + kKeyLetters + kChecksumLetters);
    std::size_t length = 0;
    const auto put = [&](char letter) { text.data()[length++] = static_cast<std::byte>(letter); };
    for (const char letter : prefix) put(letter);
    put('1');

    Checksum checksum(prefix);
    std::uint32_t bits = 0;
    int count = 0;
    const auto put_value = [&](std::uint32_t value) {
        checksum.add(value);
        put(kAlphabet[value]);
    };
    for (const std::byte byte : key) {
        bits = (bits << 8) | static_cast<std::uint32_t>(byte);
        for (count += 8; count >= 5; count -= 5) put_value((bits >> (count - 5)) & 31);
    }
    put_value((bits << (5 - count)) & 31);  // 256 bits leave one over

    for (std::size_t i = 0; i < kChecksumLetters; ++i) checksum.add(0);
    const std::uint32_t sum = checksum.state() ^ 1;
    for (std::size_t i = 0; i < kChecksumLetters; ++i) put(kAlphabet[(sum >> (5 * (5 - i))) & 31]);
    return text;
}

std::optional<SecretBytes> from_bech32(std::string_view prefix, std::string_view text) {
    if (text.size() != prefix.size() + 1 + kKeyLetters + kChecksumLetters) return std::nullopt;
    bool has_lower = false, has_upper = false;
    for (const char letter : text) {
        has_lower |= letter >= 'a' && letter <= 'z';
        has_upper |= letter >= 'A' && letter <= 'Z';
    }
    if (has_lower && has_upper) return std::nullopt;
    for (std::size_t i = 0; i < prefix.size(); ++i)
        if (lower_ascii(text[i]) != prefix[i]) return std::nullopt;
    if (text[prefix.size()] != '1') return std::nullopt;

    SecretBytes key(32);
    Checksum checksum(prefix);
    std::uint32_t bits = 0;
    int count = 0;
    std::size_t filled = 0;
    const std::string_view letters = text.substr(prefix.size() + 1);
    for (std::size_t i = 0; i < letters.size(); ++i) {
        const std::size_t value = kAlphabet.find(lower_ascii(letters[i]));
        if (value == std::string_view::npos) return std::nullopt;
        checksum.add(static_cast<std::uint32_t>(value));
        if (i >= kKeyLetters) continue;
        bits = (bits << 5) | static_cast<std::uint32_t>(value);
        count += 5;
        if (count < 8) continue;
        count -= 8;
        key.data()[filled++] = static_cast<std::byte>((bits >> count) & 0xff);
    }
    // The last of the 52 letters carries four padding bits, which must be zero: a key has one writing only.
    const bool is_padded_with_zeros = (kAlphabet.find(lower_ascii(letters[kKeyLetters - 1])) & 0xf) == 0;
    if (checksum.state() != 1 || !is_padded_with_zeros) return std::nullopt;
    return key;
}

}  // namespace kiosk::sealing
