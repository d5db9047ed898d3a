// SHA-256 (FIPS 180-4), for identities and checks: definitions, rows, chains. Not for passwords. Any thread; cannot fail.
#pragma once

#include <kiosk/core/bytes.hpp>
#include <kiosk/core/response.hpp>

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace kiosk::core {

class Sha256Hasher {
  public:
    Sha256Hasher& update(ByteView bytes);
    Sha256Hasher& update(std::string_view text);
    Sha256 finish();  // once

  private:
    void take_block(const std::byte* block);

    std::array<std::uint32_t, 8> state_{0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                        0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
    std::array<std::byte, 64> block_{};
    std::size_t block_bytes_ = 0;
    std::uint64_t total_bytes_ = 0;
};

Sha256 sha256(ByteView bytes);
Sha256 sha256(std::string_view text);

std::string to_hex(ByteView bytes);
std::optional<Sha256> parse_sha256(std::string_view hex);  // 64 lower-case digits

}  // namespace kiosk::core
