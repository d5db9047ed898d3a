#include "sodium.hpp"

#include <kiosk/core/assert.hpp>

#include <sodium.h>

#include <algorithm>
#include <array>

namespace kiosk::sealing {

namespace {

int variant_of(Padding padding) {
    return padding == Padding::none ? sodium_base64_VARIANT_ORIGINAL_NO_PADDING : sodium_base64_VARIANT_ORIGINAL;
}

void hmac_sha256(core::ByteView key, std::span<const core::ByteView> parts, std::span<std::byte, 32> out) {
    crypto_auth_hmacsha256_state state;
    // libsodium wants real addresses even of nothing, and an empty view has none.
    const std::byte nothing{};
    crypto_auth_hmacsha256_init(&state, raw(key.empty() ? &nothing : key.data()), key.size());
    for (const core::ByteView part : parts)
        if (!part.empty()) crypto_auth_hmacsha256_update(&state, raw(part.data()), part.size());
    crypto_auth_hmacsha256_final(&state, raw(out.data()));
    sodium_memzero(&state, sizeof state);
}

}  // namespace

void ensure_sodium() {
    static const int result = sodium_init();
    KIOSK_ASSERT(result >= 0);
}

void fill_randomly(std::span<std::byte> bytes) {
    ensure_sodium();
    randombytes_buf(bytes.data(), bytes.size());
}

SecretBytes hkdf_sha256(core::ByteView key_material, core::ByteView salt, std::string_view info) {
    // An absent salt is 32 zeros; HMAC pads any shorter key with zeros, so an empty one is the same.
    SecretBytes extracted(32);
    const std::array extract_parts{key_material};
    hmac_sha256(salt, extract_parts, extracted.span().first<32>());

    SecretBytes expanded(32);
    constexpr std::byte kFirstBlock{1};
    const std::array expand_parts{as_bytes(info), core::ByteView(&kFirstBlock, 1)};
    hmac_sha256(extracted.view(), expand_parts, expanded.span().first<32>());
    return expanded;
}

std::string to_base64(core::ByteView bytes, Padding padding) {
    std::string text(sodium_base64_ENCODED_LEN(bytes.size(), variant_of(padding)), '\0');
    sodium_bin2base64(text.data(), text.size(), raw(bytes.data()), bytes.size(), variant_of(padding));
    text.pop_back();  // the C string's end
    return text;
}

std::optional<std::size_t> from_base64(std::string_view text, Padding padding, std::span<std::byte> out) {
    // libsodium 1.0.18 takes some bytes above 127 for '+' and '/'.
    if (std::ranges::any_of(text, [](char letter) { return static_cast<unsigned char>(letter) > 0x7f; }))
        return std::nullopt;
    std::size_t size = 0;
    if (sodium_base642bin(raw(out.data()), out.size(), text.data(), text.size(), nullptr, &size, nullptr,
                          variant_of(padding)) != 0)
        return std::nullopt;
    return size;
}

}  // namespace kiosk::sealing
