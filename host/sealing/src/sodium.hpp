// The few pieces of libsodium that several files here need, on std::byte.
#pragma once

#include <kiosk/core/bytes.hpp>
#include <kiosk/sealing/secret_bytes.hpp>

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace kiosk::sealing {

void ensure_sodium();  // must come before any other call into libsodium; cheap after the first time

inline unsigned char* raw(std::byte* bytes) { return reinterpret_cast<unsigned char*>(bytes); }
inline const unsigned char* raw(const std::byte* bytes) { return reinterpret_cast<const unsigned char*>(bytes); }
inline core::ByteView as_bytes(std::string_view text) { return std::as_bytes(std::span(text.data(), text.size())); }
inline std::string_view as_text(core::ByteView bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

void fill_randomly(std::span<std::byte> bytes);

// HKDF-SHA-256 (RFC 5869) with 32 bytes of output; Debian 12's libsodium has HMAC but no HKDF.
SecretBytes hkdf_sha256(core::ByteView key_material, core::ByteView salt, std::string_view info);

enum class Padding { none = 1, required = 2 };

std::string to_base64(core::ByteView bytes, Padding padding);

// Canonical base64 only: the right alphabet, the right padding, no stray bits. At most `out.size()` bytes; the number
// decoded, or nothing.
std::optional<std::size_t> from_base64(std::string_view text, Padding padding, std::span<std::byte> out);

}  // namespace kiosk::sealing
