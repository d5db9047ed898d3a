#include "digest.hpp"

#include <nettle/nettle-meta.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

namespace kiosk::forms {
namespace {

constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

const nettle_hash* algorithm_named(std::string_view name) {
    std::string upper(name);
    std::ranges::transform(upper, upper.begin(), [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
    if (upper == "MD5") return &nettle_md5;
    if (upper == "SHA-1") return &nettle_sha1;
    if (upper == "SHA-256") return &nettle_sha256;
    if (upper == "SHA-384") return &nettle_sha384;
    if (upper == "SHA-512") return &nettle_sha512;
    return nullptr;
}

}  // namespace

std::optional<std::string> digest(std::string_view message, std::string_view algorithm) {
    const nettle_hash* hash = algorithm_named(algorithm);
    if (hash == nullptr) return std::nullopt;
    std::vector<std::uint64_t> state(hash->context_size / sizeof(std::uint64_t) + 1);
    hash->init(state.data());
    hash->update(state.data(), message.size(), reinterpret_cast<const std::uint8_t*>(message.data()));
    std::string bytes(hash->digest_size, '\0');
    hash->digest(state.data(), bytes.size(), reinterpret_cast<std::uint8_t*>(bytes.data()));
    return bytes;
}

std::string to_hex(std::string_view bytes) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        text += digits[byte >> 4];
        text += digits[byte & 15];
    }
    return text;
}

std::string to_base64(std::string_view bytes) {
    std::string text;
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        std::uint32_t group = 0;
        const std::size_t count = std::min<std::size_t>(3, bytes.size() - i);
        for (std::size_t k = 0; k < 3; ++k)
            group = group << 8 | (k < count ? static_cast<unsigned char>(bytes[i + k]) : 0U);
        for (std::size_t k = 0; k < 4; ++k)
            text += k <= count ? kAlphabet[group >> (18 - 6 * k) & 63] : '=';
    }
    return text;
}

std::string from_base64(std::string_view text) {
    std::string bytes;
    std::uint32_t group = 0;
    int bits = 0;
    for (const char c : text) {
        if (c == '=') break;
        const std::size_t digit = kAlphabet.find(c);
        if (digit == std::string_view::npos) continue;
        group = group << 6 | static_cast<std::uint32_t>(digit);
        bits += 6;
        if (bits >= 8) {
            bits -= 8;
            bytes += static_cast<char>(group >> bits & 255);
        }
    }
    return bytes;
}

}  // namespace kiosk::forms
