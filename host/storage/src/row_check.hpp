// A short checksum over a row's columns, kept in the row: flipped bits in a ledger or a flag must not make the kiosk wipe
// what was never exported. The sealed content proves itself at the office; what stands beside it is proved by this.
#pragma once

#include <kiosk/core/bytes.hpp>
#include <kiosk/core/sha256.hpp>

#include <array>
#include <cstdint>
#include <string_view>

namespace kiosk::storage {

inline constexpr std::size_t kRowCheckBytes = 8;
using RowCheck = std::array<std::byte, kRowCheckBytes>;

class RowChecker {
  public:
    RowChecker& add(std::int64_t value);
    RowChecker& add(std::string_view text);
    RowChecker& add(core::ByteView blob);
    RowCheck finish();

  private:
    core::Sha256Stream stream_;
};

bool is_same(const RowCheck& check, core::ByteView stored);

}  // namespace kiosk::storage
