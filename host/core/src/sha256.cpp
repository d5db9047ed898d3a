#include <kiosk/core/sha256.hpp>

#include <algorithm>
#include <bit>
#include <cstring>

namespace kiosk::core {

namespace {

constexpr std::array<std::uint32_t, 64> kRoundConstants{
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

std::uint32_t read_big_endian(const std::byte* bytes) {
    std::uint32_t value = 0;
    for (int index = 0; index < 4; ++index) value = value << 8 | std::to_integer<std::uint32_t>(bytes[index]);
    return value;
}

constexpr std::string_view kHexDigits = "0123456789abcdef";

}  // namespace

void Sha256Hasher::take_block(const std::byte* block) {
    std::array<std::uint32_t, 64> words;
    for (std::size_t t = 0; t < 16; ++t) words[t] = read_big_endian(block + 4 * t);
    for (std::size_t t = 16; t < 64; ++t) {
        const std::uint32_t early = words[t - 15];
        const std::uint32_t late = words[t - 2];
        words[t] = words[t - 16] + words[t - 7] + (std::rotr(early, 7) ^ std::rotr(early, 18) ^ (early >> 3)) +
                   (std::rotr(late, 17) ^ std::rotr(late, 19) ^ (late >> 10));
    }
    auto [a, b, c, d, e, f, g, h] = state_;
    for (std::size_t t = 0; t < 64; ++t) {
        const std::uint32_t first = h + (std::rotr(e, 6) ^ std::rotr(e, 11) ^ std::rotr(e, 25)) +
                                    ((e & f) ^ (~e & g)) + kRoundConstants[t] + words[t];
        const std::uint32_t second =
            (std::rotr(a, 2) ^ std::rotr(a, 13) ^ std::rotr(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
        h = g;
        g = f;
        f = e;
        e = d + first;
        d = c;
        c = b;
        b = a;
        a = first + second;
    }
    const std::array<std::uint32_t, 8> added{a, b, c, d, e, f, g, h};
    for (std::size_t index = 0; index < 8; ++index) state_[index] += added[index];
}

Sha256Hasher& Sha256Hasher::update(ByteView bytes) {
    total_bytes_ += bytes.size();
    while (!bytes.empty()) {
        if (block_bytes_ == 0 && bytes.size() >= block_.size()) {
            take_block(bytes.data());
            bytes = bytes.subspan(block_.size());
            continue;
        }
        const std::size_t taken = std::min(bytes.size(), block_.size() - block_bytes_);
        std::memcpy(block_.data() + block_bytes_, bytes.data(), taken);
        block_bytes_ += taken;
        bytes = bytes.subspan(taken);
        if (block_bytes_ == block_.size()) {
            take_block(block_.data());
            block_bytes_ = 0;
        }
    }
    return *this;
}

Sha256Hasher& Sha256Hasher::update(std::string_view text) {
    return update(std::as_bytes(std::span(text.data(), text.size())));
}

Sha256 Sha256Hasher::finish() {
    const std::uint64_t total_bits = total_bytes_ * 8;
    std::array<std::byte, 72> ending{std::byte{0x80}};
    const std::size_t zeros = (block_bytes_ < 56 ? 56 : 120) - block_bytes_;
    for (std::size_t index = 0; index < 8; ++index)
        ending[zeros + index] = static_cast<std::byte>(total_bits >> (56 - 8 * index));
    update(ByteView(ending).first(zeros + 8));
    Sha256 digest;
    for (std::size_t index = 0; index < digest.size(); ++index)
        digest[index] = static_cast<std::byte>(state_[index / 4] >> (24 - 8 * (index % 4)));
    return digest;
}

Sha256 sha256(ByteView bytes) { return Sha256Hasher().update(bytes).finish(); }
Sha256 sha256(std::string_view text) { return Sha256Hasher().update(text).finish(); }

std::string to_hex(ByteView bytes) {
    std::string hex;
    hex.reserve(bytes.size() * 2);
    for (const std::byte byte : bytes) {
        hex += kHexDigits[std::to_integer<std::size_t>(byte >> 4)];
        hex += kHexDigits[std::to_integer<std::size_t>(byte & std::byte{0x0f})];
    }
    return hex;
}

std::optional<Sha256> parse_sha256(std::string_view hex) {
    Sha256 digest{};
    if (hex.size() != digest.size() * 2) return std::nullopt;
    for (std::size_t index = 0; index < hex.size(); ++index) {
        const std::size_t nibble = kHexDigits.find(hex[index]);
        if (nibble == std::string_view::npos) return std::nullopt;
        digest[index / 2] = digest[index / 2] << 4 | static_cast<std::byte>(nibble);
    }
    return digest;
}

}  // namespace kiosk::core
