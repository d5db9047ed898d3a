#include <kiosk/core/sha256.hpp>

#include <nettle/sha2.h>

#include <span>

namespace kiosk::core {
namespace {

const std::uint8_t* octets(ByteView bytes) { return reinterpret_cast<const std::uint8_t*>(bytes.data()); }
std::uint8_t* octets(Sha256& hash) { return reinterpret_cast<std::uint8_t*>(hash.data()); }

int digit_value(char digit) {
    if (digit >= '0' && digit <= '9') return digit - '0';
    if (digit >= 'a' && digit <= 'f') return digit - 'a' + 10;
    if (digit >= 'A' && digit <= 'F') return digit - 'A' + 10;
    return -1;
}

}  // namespace

struct Sha256Stream::Context {
    sha256_ctx state;
};

Sha256Stream::Sha256Stream() : context_(std::make_unique<Context>()) { sha256_init(&context_->state); }
Sha256Stream::~Sha256Stream() = default;

void Sha256Stream::add(ByteView bytes) { sha256_update(&context_->state, bytes.size(), octets(bytes)); }

Sha256 Sha256Stream::finish() {
    Sha256 hash;
    sha256_digest(&context_->state, hash.size(), octets(hash));
    return hash;
}

Sha256 sha256_of(ByteView bytes) {
    sha256_ctx state;
    sha256_init(&state);
    sha256_update(&state, bytes.size(), octets(bytes));
    Sha256 hash;
    sha256_digest(&state, hash.size(), octets(hash));
    return hash;
}

Sha256 sha256_of(std::string_view text) { return sha256_of(std::as_bytes(std::span(text.data(), text.size()))); }

std::string to_hex(ByteView bytes) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string hex;
    hex.reserve(2 * bytes.size());
    for (std::byte byte : bytes) {
        hex += kDigits[std::to_integer<std::size_t>(byte >> 4)];
        hex += kDigits[std::to_integer<std::size_t>(byte & std::byte{15})];
    }
    return hex;
}

std::optional<Sha256> sha256_from_hex(std::string_view hex) {
    Sha256 hash;
    if (hex.size() != 2 * hash.size()) return std::nullopt;
    for (std::size_t i = 0; i < hash.size(); ++i) {
        const int high = digit_value(hex[2 * i]), low = digit_value(hex[2 * i + 1]);
        if (high < 0 || low < 0) return std::nullopt;
        hash[i] = static_cast<std::byte>(high * 16 + low);
    }
    return hash;
}

}  // namespace kiosk::core
